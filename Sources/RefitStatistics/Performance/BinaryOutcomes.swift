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
    guard metric.isForClassification else {
      return .undefined("\(metric.rawValue) is for regression, and this is classification")
    }
    if labels.isEmpty { return .undefined("there are no rows") }
    return metric.readsScores ? measureScores(metric) : measurePredictions(metric)
  }

  /// The metric with one-sided bounds at `confidence` (0.5..<1): DeLong for AUC, Wilson for accuracy,
  /// precision and recall (the last two given their denominator), none for the others; nil when undefined.
  public func estimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    guard let value = measure(metric).value else { return nil }
    switch metric {
    case .rocAUC:
      let area = DeLong.estimate(labels: labels, scores: scores ?? [])
      let bounds = area.bounds(confidence: confidence)
      return Estimate(value: value, standardError: area.standardError.value, bounds: bounds)
    case .accuracy, .precision, .recall:
      return confusion.map { $0.proportion(metric, confidence: confidence) } ?? nil
    case .f1, .brier, .logLoss, .rmse, .mae:
      return Estimate(value: value)
    }
  }

  private func measureScores(_ metric: PerformanceMetric) -> Statistic {
    guard let scores else { return .undefined("there are no scores, which \(metric.rawValue) reads") }
    switch metric {
    case .brier: return ProbabilityLoss.brier(labels: labels, probabilities: scores)
    case .logLoss: return ProbabilityLoss.logLoss(labels: labels, probabilities: scores)
    default: return RankedClasses.area(labels: labels, scores: scores)
    }
  }

  private func measurePredictions(_ metric: PerformanceMetric) -> Statistic {
    guard let confusion else {
      return .undefined("there are no hard predictions, which \(metric.rawValue) reads")
    }
    switch metric {
    case .precision: return confusion.precision
    case .recall: return confusion.recall
    case .f1: return confusion.f1
    default: return confusion.accuracy
    }
  }
}

extension BinaryConfusion {
  /// A metric that is a proportion, with its binomial standard error and Wilson's bounds; nil when 0/0.
  func proportion(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    let (successes, rows) =
      switch metric {
      case .precision: (truePositives, truePositives + falsePositives)
      case .recall: (truePositives, truePositives + falseNegatives)
      default: (truePositives + trueNegatives, count)
      }
    guard rows > 0 else { return nil }
    let share = Double(successes) / Double(rows)
    return Estimate(
      value: share,
      standardError: (share * (1 - share) / Double(rows)).squareRoot(),
      bounds: Wilson.bounds(successes: successes, of: rows, confidence: confidence))
  }
}
