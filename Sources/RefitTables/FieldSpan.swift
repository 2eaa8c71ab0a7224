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
