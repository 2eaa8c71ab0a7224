import Glibc
import RefitCore

/// Numbers as a person wants to read them.
enum PersonNumber {
  /// Rounded to four significant digits, or to the whole number from 1,000 on, with commas between thousands;
  /// `0.7412`, `1,234`, `1.5e-07`, `NaN`. A number that rounds to nothing but zeros keeps its exponent.
  static func text(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf" }
    let size = abs(number)
    if size == 0 { return "0" }
    if size >= 1e15 || size < 1e-4 { return trimmed(formatted("%.3e", number)) }
    if size >= 999.95 { return grouped(formatted("%.0f", number)) }
    return trimmed(formatted("%.4g", number))
  }

  /// The number, or the terminal's sign for nothing.
  static func text(_ number: Double?, on terminal: Terminal) -> String {
    number.map(text) ?? terminal.nothing
  }

  /// With exactly `places` decimals, so that numbers under one another compare at a glance; a number that would be
  /// nothing but zeros is `<0.0001` (`>-0.0001`), and a zero `0`.
  static func fixed(_ number: Double, places: Int) -> String {
    guard number.isFinite, abs(number) < 1e6 else { return text(number) }
    if number == 0 { return "0" }
    let shown = formatted("%.\(places)f", number)
    let isVisible = shown.contains { ("1"..."9").contains($0) }
    let least = "0.\(String(repeating: "0", count: places - 1))1"
    return isVisible ? shown : number > 0 ? "<\(least)" : ">-\(least)"
  }

  /// `1,234,567`
  static func count(_ number: Int) -> String { grouped(String(number)) }

  /// `1 row`, `2 rows`, `1,000 rows`; the plural ends in s unless it is given.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// A share of one as `12.5%`, rounded to a tenth.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return text(share) }
    return trimmed(formatted("%.1f", share * 100)) + "%"
  }

  /// In powers of 1,024, to three significant digits: `512 B`, `1.5 KiB`, `66.1 MiB`.
  static func bytes(_ count: Int64) -> String {
    guard abs(Double(count)) >= 1024 else { return "\(count) B" }
    var size = Double(count)
    var unit = ""
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
      size /= 1024
      unit = next
      if abs(size) < 1023.95 { break }
    }
    return "\(trimmed(formatted(abs(size) < 99.95 ? "%.1f" : "%.0f", size))) \(unit)"
  }

  private static func grouped(_ digits: String) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    let digits = Array(digits.dropFirst(sign.count))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return sign + text
  }

  /// Without zeros at the end of the fraction.
  private static func trimmed(_ number: String) -> String {
    let parts = number.split(separator: "e", maxSplits: 1)
    var digits = parts[0]
    if digits.contains(".") {
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
    }
    return parts.count == 1 ? String(digits) : "\(digits)e\(parts[1])"
  }

  private static func formatted(_ format: String, _ number: Double) -> String {
    withVaList([number]) { arguments in
      var buffer = [CChar](repeating: 0, count: 64)
      vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
