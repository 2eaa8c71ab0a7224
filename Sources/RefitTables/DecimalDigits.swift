/// The digits of a number as an integer and a power of ten.
struct DecimalDigits {
  private(set) var significand: UInt64 = 0
  var exponent = 0
  private(set) var hasDigits = false
  /// How many digits were taken into the significand, leading zeros left out.
  private var digitCount = 0

  /// No digits yet.
  init() {}

  /// An integer below 10¹⁹ times a power of ten.
  init(significand: UInt64, exponent: Int) {
    self.significand = significand
    self.exponent = exponent
  }

  /// Reads the digits before the point.
  @inline(__always)
  mutating func readInteger(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    let start = position
    if significand == 0 {
      while position < end, position.pointee == UInt8(ascii: "0") { position += 1 }
    }
    let firstDigit = position
    while end - position >= 8, let eight = Self.eightDigits(at: position) {
      significand = significand &* 100_000_000 &+ eight
      position += 8
    }
    while position < end {
      let digit = position.pointee &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      significand = significand &* 10 &+ UInt64(digit)
      position += 1
    }
    digitCount += position - firstDigit
    if position > start { hasDigits = true }
  }

  /// Reads the digits behind the point.
  @inline(__always)
  mutating func readFraction(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    let start = position
    readInteger(&position, end)
    exponent -= position - start
  }

  /// The number that eight digits write; nil when one of the bytes is no digit.
  @inline(__always)
  private static func eightDigits(at position: UnsafePointer<UInt8>) -> UInt64? {
    let text = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
    return eightDigits(text ^ 0x3030_3030_3030_3030)
  }

  /// The number that eight digits' values make, the first in the lowest byte, in three multiplications; nil when one
  /// of them is above 9.
  @inline(__always)
  private static func eightDigits(_ values: UInt64) -> UInt64? {
    guard ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080 == 0 else { return nil }
    var value = (values &* 2_561) &>> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    return ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
  }

  /// The number that the values of 8 or 16 digits make, the first in the lowest byte; nil when one is above 9.
  @inline(__always)
  static func integer<Word: FixedWidthInteger & UnsignedInteger>(_ values: Word) -> UInt64? {
    guard let first = eightDigits(UInt64(truncatingIfNeeded: values)) else { return nil }
    guard Word.bitWidth > 64 else { return first }
    guard let last = eightDigits(UInt64(truncatingIfNeeded: values >> 64)) else { return nil }
    return first &* 100_000_000 &+ last
  }

  /// The double nearest to an integer below 2⁵² with so many decimals, 22 at most.
  @inline(__always)
  static func quotient(_ integer: UInt64, decimals: Int) -> Double {
    // As the lowest bits of 2⁵², since the processor's own conversion waits for the last number's division.
    (Double(bitPattern: 0x4330_0000_0000_0000 | integer) - 0x1p52) / powersOfTen[unchecked: decimals]
  }

  /// The double nearest to the number, ties to even; nil where 64-bit arithmetic does not suffice to tell.
  ///
  /// Where significand and power of ten are exact as doubles, one operation rounds once (Clinger 1990).
  @inline(__always)
  var value: Double? {
    // Nineteen digits always fit into 64 bits.
    guard digitCount <= 19 else { return nil }
    guard significand <= 1 << 53, -22...22 ~= exponent else { return longValue }
    let power = Self.powersOfTen[abs(exponent)]
    return exponent < 0 ? Double(significand) / power : Double(significand) * power
  }

  @inline(never)
  private var longValue: Double? {
    guard significand > 0, -27...27 ~= exponent else { return nil }
    return exponent < 0 ? quotient : product
  }

  /// The significand times a power of ten, by its exact product with the power of five.
  private var product: Double {
    let (high, low) = significand.multipliedFullWidth(by: Self.powersOfFive[exponent])
    if high == 0 { return Self.rounded(low, isInexact: false, timesTwoTo: exponent) }
    let shift = high.leadingZeroBitCount
    let top = shift == 0 ? high : high << UInt64(shift) | low >> UInt64(64 - shift)
    return Self.rounded(top, isInexact: low << UInt64(shift) != 0, timesTwoTo: exponent + 64 - shift)
  }

  /// The significand divided by a power of ten, by a quotient of 62 bits or more and its remainder.
  private var quotient: Double {
    let divisor = Self.powersOfFive[-exponent]
    let divisorShift = divisor.leadingZeroBitCount
    let shift = significand.leadingZeroBitCount
    let dividend = significand << UInt64(shift)
    // Halved, so that the quotient fits into 64 bits.
    let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth(
      (dividend >> 1, dividend << 63))
    return Self.rounded(
      quotient, isInexact: remainder != 0, timesTwoTo: exponent + divisorShift - shift - 63)
  }

  /// The double nearest to `bits` times a power of two; `isInexact` says that the true value is a little larger.
  private static func rounded(_ bits: UInt64, isInexact: Bool, timesTwoTo exponent: Int) -> Double {
    let excess = 64 - bits.leadingZeroBitCount - 53
    guard excess > 0 else { return Double(bits) * powerOfTwo(exponent) }
    let half = 1 << UInt64(excess - 1)
    let rest = bits & (1 << UInt64(excess) - 1)
    var kept = bits >> UInt64(excess)
    if rest > half || (rest == half && (isInexact || kept & 1 == 1)) { kept += 1 }
    return Double(kept) * powerOfTwo(exponent + excess)
  }

  /// Exact, since the exponents here are far from the ends of the range.
  private static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  /// Ten to the power of the index, exact as doubles.
  private static let powersOfTen: InlineArray<23, Double> = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  /// Five to the power of the index, up to the last that fits.
  private static let powersOfFive: [UInt64] = [
    1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
    1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
    19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625,
    11_920_928_955_078_125,
    59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
  ]
}
