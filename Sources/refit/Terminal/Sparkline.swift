/// Small curves and bars made of characters.
enum Sparkline {
  /// One character a value, from the lowest to the highest; a space where there is none. Values that are all
  /// the same lie in the middle.
  static func text(_ values: [Double?], on terminal: Terminal) -> String {
    let levels = Array(terminal.hasUnicode ? "▁▂▃▄▅▆▇█" : "_.-~=+*#")
    let finite = values.compactMap { $0 }.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return String(repeating: " ", count: values.count)
    }
    return String(
      values.map { value -> Character in
        guard let value, value.isFinite else { return " " }
        // Halved, so that the span between two huge numbers is still a number.
        let span = high / 2 - low / 2
        let position = span > 0 ? (value / 2 - low / 2) / span : 0.5
        return levels[min(levels.count - 1, Int(position * Double(levels.count)))]
      })
  }

  /// A bar of `width` columns, filled as far as `share` of one goes, to an eighth of a column.
  static func bar(_ share: Double, width: Int, on terminal: Terminal) -> String {
    let share = share.isNaN ? 0 : min(1, max(0, share))
    guard terminal.hasUnicode else {
      let filled = Int((share * Double(width)).rounded())
      return String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    }
    let eighths = Int((share * Double(width * 8)).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let filled = String(repeating: "█", count: eighths / 8) + part
    return filled + String(repeating: " ", count: width - eighths / 8 - (part.isEmpty ? 0 : 1))
  }
}
