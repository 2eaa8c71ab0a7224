extension LeafCondition {
  /// Says so when no window has had enough rows, though three or more could have.
  func shortage(of metric: String, in windows: [Observation], rows noun: String, minimum: Int) -> [String] {
    let sizes = windows.compactMap(\.sampleSize)
    guard sizes.count >= 3, let largest = sizes.max(), largest < minimum, let window = windows.first?.window
    else {
      return []
    }
    let most = "a window of \(window.length) has given at most \(Figure.count(largest, noun))"
    return ["\(metric) can't become known: \(most), \(Figure.count(minimum)) are needed"]
  }
}
