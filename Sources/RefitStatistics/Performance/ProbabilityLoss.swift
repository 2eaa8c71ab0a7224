import Glibc

/// The losses that read a score as the probability of the positive class.
enum ProbabilityLoss {
  /// The mean squared difference of probability and label (`sklearn.metrics.brier_score_loss`).
  static func brier(labels: [Bool], probabilities: [Double]) -> Statistic {
    mean(labels, probabilities) { probability in (1 - probability) * (1 - probability) }
  }

  /// The mean of −ln(probability of what happened), that probability clipped to 2^-52…1−2^-52
  /// (`sklearn.metrics.log_loss`).
  static func logLoss(labels: [Bool], probabilities: [Double]) -> Statistic {
    let clip = Double.ulpOfOne
    return mean(labels, probabilities) { probability in -log(min(max(probability, clip), 1 - clip)) }
  }

  /// The mean loss over rows, where the loss is a function of the probability given to what happened.
  @inline(__always)
  private static func mean(
    _ labels: [Bool], _ probabilities: [Double], loss: (Double) -> Double
  ) -> Statistic {
    if let reason = reasonNotProbability(probabilities) { return .undefined(reason) }
    if labels.isEmpty { return .undefined("there are no rows") }
    var sum = CompensatedSum()
    for row in labels.indices {
      sum.add(loss(labels[row] ? probabilities[row] : 1 - probabilities[row]))
    }
    return Statistic(finite: sum.value / Double(labels.count))
  }

  private static func reasonNotProbability(_ scores: [Double]) -> String? {
    if let reason = reasonNotFinite(scores, called: "scores") { return reason }
    var outside = 0
    for score in scores where score < 0 || score > 1 { outside += 1 }
    return outside == 0
      ? nil : "\(outside) of \(scores.count) scores are outside of 0…1, so they are no probabilities"
  }
}
