import Glibc

/// The losses that read a score as the probability of the positive class.
enum ProbabilityLoss {
  /// Why the scores are no probabilities, or nil when they are.
  static func reasonNot(_ scores: [Double]) -> String? {
    if let reason = reasonNotFinite(scores, called: "scores") { return reason }
    var outside = 0
    for score in scores { outside += score < 0 || score > 1 ? 1 : 0 }
    return outside == 0
      ? nil : "\(outside) of \(scores.count) scores are outside of 0…1, so they are no probabilities"
  }

  /// (probability − label)² (`sklearn.metrics.brier_score_loss`).
  @inline(__always)
  static func brier(_ label: Bool, _ probability: Double) -> Double {
    let wrong = label ? 1 - probability : probability
    return wrong * wrong
  }

  /// −ln(probability of what happened), that probability clipped to 2^-52…1−2^-52 (`sklearn.metrics.log_loss`).
  @inline(__always)
  static func logLoss(_ label: Bool, _ probability: Double) -> Double {
    let clip = Double.ulpOfOne
    return -log(min(max(label ? probability : 1 - probability, clip), 1 - clip))
  }
}

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
