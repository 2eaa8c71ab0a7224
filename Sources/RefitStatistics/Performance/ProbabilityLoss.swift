import Glibc

/// The losses that read a score as the probability of the positive class.
enum ProbabilityLoss {
  /// How far the probabilities of a row may be from 1 in all: as far as rounding each to three digits moves their sum,
  /// and 0.01 at most. They are taken as they are, as by `sklearn.metrics.log_loss`, which warns beyond 1.5e-8.
  static func rounding(ofClasses count: Int) -> Double { min(0.01, 0.0005 * Double(count)) + 1e-9 }

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
