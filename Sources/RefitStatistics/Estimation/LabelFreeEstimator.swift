/// Confidence-based performance estimation (CBPE, NannyML): what a model's metrics are expected to be on rows
/// without labels, from the probabilities that the reference rows give its scores.
///
/// It holds while a score means the same as in the reference: P(label | score) has not changed, as after a
/// change of the rows' mix alone. When the concept itself drifts it is wrong without a sign of it.
public struct LabelFreeEstimator: Sendable {
  /// What turns scores into probabilities.
  public let calibration: Calibration
  private let errors: [EstimatedMetric: SamplingError]
  private let range: ClosedRange<Double>

  /// Takes parallel columns of reference rows, best rows that the model was not trained on. Throws when they
  /// can't be calibrated: no rows, one class only, scores that are not finite. Traps when lengths differ.
  public init(
    labels: [Bool], scores: [Double], predictions: [Bool], calibration method: Calibration.Method = .isotonic
  ) throws(Uncalibratable) {
    precondition(predictions.count == labels.count, "one prediction a label")
    calibration = try Calibration(method, scores: scores, labels: labels)
    errors = SamplingError.ofReference(labels: labels, scores: scores, predictions: predictions)
    range = scores.reduce(scores[0]...scores[0]) { min($0.lowerBound, $1)...max($0.upperBound, $1) }
  }

  /// The estimate for current rows, parallel columns of scores and predictions; traps when lengths differ. Every
  /// metric is undefined without rows and when a score is not finite.
  public func estimate(scores: [Double], predictions: [Bool]) -> LabelFreeEstimate {
    precondition(scores.count == predictions.count, "one prediction a score")
    if scores.isEmpty { return LabelFreeEstimate(undefined: "there are no rows", rows: 0) }
    if let reason = reasonNotFinite(scores, called: "scores") {
      return LabelFreeEstimate(undefined: reason, rows: scores.count)
    }
    let probabilities = scores.map(calibration.probability)
    let confusion = ExpectedConfusion(probabilities: probabilities, predictions: predictions)
    return LabelFreeEstimate(
      rows: scores.count, outsideReference: scores.count { !range.contains($0) }, confusion: confusion,
      values: [
        .rocAUC: ExpectedArea.area(scores: scores, probabilities: probabilities),
        .accuracy: confusion.accuracy, .precision: confusion.precision, .recall: confusion.recall,
        .specificity: confusion.specificity, .f1: confusion.f1,
      ],
      errors: errors.mapValues { $0.standardError(rows: scores.count) })
  }
}

/// The area under the ROC curve of expected rates.
private enum ExpectedArea {
  /// Σ p·(1 − p′) over pairs of rows with score > score′ and half of those with equal scores (a row with itself
  /// too), over Σ p · Σ (1 − p): the trapezoids under expected true against expected false positive rates over
  /// the thresholds. NannyML's order among equal scores is arbitrary; here they count half. Undefined when no
  /// positive or no negative label is expected.
  static func area(scores: [Double], probabilities: [Double]) -> Statistic {
    let rows = zip(scores, probabilities).sorted { $0.0 < $1.0 }
    var (area, positives, negatives) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    var first = 0
    while first < rows.count {
      var (positive, negative) = (CompensatedSum(), CompensatedSum())
      var end = first
      while end < rows.count, rows[end].0 == rows[first].0 {
        positive.add(rows[end].1)
        negative.add(1 - rows[end].1)
        end += 1
      }
      area.add(positive.value * (negatives.value + negative.value / 2))
      positives.add(positive.value)
      negatives.add(negative.value)
      first = end
    }
    guard positives.value > 0 else { return .undefined("no positive label is expected") }
    guard negatives.value > 0 else { return .undefined("no negative label is expected") }
    return .defined(min(1, area.value / positives.value / negatives.value))
  }
}
