/// Where one field lies among the bytes at hand.
struct FieldSpan {
  enum Quoting: UInt8 {
    /// No quotes.
    case none
    /// Quotes around content that stands for itself.
    case plain
    /// Quotes around content in which quotes are doubled.
    case doubled
    /// Quotes around content with JSON's escapes.
    case escaped
    /// No quotes, and the content is `true` or `false` where a format knows that this is no text.
    case boolean
  }

  /// Where the content begins, behind the quote before it.
  let start: UInt32
  /// The content's length, and in the highest bits the quoting: a span takes one word, since as many of them are
  /// written and read as there are fields.
  private let form: UInt32

  private static let lengthBits: UInt32 = 29

  init(_ range: Range<Int>, _ quoting: Quoting) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    form = UInt32(truncatingIfNeeded: range.count) | UInt32(quoting.rawValue) << Self.lengthBits
  }

  /// The place of a field that a row does not have; like an empty one it is missing.
  static let absent = FieldSpan(Int(UInt32.max)..<Int(UInt32.max), .none)

  /// How long the content is.
  var length: Int { Int(form & (1 << Self.lengthBits - 1)) }

  /// Where the content has ended.
  var end: Int { Int(start) + length }

  var quoting: Quoting {
    guard let quoting = Quoting(rawValue: UInt8(form >> Self.lengthBits)) else {
      preconditionFailure("a span has a form that nothing gives it")
    }
    return quoting
  }

  /// The length of content that stands for itself where it is no more than some bytes, and not empty.
  @inline(__always)
  func shortLength(_ most: UInt32) -> UInt32? {
    let length = form & ~(UInt32(Quoting.plain.rawValue) << Self.lengthBits)
    return length &- 1 < most ? length : nil
  }

  /// Whether this is `absent`.
  var isAbsent: Bool { start == .max }

  /// The position at which the field begins in the file, its quote included.
  var place: Int { Int(start) - (quoting == .none || quoting == .boolean ? 0 : 1) }
}

/// The fields of one column in consecutive records.
struct FieldColumn {
  /// The text of a block, which its padding follows.
  let bytes: UnsafeBufferPointer<UInt8>
  let fields: UnsafeBufferPointer<FieldSpan>
  let first: Int
  /// The distance between the fields of one record and the next; 0 where all rows have the same field.
  let stride: Int
  /// The number of records.
  let count: Int
  let unescaped: UnescapeBuffer

  func span(ofRow row: Int) -> FieldSpan { fields[first + row * stride] }

  /// The number of a row's field where it is plain and no longer than a word.
  @inline(__always)
  func shortNumber<Word: FixedWidthInteger & UnsignedInteger>(ofRow row: Int, in: Word.Type) -> Double? {
    let span = fields[first &+ row &* stride]
    guard let length = span.shortLength(UInt32(Word.bitWidth / 8)) else { return nil }
    return PlainNumber(text(of: span) as Word, length: Word(length))?.shortValue
  }

  /// The number of a row's field where it is plain and 17…24 bytes long, as those are that programs write in full.
  @inline(__always)
  func longNumber(ofRow row: Int) -> Double? {
    let span = fields[first &+ row &* stride]
    guard let length = span.shortLength(24), length > 16 else { return nil }
    let tail: UInt128 = text(of: span, from: Int(length) - 16)
    return PlainNumber(head: text(of: span), tail: tail, length: UInt64(length))?.value
  }

  /// The bytes of a row's field in one word, the first in the lowest, where they are 1…8; none of them is zero.
  @inline(__always)
  func shortWord(ofRow row: Int) -> UInt64? {
    let span = fields[first &+ row &* stride]
    guard let length = span.shortLength(8) else { return nil }
    return text(of: span) & (.max &>> (64 &- 8 &* UInt64(length)))
  }

  /// The bytes from a place in a field on, the first in the lowest. The padding behind a block's text makes a word
  /// readable.
  @inline(__always)
  private func text<Word: FixedWidthInteger>(of span: FieldSpan, from offset: Int = 0) -> Word {
    let base = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
    return Word(littleEndian: base.loadUnaligned(fromByteOffset: Int(span.start) &+ offset, as: Word.self))
  }

  /// The content of a row's field; valid until the next call.
  subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    @inline(__always) get {
      let span = span(ofRow: row)
      if span.isAbsent { return UnsafeBufferPointer(start: nil, count: 0) }
      let content = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<span.end])
      switch span.quoting {
      case .none, .plain, .boolean: return content
      case .doubled: return unescaped.unescape(content)
      case .escaped: return unescaped.unescapeJSON(content)
      }
    }
  }
}

/// Holds one field with its doubled quotes made single.
final class UnescapeBuffer {
  private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)

  deinit { buffer.deallocate() }

  /// The field without the doubling; valid until the next call.
  func unescape(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    reserve(field.count)
    var count = 0
    var position = 0
    while position < field.count {
      buffer[count] = field[position]
      count += 1
      position += field[position] == .quote ? 2 : 1
    }
    return UnsafeBufferPointer(rebasing: buffer[..<count])
  }

  private func reserve(_ count: Int) {
    guard count > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: count * 2)
  }

  /// What JSON's escapes stand for, in UTF-8, which is never longer than they are; the field must be well-formed.
  /// Valid until the next call.
  func unescapeJSON(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    reserve(field.count)
    var count = 0
    var position = 0
    while position < field.count {
      var byte = field[position]
      position += 1
      if byte == UInt8(ascii: "\\") {
        byte = field[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "n"): byte = .newline
        case UInt8(ascii: "r"): byte = .carriageReturn
        case UInt8(ascii: "t"): byte = UInt8(ascii: "\t")
        case UInt8(ascii: "u"):
          for unit in UTF8.encode(scalar(in: field, &position)) ?? UTF8.encodedReplacementCharacter {
            buffer[count] = unit
            count += 1
          }
          continue
        default: break
        }
      }
      buffer[count] = byte
      count += 1
    }
    return UnsafeBufferPointer(rebasing: buffer[..<count])
  }

  /// The character that one or two groups of four hexadecimal digits write, the first of which begins here.
  private func scalar(in field: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UnicodeScalar {
    func codeUnit(_ position: Int) -> UInt32 {
      field[position..<position + 4].reduce(0) { $0 << 4 | ($1.hexadecimalDigit ?? 0) }
    }
    var value = codeUnit(position)
    position += 4
    if 0xD800...0xDBFF ~= value {
      value = 0x10000 + (value - 0xD800) << 10 + (codeUnit(position + 2) - 0xDC00)
      position += 6
    }
    return UnicodeScalar(value) ?? "\u{FFFD}"
  }
}
