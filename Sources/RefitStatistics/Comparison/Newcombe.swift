/// Newcombe's hybrid bounds of a function of two independent proportions (Statistics in Medicine 17, 1998, pages
/// 873–890, method 10): how far the bounds of each by Wilson lie from it, put together as legs of a right triangle.
enum Newcombe {
  /// One-sided bounds of the mean of two proportions of different rows, each at `confidence` (0.5..<1): the mean less
  /// ½√((p₁ − l₁)² + (p₂ − l₂)²), and as much more with the upper bounds. Needs a row of each.
  static func bounds(
    ofMeanOf first: BinaryConfusion.Counts, and second: BinaryConfusion.Counts, confidence: Double
  ) -> ConfidenceBounds {
    let shares = [first, second].map { Double($0.right) / Double($0.rows) }
    let bounds = [first, second].map {
      Wilson.bounds(successes: $0.right, of: $0.rows, confidence: confidence)
    }
    func half(_ ends: [Double]) -> Double {
      let (one, other) = (ends[0] - shares[0], ends[1] - shares[1])
      return (one * one + other * other).squareRoot() / 2
    }
    let mean = (shares[0] + shares[1]) / 2
    return ConfidenceBounds(
      lower: max(0, mean - half(bounds.map(\.lower))), upper: min(1, mean + half(bounds.map(\.upper))))
  }
}
