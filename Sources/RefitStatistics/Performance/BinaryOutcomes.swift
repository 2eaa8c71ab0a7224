/// The labels of a binary task beside what a model said of the same rows: parallel columns, one row each.
///
/// Every metric of `measures` shares one sort of the scores and one pass over the decisions. Rows may have weights;
/// all metrics take them as scikit-learn does, and a row of weight 0 is as good as none.
public struct BinaryOutcomes: Sendable {
  let labels: [Bool]
  let scores: [Double]?
  let predictions: [Bool]?
  let weights: RowWeights?
  /// The four counts of rows, whatever these weigh, or nil without hard predictions.
  public let confusion: BinaryConfusion?

  /// Takes the columns that there are; traps when their lengths differ.
  ///
  /// A score that is not finite makes each metric that reads scores undefined, and a weight that is negative or not
  /// finite makes each metric undefined; neither traps.
  public init(labels: [Bool], scores: [Double]?, predictions: [Bool]?, weights: [Double]? = nil) {
    precondition(scores == nil || scores?.count == labels.count, "one score a label")
    precondition(weights == nil || weights?.count == labels.count, "one weight a label")
    self.labels = labels
    self.scores = scores
    self.predictions = predictions
    self.weights = weights.map(RowWeights.init)
    confusion = predictions.map { BinaryConfusion(labels: labels, predictions: $0) }
  }

  /// The number of rows.
  public var count: Int { labels.count }

  /// The metric as scikit-learn defines it, or undefined with the reason: no rows, a column that is not
  /// there or not finite, one class only (AUC and others), 0/0 (precision, recall, F1), a regression metric.
  public func measure(_ metric: PerformanceMetric) -> Statistic { measures([metric])[0] }

  /// What scikit-learn answers (`zero_division=0`) where the metric is 0/0 and so undefined: 0 for precision, recall,
  /// specificity, F1 and MCC; nil elsewhere.
  public func zeroDivision(_ metric: PerformanceMetric) -> Double? {
    switch metric {
    case .precision, .recall, .specificity, .f1, .mcc:
      measure(metric).value == nil && measure(.accuracy).value != nil ? 0 : nil
    default: nil
    }
  }

  /// Each of the metrics, in their order; the scores are sorted at most once.
  public func measures(_ metrics: [PerformanceMetric]) -> [Statistic] {
    if let problem = weights?.problem { return metrics.map { _ in .undefined(problem) } }
    if weights != nil { return prepared(for: metrics).measures(metrics) }
    let needs = MetricNeeds(metrics.map(BinaryMetric.named))
    let problems = ScoreProblems(scores, needs)
    let ranks =
      needs.ranks && problems.forRanks == nil ? RankedClasses(labels: labels, scores: scores!).sums() : nil
    return metrics.map { metric in
      switch MetricNeeds.kind(of: metric) {
      case .regression: .undefined(metric.notForClassification)
      case .decisions:
        confusion?.measure(metric)
          ?? .undefined("there are no hard predictions, which \(metric.rawValue) reads")
      case .ranks: ranks?.measure(metric) ?? .undefined(problems.forRanks!.reason(.named(metric)))
      case .probabilities:
        problems.forProbabilities.map { .undefined($0.reason(.named(metric))) } ?? loss(metric, scores!)
      }
    }
  }

  /// Each of the metrics, in their order.
  public func measures(_ metrics: [BinaryMetric]) -> [Statistic] {
    let named = metrics.compactMap { metric -> PerformanceMetric? in
      if case .named(let metric) = metric { metric } else { nil }
    }
    var values = measures(named)[...]
    return metrics.map { metric in
      switch metric {
      case .named: values.removeFirst()
      case .lift(let share): lift(share: share)
      case .expectedCost(let costs): expectedCost(costs)
      }
    }
  }

  /// How much more frequent positive labels are among the `share` (0 to 1) of rows that score highest than among all
  /// rows. Of tied rows at the border as many count as fit, each in part, so that the order of rows doesn't matter.
  /// Undefined without a positive label; traps unless 0 < share ≤ 1.
  public func lift(share: Double) -> Statistic {
    precondition(share > 0 && share <= 1, "a share is over 0 and at most 1")
    if let problem = weights?.problem { return .undefined(problem) }
    guard let scores else { return .undefined("there are no scores, which lift reads") }
    if let reason = reasonNotFinite(scores, called: "scores") { return .undefined(reason) }
    guard let weights else { return RankedClasses(labels: labels, scores: scores).lift(share: share) }
    return RankedRows(labels: labels, scores: scores).lift(share: share) { weights.values[$0] }
  }

  /// The mean over rows of what its decision costs, in the unit of `costs`; undefined without rows or decisions.
  public func expectedCost(_ costs: DecisionCosts) -> Statistic {
    if let problem = weights?.problem { return .undefined(problem) }
    guard let predictions else { return .undefined("there are no hard predictions, which a cost reads") }
    var cells = ConfusionWeights()
    for row in labels.indices {
      cells.add(label: labels[row], prediction: predictions[row], weight: weights?.values[row] ?? 1)
    }
    return cells.mean(of: costs)
  }

  private func loss(_ metric: PerformanceMetric, _ scores: [Double]) -> Statistic {
    if labels.isEmpty { return .undefined("there are no rows") }
    if metric == .ece {
      var bins = CalibrationBins()
      for row in labels.indices { bins.add(labels[row], scores[row], weight: 1) }
      return bins.error
    }
    var sum = CompensatedSum()
    if metric == .brier {
      for row in labels.indices { sum.add(ProbabilityLoss.brier(labels[row], scores[row])) }
    } else {
      for row in labels.indices { sum.add(ProbabilityLoss.logLoss(labels[row], scores[row])) }
    }
    return Statistic(finite: sum.value / Double(labels.count))
  }
}
