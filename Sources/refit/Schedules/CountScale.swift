/// Counts as single signs: the digits themselves where they suffice, else eight heights.
struct CountScale {
  private let highest: Int
  private let levels: [Character]
  private let none: Character

  /// Digits where no count is larger than 9.
  init(highest: Int, on terminal: Terminal) {
    self.highest = highest
    levels = highest <= 9 ? [] : Self.heights(terminal)
    none = terminal.hasUnicode ? "·" : "."
  }

  /// Heights in any case.
  init(bars highest: Int, on terminal: Terminal) {
    self.highest = highest
    levels = Self.heights(terminal)
    none = terminal.hasUnicode ? "·" : "."
  }

  private static func heights(_ terminal: Terminal) -> [Character] {
    Array(terminal.hasUnicode ? "▁▂▃▄▅▆▇█" : "12345678")
  }

  func sign(_ count: Int) -> String {
    if count == 0 { return String(none) }
    if levels.isEmpty { return "\(count)" }
    return String(levels[min(levels.count, (count * levels.count + highest - 1) / highest) - 1])
  }

  var legend: String {
    guard let lowest = levels.first, let tallest = levels.last else { return "starts a day; \(none) none" }
    let step = PersonNumber.count(max(1, highest / levels.count))
    return "starts a day: \(tallest) \(PersonNumber.count(highest)), \(lowest) up to \(step), \(none) none"
  }
}
