/// A number as it is mostly written: digits, at most one point among them, and a minus before or none. It is read from
/// words that hold its bytes, the first in the lowest, without a branch that signs or points could mislead.
struct PlainNumber {
  private let significand: UInt64
  /// How many digits are behind the point; nil where there is no point.
  private let decimals: Int?
  /// 1 where the number is negative.
  private let sign: UInt64

  /// The number that the first `length` bytes of a word write, at least one; nil where they are anything else.
  @inline(__always)
  init?<Word: FixedWidthInteger & UnsignedInteger>(_ text: Word, length: Word) {
    // Digits become their values.
    let values = text ^ Word(allBytes: 0x30)
    let sign = ((values ^ 0x1D) & 0xFF &- 1) &>> Word(Word.bitWidth - 1)
    // At the end of the word, a minus away, zeros before them.
    let digits = (values & ~(0xFF &* sign)) &<< (Word(Word.bitWidth) &- 8 &* length)
    // The lowest byte that is the point's becomes zero, and the bit that stays is its highest.
    let points = digits ^ Word(allBytes: 0x1E)
    let point = (points &- Word(allBytes: 1)) & ~points & Word(allBytes: 0x80)
    // More bytes than a minus and a point.
    guard length > sign &+ (point == 0 ? 0 : 1) else { return nil }
    self.sign = UInt64(truncatingIfNeeded: sign)
    guard point != 0 else {
      guard let significand = DecimalDigits.integer(digits) else { return nil }
      self.significand = significand
      decimals = nil
      return
    }
    // The digits before the point move up to where it is.
    let upToPoint = point ^ (point &- 1)
    let joined = digits & ~upToPoint | (digits & (upToPoint &>> 8)) &<< 8
    guard let significand = DecimalDigits.integer(joined) else { return nil }
    self.significand = significand
    decimals = Word.bitWidth / 8 &- 1 &- point.trailingZeroBitCount &>> 3
  }

  /// The number that 17…24 bytes write; nil where the last sixteen are not all digits, those before them make 1000 or
  /// more, or they are anything else.
  ///
  /// - Parameters:
  ///   - head: the first eight bytes, of which those before the last sixteen of all count.
  ///   - tail: the last sixteen bytes.
  init?(head: UInt64, tail: UInt128, length: UInt64) {
    // Nineteen digits always fit.
    guard let head = PlainNumber(head, length: length &- 16), head.significand < 1_000,
      let last = DecimalDigits.integer(tail ^ UInt128(allBytes: 0x30))
    else { return nil }
    significand = head.significand &* 10_000_000_000_000_000 &+ last
    decimals = head.decimals.map { $0 + 16 }
    sign = head.sign
  }

  /// The double nearest to the number; nil where its integer is too large for a double to hold it.
  @inline(__always)
  var shortValue: Double? {
    guard significand < 1 << 52 else { return nil }
    return signed(DecimalDigits.quotient(significand, decimals: decimals ?? 0))
  }

  /// The double nearest to the number; nil where 64-bit arithmetic does not suffice to tell.
  var value: Double? {
    let digits = DecimalDigits(significand: significand, exponent: -(decimals ?? 0))
    guard let magnitude = digits.value else { return nil }
    return signed(magnitude)
  }

  @inline(__always)
  private func signed(_ magnitude: Double) -> Double {
    Double(bitPattern: magnitude.bitPattern | sign &<< 63)
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// A word in which every byte is the same.
  @inline(__always)
  fileprivate init(allBytes byte: UInt8) { self = .max / 255 &* Self(byte) }
}
