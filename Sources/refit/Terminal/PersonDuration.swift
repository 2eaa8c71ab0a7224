import RefitCore

/// Lengths of time as a person wants to read them.
enum PersonDuration {
  /// In two units at most, rounded: `45 ms`, `3.2 s`, `2 min 5 s`, `1 h 12 min`, `3 d 4 h`.
  static func text(seconds: Double) -> String {
    guard seconds.isFinite else { return PersonNumber.text(seconds) }
    if seconds < 0 { return "-" + text(seconds: -seconds) }
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995 {
      return seconds < 0.000_95 ? "under 1 ms" : "\(Int64((seconds * 1000).rounded())) ms"
    }
    if seconds < 9.95 { return tenths(seconds) }
    if seconds > 1e15 { return PersonNumber.text(seconds) + " s" }
    return text(wholeSeconds: Int64(seconds.rounded()))
  }

  static func text(_ span: Timespan) -> String { text(seconds: Double(span.seconds)) }

  private static func tenths(_ seconds: Double) -> String {
    let tenths = Int64((seconds * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }

  private static let units: [(name: String, seconds: Int64)] = [
    ("d", 86_400), ("h", 3600), ("min", 60), ("s", 1),
  ]

  private static func text(wholeSeconds: Int64) -> String {
    var index = units.firstIndex { wholeSeconds >= $0.seconds } ?? 3
    guard index < 3 else { return "\(wholeSeconds) s" }
    // Rounding the smaller unit may fill the larger one: 59 min 59.6 s is an hour.
    let smaller = units[index + 1].seconds
    let rounded = (wholeSeconds + smaller / 2) / smaller * smaller
    if index > 0, rounded >= units[index - 1].seconds { index -= 1 }
    let (large, rest) = rounded.quotientAndRemainder(dividingBy: units[index].seconds)
    let small = rest / units[index + 1].seconds
    let text = "\(large) \(units[index].name)"
    return small == 0 ? text : "\(text) \(small) \(units[index + 1].name)"
  }
}
