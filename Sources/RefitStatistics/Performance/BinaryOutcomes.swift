/// The labels of a binary task beside what a model said of the same rows: parallel columns, one row each.
public struct BinaryOutcomes: Sendable {
  private let labels: [Bool]
  private let scores: [Double]?
  /// The four counts, or nil without hard predictions.
  public let confusion: BinaryConfusion?

  /// Takes the columns that there are; traps when their lengths differ.
  ///
  /// A score that is not finite makes each metric that reads scores undefined; it does not trap.
  public init(labels: [Bool], scores: [Double]?, predictions: [Bool]?) {
    precondition(scores == nil || scores?.count == labels.count, "one score a label")
    self.labels = labels
    self.scores = scores
    confusion = predictions.map { BinaryConfusion(labels: labels, predictions: $0) }
  }

  /// The number of rows.
  public var count: Int { labels.count }

  /// The metric as scikit-learn defines it, or undefined with the reason: no rows, a column that is not
  /// there or not finite, one class only (AUC), 0/0 (precision, recall, F1), a regression metric.
  public func measure(_ metric: PerformanceMetric) -> Statistic {
    switch metric {
    case .rocAUC: fromScores(metric, RankedClasses.area)
    case .brier: fromScores(metric, ProbabilityLoss.brier)
    case .logLoss: fromScores(metric, ProbabilityLoss.logLoss)
    case .accuracy: fromPredictions(metric, \.accuracy)
    case .precision: fromPredictions(metric, \.precision)
    case .recall: fromPredictions(metric, \.recall)
    case .f1: fromPredictions(metric, \.f1)
    case .rmse, .mae: .undefined("\(metric.rawValue) is for regression, and this is classification")
    }
  }

  /// The metric with one-sided bounds at `confidence` (0.5..<1): DeLong for AUC, Wilson for accuracy,
  /// precision and recall (the last two given their denominator), none for the others; nil when undefined.
  public func estimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    switch metric {
    case .rocAUC: scores.flatMap { areaEstimate($0, confidence: confidence) }
    case .accuracy: confusion.flatMap { Estimate($0.accuracyCounts, confidence: confidence) }
    case .precision: confusion.flatMap { Estimate($0.precisionCounts, confidence: confidence) }
    case .recall: confusion.flatMap { Estimate($0.recallCounts, confidence: confidence) }
    case .f1, .brier, .logLoss, .rmse, .mae: measure(metric).value.map { Estimate(value: $0) }
    }
  }

  private func areaEstimate(_ scores: [Double], confidence: Double) -> Estimate? {
    let estimate = DeLong.estimate(labels: labels, scores: scores)
    return estimate.area.value.map { area in
      Estimate(
        value: area, standardError: estimate.standardError.value,
        bounds: estimate.bounds(confidence: confidence))
    }
  }

  private func fromScores(
    _ metric: PerformanceMetric, _ measure: ([Bool], [Double]) -> Statistic
  ) -> Statistic {
    scores.map { measure(labels, $0) } ?? .undefined("there are no scores, which \(metric.rawValue) reads")
  }

  private func fromPredictions(
    _ metric: PerformanceMetric, _ measure: (BinaryConfusion) -> Statistic
  ) -> Statistic {
    confusion.map(measure)
      ?? .undefined("there are no hard predictions, which \(metric.rawValue) reads")
  }
}

extension Estimate {
  /// A proportion with its binomial standard error and Wilson's bounds; nil when it is 0/0.
  fileprivate init?(_ counts: BinaryConfusion.Counts, confidence: Double) {
    guard counts.rows > 0 else { return nil }
    let share = Double(counts.right) / Double(counts.rows)
    self.init(
      value: share,
      standardError: (share * (1 - share) / Double(counts.rows)).squareRoot(),
      bounds: Wilson.bounds(successes: counts.right, of: counts.rows, confidence: confidence))
  }
}
