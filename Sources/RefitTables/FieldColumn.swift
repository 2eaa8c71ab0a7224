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
