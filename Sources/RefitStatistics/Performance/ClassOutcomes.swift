/// The labels of a task with several classes beside what a model said of the same rows: parallel columns.
///
/// Classes are numbered by their place in `classes`. Rows may have weights; all metrics take them as scikit-learn does.
public struct ClassOutcomes: Sendable {
  /// The names of the classes.
  public let classes: [String]
  let labels: [Int]
  let predictions: [Int]?
  let scores: [[Double]]?
  let weights: RowWeights?

  /// Takes the columns that there are, `scores` one column a class; traps when their lengths differ and on a class
  /// that there is not. Scores and weights that can't be used make metrics undefined and don't trap.
  public init(
    classes: [String], labels: [Int], predictions: [Int]?, scores: [[Double]]?, weights: [Double]? = nil
  ) {
    precondition(labels.allSatisfy(classes.indices.contains), "a label is the place of a class")
    precondition(
      predictions?.allSatisfy(classes.indices.contains) ?? true, "a prediction is the place of a class")
    precondition(predictions == nil || predictions?.count == labels.count, "one prediction a label")
    precondition(scores == nil || scores?.count == classes.count, "one column of scores a class")
    precondition(scores?.allSatisfy { $0.count == labels.count } ?? true, "one score a label")
    precondition(weights == nil || weights?.count == labels.count, "one weight a label")
    self.classes = classes
    self.labels = labels
    self.predictions = predictions
    self.scores = scores
    self.weights = weights.map(RowWeights.init)
  }

  /// The number of rows.
  public var count: Int { labels.count }

  /// The metric as scikit-learn defines it, or undefined with the reason: no rows, a column that is not there or not
  /// finite, a class without labels (AUC), a rate that is 0/0.
  public func measure(_ metric: ClassMetric) -> Statistic { measures([metric])[0] }

  /// Each of the metrics, in their order; each class is sorted at most once.
  public func measures(_ metrics: [ClassMetric]) -> [Statistic] { prepared(for: metrics).measures(metrics) }

  /// What scikit-learn answers (`zero_division=0`) where the metric is undefined since it, or a rate that it averages,
  /// is 0/0; nil elsewhere.
  public func zeroDivision(_ metric: ClassMetric) -> Double? {
    guard !metric.readsScores, weights?.problem == nil, measure(metric).value == nil else { return nil }
    return margins { weights?.values[$0] ?? 1 }?.sums.valueTakingZeros(of: metric)
  }

  /// Of rows that weigh so much; nil without predictions.
  func margins(_ weight: (Int) -> Double) -> ClassMargins? {
    predictions.map {
      ClassMargins(classes: classes.count, labels: labels, predictions: $0, weight: weight)
    }
  }

  /// The metric with one-sided bounds at `confidence` (0.5..<1): Wilson's for accuracy and the micro averages, normal
  /// ones for log loss; the value alone with weights and for all others. Nil when undefined.
  public func estimate(_ metric: ClassMetric, confidence: Double) -> Estimate? {
    guard let value = measure(metric).value else { return nil }
    guard weights == nil else { return Estimate(value: value) }
    switch metric.theory {
    case .proportion:
      guard let predictions else { return nil }
      let right = zip(labels, predictions).count { $0 == $1 }
      return Estimate((right: right, rows: count), confidence: confidence)
    case .mean:
      let losses = labels.indices.map(logLoss)
      return Estimate(
        meanOf: losses, within: 0...ProbabilityLoss.logLoss(true, 0), confidence: confidence)
    default: return Estimate(value: value)
    }
  }

  /// These rows ready for the metrics, of which each can then be had for any multiplicities of the rows.
  public func prepared(for metrics: [ClassMetric]) -> PreparedClassOutcomes {
    PreparedClassOutcomes(self, for: metrics)
  }

  /// The loss of a row, whose scores are usable.
  func logLoss(_ row: Int) -> Double {
    guard let scores else { preconditionFailure("a loss needs scores") }
    return ProbabilityLoss.logLoss(true, scores[labels[row]][row])
  }

  /// Why the scores can't be ranked, or nil.
  func reasonNotRanked() -> String? {
    scores?.lazy.compactMap { reasonNotFinite($0, called: "scores") }.first
  }

  /// Why the scores are no probabilities, or nil: each in 0…1, and those of a row together 1 but for rounding.
  func reasonNotProbabilities() -> String? {
    guard let scores else { return nil }
    if let reason = scores.lazy.compactMap(ProbabilityLoss.reasonNot).first { return reason }
    let rounding = ProbabilityLoss.rounding(ofClasses: classes.count)
    let others = labels.indices.count { row in abs(scores.reduce(0) { $0 + $1[row] } - 1) > rounding }
    return others == 0 ? nil : "the scores of \(others) of \(count) rows do not add up to 1"
  }
}
