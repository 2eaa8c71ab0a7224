/// Reads one line of JSON lines: an object (RFC 8259) whose values are not nested, where it matters. Besides, `NaN`,
/// `Infinity` and `-Infinity` are values, as Python writes them.
struct JSONScanner {
  /// A place that is not JSON.
  struct SyntaxError: Error {
    let message: String
    let position: Int
  }

  /// A member's value, without its quotes.
  enum Value {
    /// A string, a number, or `true` or `false`.
    case scalar(FieldSpan)
    /// `null` or `NaN`.
    case missing
    /// An object or an array; what it is, in words.
    case nested(StaticString)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the next byte to be read is.
  private(set) var position: Int

  /// How deep values may be nested.
  private static let largestDepth = 200

  /// A scanner of bytes behind which there is a newline.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Steps over blanks; whether the line ends there.
  mutating func isAtLineEnd() -> Bool {
    skipBlanks()
    return next == .newline
  }

  /// Steps over the newline.
  mutating func skipNewline() { position += 1 }

  /// Reads the line's object, which ends the line, and hands on each member with the place of its value.
  @inline(__always)
  mutating func object(
    _ member: (FieldSpan, Value, Int) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    try expect(UInt8(ascii: "{"), "'{', with which a line begins,")
    skipBlanks()
    if next == UInt8(ascii: "}") {
      position += 1
    } else {
      while true {
        skipBlanks()
        let key = try string("a key in double quotes")
        skipBlanks()
        try expect(UInt8(ascii: ":"), "':' after the key")
        skipBlanks()
        let place = position
        try member(key, value(depth: 1), place)
        skipBlanks()
        if next == .comma {
          position += 1
          continue
        }
        try expect(UInt8(ascii: "}"), "',' or '}' after the value")
        break
      }
    }
    guard isAtLineEnd() else { throw SyntaxError(message: "text after the object", position: position) }
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(SyntaxError) -> Value {
    switch next {
    case .quote: return .scalar(try string("a string"))
    case UInt8(ascii: "{"): return .nested(try nested("an object", close: UInt8(ascii: "}"), depth))
    case UInt8(ascii: "["): return .nested(try nested("an array", close: UInt8(ascii: "]"), depth))
    case UInt8(ascii: "t"): return .scalar(try word("true", .boolean))
    case UInt8(ascii: "f"): return .scalar(try word("false", .boolean))
    case UInt8(ascii: "I"): return .scalar(try word("Infinity", .none))
    case UInt8(ascii: "n"):
      _ = try word("null", .none)
      return .missing
    case UInt8(ascii: "N"):
      _ = try word("NaN", .none)
      return .missing
    default: return .scalar(try number())
    }
  }

  private mutating func nested(
    _ name: StaticString, close: UInt8, _ depth: Int
  ) throws(SyntaxError) -> StaticString {
    guard depth < Self.largestDepth else {
      throw SyntaxError(message: "values nested deeper than \(Self.largestDepth)", position: position)
    }
    position += 1
    skipBlanks()
    if next == close {
      position += 1
      return name
    }
    while true {
      skipBlanks()
      if close == UInt8(ascii: "}") {
        _ = try string("a key in double quotes")
        skipBlanks()
        try expect(UInt8(ascii: ":"), "':' after the key")
        skipBlanks()
      }
      _ = try value(depth: depth + 1)
      skipBlanks()
      if next == .comma {
        position += 1
        continue
      }
      try expect(close, "',' or '\(Character(UnicodeScalar(close)))' after the value")
      return name
    }
  }

  private mutating func word(_ word: StaticString, _ form: FieldSpan.Quoting) throws(SyntaxError) -> FieldSpan
  {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[offset] else { throw expected("a value", at: start) }
      position += 1
    }
    return FieldSpan(start..<position, form)
  }

  private mutating func number() throws(SyntaxError) -> FieldSpan {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "I") {
      _ = try word("Infinity", .none)
      return FieldSpan(start..<position, .none)
    }
    if next == UInt8(ascii: "0") { position += 1 } else { try digits(start) }
    if next == UInt8(ascii: ".") {
      position += 1
      try digits(start)
    }
    if next | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      try digits(start)
    }
    return FieldSpan(start..<position, .none)
  }

  private mutating func digits(_ start: Int) throws(SyntaxError) {
    let first = position
    while next &- UInt8(ascii: "0") <= 9 { position += 1 }
    guard position > first else { throw expected(start == first ? "a value" : "a digit", at: position) }
  }

  // MARK: - Strings

  /// A string; its span is what stands between the quotes.
  private mutating func string(_ what: String) throws(SyntaxError) -> FieldSpan {
    let quote = position
    guard next == .quote else { throw expected(what, at: position) }
    position += 1
    var form = FieldSpan.Quoting.plain
    while true {
      let byte = next
      if byte == .quote { break }
      if byte == UInt8(ascii: "\\") {
        form = .escaped
        try escape()
      } else if byte < 0x20 {
        if byte == .newline { throw SyntaxError(message: "a string that is never closed", position: quote) }
        throw SyntaxError(
          message: "a control character in a string; write it as \\u and four digits", position: position)
      } else {
        position += 1
      }
    }
    position += 1
    return FieldSpan(quote + 1..<position - 1, form)
  }

  private mutating func escape() throws(SyntaxError) {
    let start = position
    position += 1
    switch next {
    case .quote, UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      let unit = try codeUnit(start)
      if 0xDC00...0xDFFF ~= unit { throw halfPair(start) }
      if 0xD800...0xDBFF ~= unit {
        guard next == UInt8(ascii: "\\") else { throw halfPair(start) }
        position += 1
        guard next == UInt8(ascii: "u"), 0xDC00...0xDFFF ~= (try codeUnit(start)) else {
          throw halfPair(start)
        }
      }
    default: throw SyntaxError(message: "an unknown escape in a string", position: start)
    }
  }

  /// `u` and four hexadecimal digits.
  private mutating func codeUnit(_ start: Int) throws(SyntaxError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      position += 1
      guard let digit = next.hexadecimalDigit else {
        throw SyntaxError(message: "\\u needs four hexadecimal digits", position: start)
      }
      unit = unit << 4 | digit
    }
    position += 1
    return unit
  }

  private func halfPair(_ position: Int) -> SyntaxError {
    SyntaxError(message: "one half of a surrogate pair without the other", position: position)
  }

  // MARK: - Bytes

  private var next: UInt8 {
    @inline(__always) get { position < bytes.count ? bytes[position] : .newline }
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") || next == .carriageReturn { position += 1 }
  }

  @inline(__always)
  private mutating func expect(_ byte: UInt8, _ what: StaticString) throws(SyntaxError) {
    guard next == byte else { throw expected("\(what)", at: position) }
    position += 1
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(SyntaxError) {
    guard next == byte else { throw expected(what, at: position) }
    position += 1
  }

  private func expected(_ what: String, at position: Int) -> SyntaxError {
    SyntaxError(
      message: next == .newline
        ? "the line ends where \(what) is needed" : "this is not JSON: here \(what) is needed",
      position: position)
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit; nil for any other byte.
  var hexadecimalDigit: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
