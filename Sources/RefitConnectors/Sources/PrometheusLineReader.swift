/// Reads the tokens of a sample line from left to right.
struct PrometheusLineReader {
  struct Label: Equatable {
    let name: String
    let value: String
  }

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var current: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  mutating func skipBlanks() {
    while let byte = current, TextLines.isBlank(byte) { index += 1 }
  }

  /// The name of a metric, `[a-zA-Z_:][a-zA-Z0-9_:]*`, or of a label, which has no colon.
  mutating func name(allowingColon: Bool) throws(LineRefusal) -> String {
    let start = index
    while let byte = current, Self.isNamePart(byte, first: index == start, colon: allowingColon) {
      index += 1
    }
    guard index > start else {
      let found = quoted(String(decoding: bytes[start...].prefix(20), as: UTF8.self))
      let what = allowingColon ? "a metric's name" : "a label's name"
      throw LineRefusal("column \(column): expected \(what), not \(found)")
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isNamePart(_ byte: UInt8, first: Bool, colon: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
    case UInt8(ascii: ":"): colon
    default: false
    }
  }

  /// The labels in their order; none where no brace opens. A comma may stand after the last.
  mutating func labels() throws(LineRefusal) -> [Label] {
    var labels: [Label] = []
    guard skip("{") else { return labels }
    skipBlanks()
    while !skip("}") {
      let name = try name(allowingColon: false)
      if labels.contains(where: { $0.name == name }) {
        throw LineRefusal("the label \(quoted(name)) stands twice; keep one")
      }
      skipBlanks()
      guard skip("=") else {
        throw LineRefusal("column \(column): expected '=' after the label \(quoted(name))")
      }
      skipBlanks()
      labels.append(Label(name: name, value: try labelValue(of: name)))
      skipBlanks()
      if skip(",") {
        skipBlanks()
      } else if current != UInt8(ascii: "}") {
        throw LineRefusal("column \(column): expected ',' or '}' after the label \(quoted(name))")
      }
    }
    return labels
  }

  private mutating func labelValue(of name: String) throws(LineRefusal) -> String {
    guard skip("\"") else {
      throw LineRefusal("column \(column): the value of the label \(quoted(name)) must be in double quotes")
    }
    var text: [UInt8] = []
    while let byte = current {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(try escape(in: name))
      case 0..<0x20, 0x7F:
        throw LineRefusal("the label \(quoted(name)) holds a control character; leave it out")
      default: text.append(byte)
      }
    }
    throw LineRefusal("the value of the label \(quoted(name)) has no closing quote")
  }

  private mutating func escape(in name: String) throws(LineRefusal) -> UInt8 {
    let escaped = current
    index += 1
    switch escaped {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return escaped!
    case UInt8(ascii: "n"): return UInt8(ascii: "\n")
    default:
      throw LineRefusal(#"the label \#(quoted(name)) has an unknown escape; there are \\, \" and \n"#)
    }
  }

  /// All up to the next blank.
  mutating func word() -> String {
    let start = index
    while let byte = current, !TextLines.isBlank(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private var column: Int { index - bytes.startIndex + 1 }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }
}
