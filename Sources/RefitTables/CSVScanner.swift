/// Splits bytes into fields by RFC 4180, from left to right. Lines end with LF or CRLF; whatever is not a record
/// is an error at its place.
struct CSVScanner {
  /// What follows a field.
  enum Delimiter {
    case comma, endOfRecord
  }

  /// A place that is not CSV.
  struct SyntaxError: Error {
    let message: String
    let position: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Whether the file ends where the bytes do.
  private let isAtEnd: Bool
  /// Where the next field begins.
  private(set) var position: Int
  /// How many newlines have been passed inside quotes.
  private(set) var quotedNewlines = 0

  /// A scanner of bytes behind which there is a padding of newlines, which do not count.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, isAtEnd: Bool) {
    self.bytes = bytes
    self.position = position
    self.isAtEnd = isAtEnd
  }

  /// The next field, and what follows it; nil when that cannot be told without more bytes.
  @inline(__always)
  mutating func next() throws(SyntaxError) -> (field: FieldSpan, delimiter: Delimiter)? {
    let isQuoted = position < bytes.count && bytes[position] == .quote
    guard let field = isQuoted ? try quotedField() : try plainField(), position < bytes.count || isAtEnd
    else {
      return nil
    }
    guard position < bytes.count else { return (field, .endOfRecord) }
    switch bytes[position] {
    case .comma:
      position += 1
      return (field, .comma)
    case .newline:
      position += 1
      return (field, .endOfRecord)
    default:
      guard try skipCarriageReturn() else { return nil }
      return (field, .endOfRecord)
    }
  }

  /// A field without quotes; nil when there may be more of it.
  @inline(__always)
  private mutating func plainField() throws(SyntaxError) -> FieldSpan? {
    guard let base = bytes.baseAddress else { return nil }
    var end = position
    while true {
      end += Self.plainBytes(at: base + end)
      let byte = base[end]
      if byte == .comma || byte == .newline || byte == .carriageReturn { break }
      if byte == .quote || byte == 0 { throw misplaced(byte, at: end) }
      end += 1
    }
    let field = FieldSpan(position..<end, .none)
    position = end
    return field
  }

  /// The distance to the first byte that may mean something: all that do are at most a comma, and the padding
  /// ends the search. Eight bytes at a time: the lowest byte whose high bit is set afterwards is the one.
  @inline(__always)
  private static func plainBytes(at start: UnsafePointer<UInt8>) -> Int {
    let raw = UnsafeRawPointer(start)
    var distance = 0
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: distance, as: UInt64.self))
      let small = (word &- 0x2D2D_2D2D_2D2D_2D2D) & ~word & 0x8080_8080_8080_8080
      if small != 0 { return distance + small.trailingZeroBitCount / 8 }
      distance += 8
    }
  }

  /// A field in quotes; nil when there may be more of it.
  private mutating func quotedField() throws(SyntaxError) -> FieldSpan? {
    let start = position + 1
    var quoting = FieldSpan.Quoting.plain
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if byte == .newline { quotedNewlines += 1 }
      if byte == 0 { throw misplaced(byte, at: end) }
      if byte == .quote {
        guard end + 1 < bytes.count, bytes[end + 1] == .quote else { break }
        quoting = .doubled
        end += 1
      }
      end += 1
    }
    if end >= bytes.count || (end + 1 == bytes.count && !isAtEnd) {
      if isAtEnd { throw SyntaxError(message: "a quote that is never closed", position: start - 1) }
      return nil
    }
    position = end + 1
    try requireDelimiter()
    return FieldSpan(start..<end, quoting)
  }

  private func requireDelimiter() throws(SyntaxError) {
    guard position < bytes.count else { return }
    switch bytes[position] {
    case .comma, .newline, .carriageReturn: return
    default:
      throw SyntaxError(
        message:
          "text after the closing quote; a comma or the end of the line must follow, and quotes inside "
          + "are doubled", position: position)
    }
  }

  /// Steps over CRLF; false when more bytes are needed to tell.
  private mutating func skipCarriageReturn() throws(SyntaxError) -> Bool {
    guard position + 1 < bytes.count || isAtEnd else { return false }
    guard position + 1 < bytes.count, bytes[position + 1] == .newline else {
      throw SyntaxError(
        message: "a carriage return without a newline; lines end with LF or CRLF", position: position)
    }
    position += 2
    return true
  }

  private func misplaced(_ byte: UInt8, at position: Int) -> SyntaxError {
    let message =
      byte == 0
      ? "a zero byte: this is not text"
      : "a quote inside a field that does not begin with one; put the field in quotes and double those inside"
    return SyntaxError(message: message, position: position)
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
