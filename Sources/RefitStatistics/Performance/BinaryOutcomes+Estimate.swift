extension BinaryOutcomes {
  /// The metric with what `theory` knows of its precision, bounds one-sided at `confidence` (0.5..<1): DeLong for AUC
  /// and Gini, Wilson for accuracy, precision, recall and specificity given their denominator, Newcombe for balanced
  /// accuracy, the normal law for means of losses. With weights, and for other metrics, the value alone. Nil when
  /// undefined.
  public func estimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    if weights != nil { return measure(metric).value.map { Estimate(value: $0) } }
    switch metric.theory {
    case .proportion:
      return confusion?.counts(metric).flatMap { Estimate($0, confidence: confidence) }
    case .meanOfProportions: return meanOfProportions(metric, confidence: confidence)
    case .area: return areaEstimate(metric, confidence: confidence)
    case .mean:
      return rowValues(metric).flatMap {
        Estimate(meanOf: $0, within: 0...ProbabilityLoss.largest(metric), confidence: confidence)
      }
    case .rootOfMean, .resampling: return measure(metric).value.map { Estimate(value: $0) }
    }
  }

  /// The same of a metric that is told something: the normal law for a cost, and no theory for lift.
  func estimate(_ metric: BinaryMetric, confidence: Double) -> Estimate? {
    switch metric {
    case .named(let named): return estimate(named, confidence: confidence)
    case .lift: return measures([metric])[0].value.map { Estimate(value: $0) }
    case .expectedCost(let costs):
      guard weights == nil, let values = rowCosts(costs) else {
        return expectedCost(costs).value.map { Estimate(value: $0) }
      }
      return Estimate(meanOf: values, within: costs.range, confidence: confidence)
    }
  }

  /// What each row's decision costs; nil without decisions.
  func rowCosts(_ costs: DecisionCosts) -> [Double]? {
    predictions.map { zip(labels, $0).map { costs.cost(label: $0, prediction: $1) } }
  }

  /// What each row adds to a metric that is their mean (accuracy: 1 where the decision is right; Brier and log loss:
  /// the loss); nil for a metric that is no mean over rows, and where it is undefined.
  public func rowValues(_ metric: PerformanceMetric) -> [Double]? {
    switch metric {
    case .accuracy: return predictions.map { zip(labels, $0).map { $0 == $1 ? 1 : 0 } }
    case .brier, .logLoss:
      guard let scores, !scores.isEmpty, ProbabilityLoss.reasonNot(scores) == nil else { return nil }
      return zip(labels, scores).map(metric == .brier ? ProbabilityLoss.brier : ProbabilityLoss.logLoss)
    default: return nil
    }
  }

  private func areaEstimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    guard let scores else { return nil }
    let estimate = DeLong.estimate(labels: labels, scores: scores)
    guard let area = estimate.area.value else { return nil }
    let bounds = estimate.bounds(confidence: confidence)
    guard metric == .gini else {
      return Estimate(value: area, standardError: estimate.standardError.value, bounds: bounds)
    }
    return Estimate(
      value: 2 * area - 1, standardError: estimate.standardError.value.map { 2 * $0 },
      bounds: ConfidenceBounds(lower: 2 * bounds.lower - 1, upper: 2 * bounds.upper - 1))
  }

  /// Recall and specificity are of different rows, and so independent given the labels: their two intervals by Wilson
  /// make one of their mean.
  private func meanOfProportions(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    guard let value = measure(metric).value, let confusion,
      let recall = confusion.counts(.recall), let specificity = confusion.counts(.specificity)
    else { return nil }
    return Estimate(
      value: value, standardError: (variance(recall) + variance(specificity)).squareRoot() / 2,
      bounds: Newcombe.bounds(ofMeanOf: recall, and: specificity, confidence: confidence))
  }

  private func variance(_ counts: BinaryConfusion.Counts) -> Double {
    let share = Double(counts.right) / Double(counts.rows)
    return share * (1 - share) / Double(counts.rows)
  }
}

extension ProbabilityLoss {
  /// The largest loss that a row can have.
  fileprivate static func largest(_ metric: PerformanceMetric) -> Double {
    metric == .brier ? 1 : logLoss(true, 0)
  }
}

extension Estimate {
  /// A proportion with its binomial standard error and Wilson's bounds; nil when it is 0/0.
  init?(_ counts: BinaryConfusion.Counts, confidence: Double) {
    guard counts.rows > 0 else { return nil }
    let share = Double(counts.right) / Double(counts.rows)
    self.init(
      value: share,
      standardError: (share * (1 - share) / Double(counts.rows)).squareRoot(),
      bounds: Wilson.bounds(successes: counts.right, of: counts.rows, confidence: confidence))
  }

  /// The mean of finite numbers that lie within a range, with the standard deviation over √rows and normal bounds; nil
  /// without rows. The value alone where that is all that is known: with one row, and where the numbers don't differ
  /// and the range has no end, so that the rest of the rows may be anywhere.
  init?(meanOf values: [Double], within possible: ClosedRange<Double>, confidence: Double) {
    guard let spread = MeanAndError(values) else { return nil }
    let hasEnds = possible.lowerBound.isFinite && possible.upperBound.isFinite
    guard let standardError = spread.standardError, standardError.isFinite, standardError > 0 || hasEnds
    else {
      self.init(value: spread.mean)
      return
    }
    self.init(
      value: spread.mean, standardError: standardError,
      bounds: .wald(
        spread.mean, standardError: standardError, rows: values.count, within: possible,
        confidence: confidence))
  }
}
