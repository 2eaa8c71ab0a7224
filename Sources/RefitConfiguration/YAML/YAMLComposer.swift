// Yams brings libYAML as CYaml. Its own composer stops at the first duplicate key, puts copies in the place
// of aliases and drops some tags; the events beneath it let every error be told at once, with its place.
internal import CYaml

/// The one document of a YAML file.
struct YAMLDocument {
  /// Nil when the file has no content.
  var root: YAMLNode?
  /// What YAML allows and a configuration may not have: anchors, aliases, tags, duplicate keys, directives,
  /// keys that are not text, a second document.
  var remarks: [Remark]

  /// Reads a file's bytes; throws the syntax error of a file that is not YAML.
  static func compose(_ bytes: [UInt8]) throws(Remark) -> YAMLDocument {
    let text = try YAMLText.checked(bytes)
    return try text.withUnsafeBufferPointer { (buffer) throws(Remark) -> YAMLDocument in
      let composer = YAMLComposer(buffer)
      let root = try composer.document()
      return YAMLDocument(root: root, remarks: composer.remarks)
    }
  }
}

/// Makes a tree of libYAML's events.
private final class YAMLComposer {
  /// Deeper than any configuration, and shallow enough for any stack.
  static let deepest = 64

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeBufferPointer<UInt8>
  private(set) var remarks: [Remark] = []

  init(_ input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    precondition(yaml_parser_initialize(parser) == 1, "out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func document() throws(Remark) -> YAMLNode? {
    _ = try next()  // the start of the stream
    let start = try next()
    guard start.type == YAML_DOCUMENT_START_EVENT else { return nil }
    if start.hasDirectives { remark(start.place, "a directive is not allowed here: remove it") }
    let root = try node(from: try next(), depth: 1)
    _ = try next()  // the end of the document
    let end = try next()
    if end.type != YAML_STREAM_END_EVENT {
      remark(end.place, "a second document begins here: a configuration file has one")
    }
    return root.isNull ? nil : root
  }

  private func next() throws(Remark) -> YAMLEvent {
    let event = YAMLEvent()
    guard yaml_parser_parse(parser, event.pointer) == 1 else { throw syntaxError() }
    return event
  }

  private func remark(_ place: Place, _ message: String) {
    remarks.append(Remark(place: place, message: message))
  }

  private func node(from event: YAMLEvent, depth: Int) throws(Remark) -> YAMLNode {
    guard depth <= Self.deepest else {
      throw Remark(place: event.place, message: "nested deeper than \(Self.deepest) levels")
    }
    if let anchor = event.anchor {
      remark(event.place, "the anchor '&\(anchor)' is not allowed: write the value where it is used")
    }
    if let tag = event.tag { remark(event.place, "the tag '\(tag)' is not allowed: remove it") }
    switch event.type {
    case YAML_SCALAR_EVENT:
      return YAMLNode(place: event.place, content: event.isTagged ? .refused : .scalar(event.scalar))
    case YAML_SEQUENCE_START_EVENT:
      return YAMLNode(place: event.place, content: .list(try items(depth: depth + 1)))
    case YAML_MAPPING_START_EVENT:
      return try map(at: event.place, depth: depth + 1)
    default:
      remark(
        event.place, "an alias ('*\(event.alias ?? "")') is not allowed: write the value out, or quote it")
      return YAMLNode(place: event.place, content: .refused)
    }
  }

  private func items(depth: Int) throws(Remark) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let event = try next()
      if event.type == YAML_SEQUENCE_END_EVENT { return items }
      items.append(try node(from: event, depth: depth))
    }
  }

  private func map(at place: Place, depth: Int) throws(Remark) -> YAMLNode {
    var entries: [YAMLEntry] = []
    var places: [String: Place] = [:]
    var isWhole = true
    while true {
      let event = try next()
      if event.type == YAML_MAPPING_END_EVENT {
        return YAMLNode(place: place, content: .map(entries), isWhole: isWhole)
      }
      let key = try node(from: event, depth: depth)
      let value = try node(from: try next(), depth: depth)
      guard let text = self.text(ofKey: key) else {
        isWhole = false
        continue
      }
      if let first = places[text] {
        remark(key.place, "duplicate key \(YAMLScalar.quoted(text)): it is already in line \(first.line)")
      } else {
        places[text] = key.place
        entries.append(YAMLEntry(key: text, place: key.place, value: value))
      }
    }
  }

  private func text(ofKey key: YAMLNode) -> String? {
    switch key.content {
    case .scalar(let scalar) where scalar.value == .text:
      return scalar.text
    case .scalar(let scalar):
      remark(key.place, "a key must be text, not \(scalar.found): write \"\(scalar.text)\"")
    case .list, .map:
      remark(key.place, "a key must be text, not \(key.found)")
    case .refused:
      break
    }
    return nil
  }
}

// MARK: - Syntax errors

extension YAMLComposer {
  private func syntaxError() -> Remark {
    guard let problem = parser.pointee.problem.map({ String(cString: $0) }) else {
      return Remark(place: Place(parser.pointee.mark), message: "this cannot be read")
    }
    let place = min(Place(parser.pointee.problem_mark), end)
    guard let context = parser.pointee.context.map({ String(cString: $0) }) else {
      return hint(at: place) ?? Remark(place: place, message: problem)
    }
    let begin = Place(parser.pointee.context_mark)
    let isAlias = context == "while scanning an alias"
    if let hint = hint(at: isAlias ? begin : place) { return hint }
    let line = begin.line < place.line ? " that begins in line \(begin.line)" : ""
    return Remark(place: place, message: "\(problem), \(context)\(line)")
  }

  /// The place behind the last character; libYAML puts what is missing at the end into a line of its own.
  private var end: Place {
    let lastLine = input.lastIndex(of: UInt8(ascii: "\n")).map { input[($0 + 1)...] } ?? input[...]
    let line = input.count { $0 == UInt8(ascii: "\n") } + 1
    return Place(line: line, column: String(decoding: lastLine, as: UTF8.self).unicodeScalars.count + 1)
  }

  /// A better sentence for what people do most often.
  private func hint(at place: Place) -> Remark? {
    switch character(at: place) {
    case "\t": return Remark(place: place, message: "a tab may not be used for indentation: use spaces")
    case let mark? where "@`%*&!".unicodeScalars.contains(mark):
      return Remark(place: place, message: "a value that begins with '\(mark)' must be quoted")
    default: return nil
    }
  }

  private func character(at place: Place) -> Unicode.Scalar? {
    var rest = input[...]
    for _ in 1..<max(1, place.line) {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      rest = rest[(end + 1)...]
    }
    let line = String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.unicodeScalars.dropFirst(place.column - 1).first
  }
}

// MARK: - Events

/// One event, released with the object.
private final class YAMLEvent {
  let pointer: UnsafeMutablePointer<yaml_event_t>

  init() {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: yaml_event_t())
  }

  deinit {
    yaml_event_delete(pointer)
    pointer.deallocate()
  }

  var type: yaml_event_type_t { pointer.pointee.type }
  var place: Place { Place(pointer.pointee.start_mark) }

  var hasDirectives: Bool {
    let start = pointer.pointee.data.document_start
    return start.version_directive != nil || start.tag_directives.start != start.tag_directives.end
  }

  var alias: String? { text(pointer.pointee.data.alias.anchor) }

  var anchor: String? {
    switch type {
    case YAML_SCALAR_EVENT: text(pointer.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: text(pointer.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: text(pointer.pointee.data.mapping_start.anchor)
    default: nil
    }
  }

  var tag: String? {
    switch type {
    case YAML_SCALAR_EVENT: text(pointer.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: text(pointer.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: text(pointer.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  var isTagged: Bool { tag != nil }

  var scalar: YAMLScalar {
    let event = pointer.pointee
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let text = String(decoding: bytes, as: UTF8.self)
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    // Written as it is: on one line, and as long as its text (and its quotes).
    let width = event.end_mark.index - event.start_mark.index
    let quotes = isPlain ? 0 : 1
    let isVerbatim =
      event.start_mark.line == event.end_mark.line && width == text.unicodeScalars.count + 2 * quotes
    return YAMLScalar(
      text, isPlain: isPlain, place: place, textColumn: isVerbatim ? place.column + quotes : nil)
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}

extension Place {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
