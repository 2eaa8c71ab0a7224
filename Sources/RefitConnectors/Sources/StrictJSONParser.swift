/// Reads JSON from left to right; each refusal names the column, in bytes, counted from 1.
struct StrictJSONParser {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  private static let deepest = 32

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  mutating func document() throws(LineRefusal) -> StrictJSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.endIndex else {
      throw refusal("text after the end of the value; one line is one value")
    }
    return value
  }

  private var current: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func value(depth: Int) throws(LineRefusal) -> StrictJSON {
    guard depth < Self.deepest else { throw refusal("more than \(Self.deepest) levels of nesting") }
    switch current {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): return .number(try number())
    default: return try word()
    }
  }

  private mutating func members(depth: Int) throws(LineRefusal) -> [StrictJSON.Member] {
    var members: [StrictJSON.Member] = []
    index += 1
    skipSpace()
    if skip("}") { return members }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw refusal("expected a key in double quotes") }
      let start = index
      let key = try string()
      if members.contains(where: { $0.key == key }) {
        throw refusal("the key \(quoted(key)) stands twice; keep one", at: start)
      }
      skipSpace()
      guard skip(":") else { throw refusal("expected ':' after the key \(quoted(key))") }
      skipSpace()
      members.append(StrictJSON.Member(key: key, value: try value(depth: depth + 1)))
      skipSpace()
      if skip(",") { continue }
      guard skip("}") else { throw refusal("expected ',' or '}'") }
      return members
    }
  }

  private mutating func elements(depth: Int) throws(LineRefusal) -> [StrictJSON] {
    var elements: [StrictJSON] = []
    index += 1
    skipSpace()
    if skip("]") { return elements }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if skip(",") { continue }
      guard skip("]") else { throw refusal("expected ',' or ']'") }
      return elements
    }
  }

  private mutating func word() throws(LineRefusal) -> StrictJSON {
    let start = index
    while let byte = current, Self.isLetter(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "": throw refusal(current == nil ? "the line ends where a value should be" : "expected a value")
    default: throw refusal("\(quoted(text)) is no JSON value", at: start)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private mutating func skipSpace() {
    while let byte = current, TextLines.isBlank(byte) { index += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private func refusal(_ message: String, at place: Int? = nil) -> LineRefusal {
    LineRefusal("column \((place ?? index) - bytes.startIndex + 1): \(message)")
  }
}

// MARK: - Numbers and strings

extension StrictJSONParser {
  private mutating func number() throws(LineRefusal) -> String {
    let start = index
    _ = skip("-")
    let leading = current
    guard let digits = skipDigits(), digits == 1 || leading != UInt8(ascii: "0") else {
      throw refusal("not a JSON number", at: start)
    }
    if skip("."), skipDigits() == nil { throw refusal("a digit must follow the point", at: start) }
    if skip("e") || skip("E") {
      if !skip("+") { _ = skip("-") }
      if skipDigits() == nil { throw refusal("a digit must follow the exponent's sign", at: start) }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// How many digits stood here; nil for none.
  private mutating func skipDigits() -> Int? {
    let start = index
    while let byte = current, Self.isDigit(byte) { index += 1 }
    return index > start ? index - start : nil
  }

  private mutating func string() throws(LineRefusal) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        text += Array(String(try escape()).utf8)
      case 0..<0x20:
        throw refusal("a control character in a string; write it as an escape such as \\n")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw refusal("the string that begins here has no end", at: start)
  }

  private mutating func escape() throws(LineRefusal) -> Unicode.Scalar {
    let start = index - 1
    guard let byte = current else { throw refusal("the line ends in an escape", at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start: start)
    default: throw refusal("there is no such escape in JSON", at: start)
    }
  }

  private mutating func unicodeEscape(start: Int) throws(LineRefusal) -> Unicode.Scalar {
    let first = try hexadecimal(start: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    // The first half of a pair: the second must follow at once.
    guard (0xD800...0xDBFF).contains(first), skip("\\"), skip("u"),
      case let second = try hexadecimal(start: start), (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw refusal("half of a surrogate pair is no character", at: start) }
    return scalar
  }

  private mutating func hexadecimal(start: Int) throws(LineRefusal) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw refusal("four hexadecimal digits must follow \\u", at: start)
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
