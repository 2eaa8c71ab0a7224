/// Reads one map of the file. What is wrong is reported where it is found, once, and read as nil.
struct MapReader {
  /// What the map is, for sentences: `condition 'drift'`.
  let title: String
  /// Of the key that introduces the map, else of the map: where something is said to be missing.
  let place: Place
  let diagnostics: Diagnostics
  /// Every key with its value, in the file's order.
  let all: [YAMLEntry]
  /// Whether the file has nothing in the map, not even what is refused.
  let isEmpty: Bool

  /// Nil, reported, when the node is no map. Keys that are not in the vocabulary are reported.
  init?(
    _ node: YAMLNode, _ vocabulary: Vocabulary, _ title: String, at place: Place? = nil,
    diagnostics: Diagnostics
  ) {
    self.init(names: node, title, at: place, diagnostics: diagnostics)
    for entry in all where !vocabulary.keys.contains(entry.key) {
      if vocabulary.later.contains(entry.key) {
        diagnostics.error(entry.place, "'\(entry.key)' is not supported yet")
      } else {
        let unknown = "unknown key \(YAMLScalar.quoted(entry.key)) in \(title)"
        let near = vocabulary.nearest(to: entry.key)
        diagnostics.error(entry.place, near.map { "\(unknown): did you mean '\($0)'?" } ?? unknown)
      }
    }
  }

  /// The same for a map whose keys are names.
  init?(names node: YAMLNode, _ title: String, at place: Place? = nil, diagnostics: Diagnostics) {
    switch node.content {
    case .map(let entries): all = entries
    case .refused: return nil
    case .scalar, .list:
      diagnostics.error(node.place, "\(title) must be a map, not \(node.found)")
      return nil
    }
    isEmpty = all.isEmpty && node.isWhole
    self.title = title
    self.place = place ?? node.place
    self.diagnostics = diagnostics
  }

  func entry(_ key: String) -> YAMLEntry? { all.first { $0.key == key } }

  func has(_ key: String) -> Bool { entry(key) != nil }

  /// Where the key stands; else the map.
  func place(of key: String) -> Place { entry(key)?.place ?? place }

  /// Where the key's value stands; else the map.
  func placeOfValue(_ key: String) -> Place { entry(key)?.value.place ?? place }

  func error(at key: String, _ message: String) { diagnostics.error(placeOfValue(key), message) }

  func missing(_ key: String) { diagnostics.error(place, "missing key '\(key)' in \(title)") }
}

// MARK: - Values

extension MapReader {
  /// The key's value; nil when it is missing or wrong, which is reported.
  func required<Value: Sendable>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
    guard has(key) else {
      missing(key)
      return nil
    }
    return optional(key, kind)
  }

  /// The key's value; nil when it is not there, and when it is wrong, which is reported.
  func optional<Value: Sendable>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
    entry(key).flatMap { value(of: $0.value, kind, subject: "'\(key)'") }
  }

  /// The same, told apart.
  func part<Value: Sendable>(_ key: String, _ kind: ValueKind<Value>) -> Part<Value> {
    part(key) { value(of: $0.value, kind, subject: "'\(key)'") }
  }

  /// What a reader makes of the key's entry.
  func part<Value>(_ key: String, _ read: (YAMLEntry) -> Value?) -> Part<Value> {
    guard let entry = entry(key) else { return .absent }
    return read(entry).map(Part.given) ?? .broken
  }

  /// The node's value; nil when it is wrong, which is reported of the subject.
  func value<Value: Sendable>(of node: YAMLNode, _ kind: ValueKind<Value>, subject: String) -> Value? {
    switch node.content {
    case .refused: return nil
    case .list, .map: diagnostics.error(node.place, kind.complaint(of: subject, about: node))
    case .scalar(let scalar):
      switch kind.read(scalar) {
      case .value(let value): return value
      case .unexpected: diagnostics.error(node.place, kind.complaint(of: subject, about: node))
      case .refused(let message, let character):
        diagnostics.error(scalar.place(ofCharacter: character), message)
      }
    }
    return nil
  }

  /// The map under the key; nil when it is not there, and when it is wrong, which is reported.
  func map(_ key: String, _ vocabulary: Vocabulary, _ title: String? = nil) -> MapReader? {
    guard let entry = entry(key) else { return nil }
    return MapReader(entry.value, vocabulary, title ?? "'\(key)'", at: entry.place, diagnostics: diagnostics)
  }

  /// Reads a part of the file; nil when anything in it was reported.
  func ifSound<Value>(_ read: () -> Value?) -> Value? {
    let errors = diagnostics.errorCount
    let value = read()
    return diagnostics.errorCount == errors ? value : nil
  }
}

// MARK: - Lists

extension MapReader {
  /// The key's list, empty when the key is not there. Each value may be there once, unless said otherwise.
  /// What is wrong is reported and left out.
  func list<Value: Hashable & Sendable>(
    _ key: String, of kind: ValueKind<Value>, isSet: Bool = true, mayBeEmpty: Bool = false,
    mayBeScalar: Bool = false
  ) -> [Placed<Value>] {
    guard let node = entry(key)?.value else { return [] }
    switch node.content {
    case .list(let items):
      if items.isEmpty, !mayBeEmpty { diagnostics.error(node.place, "'\(key)' may not be empty") }
      return values(of: items, key: key, kind, isSet: isSet)
    case .scalar where mayBeScalar:
      return values(of: [node], key: key, kind, isSet: isSet)
    case .scalar, .map:
      diagnostics.error(node.place, "'\(key)' must be a list, not \(node.found)")
      return []
    case .refused: return []
    }
  }

  /// The command under 'run', which must be there: a program and its arguments, as they are launched.
  func command() -> [String] {
    guard has("run") else {
      missing("run")
      return []
    }
    let run = list("run", of: .anyText, isSet: false)
    if let program = run.first, program.value.isEmpty {
      diagnostics.error(program.place, "the first item of 'run' is the program: it may not be empty")
    }
    return run.map(\.value)
  }

  private func values<Value: Hashable & Sendable>(
    of items: [YAMLNode], key: String, _ kind: ValueKind<Value>, isSet: Bool
  ) -> [Placed<Value>] {
    var seen: Set<Value> = []
    var values: [Placed<Value>] = []
    for item in items {
      guard let value = value(of: item, kind, subject: "an item of '\(key)'") else { continue }
      if isSet, !seen.insert(value).inserted {
        diagnostics.error(item.place, "\(item.found) is listed twice in '\(key)'")
        continue
      }
      values.append(Placed(value: value, place: item.place))
    }
    return values
  }

  /// Which one of the keys is there; nil when none or several are, which is reported.
  func exactlyOne(of keys: [String]) -> String? {
    let present = keys.filter(has)
    guard present.count != 1 else { return present[0] }
    let names = keys.map { "'\($0)'" }
    let choice = names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    if present.isEmpty {
      diagnostics.error(place, "\(title) needs one of \(choice)")
    } else {
      let second = all.filter { keys.contains($0.key) }[1]
      diagnostics.error(second.place, "\(title) may have only one of \(choice)")
    }
    return nil
  }

  /// The entry of a map that has one key; nil, reported, when it has another number of them.
  func single(of vocabulary: Vocabulary, noun: String, example: String) -> YAMLEntry? {
    guard all.allSatisfy({ vocabulary.keys.contains($0.key) }) else { return nil }
    if all.count > 1 {
      let keys = "'\(all[0].key)' and '\(all[1].key)'"
      diagnostics.error(all[1].place, "a \(noun) has one key, and this one has \(keys): begin it with '- '")
      return nil
    }
    if isEmpty { diagnostics.error(place, "an empty \(noun): write one such as '\(example)'") }
    return all.first
  }
}
