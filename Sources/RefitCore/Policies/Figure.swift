import Glibc

/// How numbers are said in sentences: rounded as far as a reader wants them, never so far that they would
/// contradict the verdict beside them.
enum Figure {
  /// The number with at least `digits` significant digits where it has them, thousands parted by commas.
  static func text(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    return written(rounded(value, digits: digits, .toNearestOrAwayFromZero))
  }

  /// The number, with as many digits as it takes to stand on its own side of the bound.
  static func text(_ value: Double, beside bound: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return text(value) }
    for count in digits..<17 {
      let shown = rounded(value, digits: count, .toNearestOrAwayFromZero)
      if (shown < bound) == (value < bound) && (shown > bound) == (value > bound) { return written(shown) }
    }
    return written(value)
  }

  /// A bound or a margin, as it was written.
  static func exact(_ value: Double) -> String { written(value) }

  /// What a number must at least change by, with two digits: rounded away from zero, so that it is enough.
  static func change(_ amount: Double) -> String {
    guard amount.isFinite, amount != 0 else { return text(amount) }
    // A change that has two digits already must not grow for the noise of its last bit.
    let nearest = rounded(amount, digits: 2, .toNearestOrAwayFromZero)
    if abs(nearest - amount) <= 1e-9 * abs(amount) { return written(nearest) }
    return written(rounded(amount, digits: 2, .awayFromZero))
  }

  /// `61.4 %` of 0.614.
  static func percent(_ share: Double) -> String {
    "\(written((share * 1000).rounded() / 10)) %"
  }

  /// `5,200`.
  static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0 && (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// `5,200` of 5,163: two digits, rounded up.
  static func roughly(_ value: Int) -> String {
    var unit = 1
    while value / unit >= 100 { unit *= 10 }
    return count((value + unit - 1) / unit * unit)
  }

  /// `1 row`, `5,200 rows`.
  static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  private static func rounded(_ value: Double, digits: Int, _ rule: FloatingPointRoundingRule) -> Double {
    let places = digits - 1 - Int(log10(abs(value)).rounded(.down))
    if places <= 0 { return value.rounded(rule) }
    guard places <= 22 else { return value }
    // A whole number over a power of ten is the double nearest to that decimal, so it prints as one.
    let scale = pow(10, Double(places))
    return (value * scale).rounded(rule) / scale
  }

  private static func written(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return count(Int(value)) }
    let text = "\(value)"
    guard abs(value) >= 1000, let point = text.firstIndex(of: "."), let whole = Int(text[..<point]) else {
      return text
    }
    return count(whole) + text[point...]
  }
}

/// Numbers that differ by less than this part of their size differ by the noise of floating point only:
/// 0.8 − 0.7 is a difference of 0.1.
func isNoise(_ difference: Double, of values: Double...) -> Bool {
  abs(difference) <= 1e-12 * values.reduce(0) { max($0, abs($1)) }
}
