/// The expected calibration error of ten bins of equal width, each closed on the right; the first holds 0 as well
/// (Naeini, Cooper and Hauskrecht 2015).
struct CalibrationBins {
  private static let edges = (0...10).map { Double($0) / 10 }
  /// Σ weight · (label − probability) of each bin.
  private var gaps = [CompensatedSum](repeating: CompensatedSum(), count: 10)
  private var total = CompensatedSum()

  /// The bin of a probability.
  static func bin(_ probability: Double) -> Int {
    var bin = min(9, Int(probability * 10))
    if bin > 0, probability <= edges[bin] { bin -= 1 }
    if bin < 9, probability > edges[bin + 1] { bin += 1 }
    return bin
  }

  mutating func add(_ label: Bool, _ probability: Double, weight: Double) {
    gaps[CalibrationBins.bin(probability)].add(weight * ((label ? 1 : 0) - probability))
    total.add(weight)
  }

  /// Σ abs(gap of a bin) / weight of all rows; undefined without rows.
  var error: Statistic {
    if total.value == 0 { return .undefined("there are no rows") }
    var sum = CompensatedSum()
    for gap in gaps { sum.add(abs(gap.value)) }
    return .defined(sum.value / total.value)
  }
}
