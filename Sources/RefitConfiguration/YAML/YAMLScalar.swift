/// A scalar as it is written, and what it means by the core schema of YAML 1.2 (section 10.3.2).
///
/// So `no`, `yes` and `on` are text, `010` is ten, `0o10` is eight, `0x10` is sixteen and `1_000` is text.
struct YAMLScalar: Hashable {
  enum Value: Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// Infinite or not a number where the file says so, and infinite where the number is too large.
    case number(Double)
    case text
  }

  var text: String
  var place: Place
  /// The column of the text's first character, where the text stands on one line as it is, without escapes.
  var textColumn: Int?
  var value: Value

  init(_ text: String, isPlain: Bool, place: Place, textColumn: Int?) {
    self.text = text
    self.place = place
    self.textColumn = textColumn
    self.value = isPlain ? Self.resolve(text) : .text
  }

  /// The place of the text's character with the given number, from 1; else the place of the scalar.
  func place(ofCharacter number: Int) -> Place {
    guard let textColumn else { return place }
    return Place(line: place.line, column: textColumn + number - 1)
  }

  var found: String {
    switch value {
    case .null: "empty"
    case .boolean: "the boolean \(text)"
    case .integer, .number: "the number \(text)"
    case .text: text.isEmpty ? "empty text" : Self.quoted(text)
    }
  }

  /// Text as it is shown in a sentence: in quotes, on one line, shortened.
  static func quoted(_ text: String) -> String {
    let line = text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) }
    return line.count <= 60 ? "'\(String(line))'" : "'\(String(line.prefix(57)))…'"
  }

  /// What a plain scalar means.
  static func resolve(_ text: String) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: break
    }
    guard let first = text.utf8.first, Self.canBeginNumber(first) else { return .text }
    return CoreNumber(text).map { number in
      switch number {
      case .integer(let integer): .integer(integer)
      case .float(let double): .number(double)
      }
    } ?? .text
  }

  private static func canBeginNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
    default: false
    }
  }
}
