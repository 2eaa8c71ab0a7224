import RefitStatistics

/// What one version said of the holdout, beside its labels.
struct JudgedPredictions {
  let labels: Evidence.Labels
  let scores: [Double]?
  /// The hard decisions for the positive class, or why there are none.
  let decisions: Decisions

  enum Decisions {
    case made([Bool])
    case missing(String)

    var made: [Bool]? {
      switch self {
      case .made(let decisions): decisions
      case .missing: nil
      }
    }
  }

  init(_ predictions: Evidence.Predictions, of evidence: Evidence) {
    let rows = evidence.labels.count
    precondition(predictions.scores.map { $0.count == rows } ?? true, "one score a row")
    precondition(predictions.decisions.map { $0.count == rows } ?? true, "one decision a row")
    labels = evidence.labels
    scores = predictions.scores
    decisions = Self.decisions(predictions, threshold: evidence.threshold.threshold)
  }

  private static func decisions(_ predictions: Evidence.Predictions, threshold: Double) -> Decisions {
    if let decisions = predictions.decisions { return .made(decisions) }
    guard let scores = predictions.scores else { return .missing("there are neither scores nor decisions") }
    // A score that is no number compares as "not over the threshold", which would be a decision by accident.
    let bad = scores.count { !$0.isFinite }
    if bad > 0 {
      return .missing("\(Figure.count(bad)) of \(Figure.count(scores.count)) scores are not finite")
    }
    return .made(scores.map { $0 >= threshold })
  }

  /// The metric on all rows, or why it does not exist.
  func measure(_ metric: PerformanceMetric) -> Statistic {
    switch labels {
    case .classes:
      if metric.isForClassification, !metric.readsScores, case .missing(let reason) = decisions {
        return .undefined(reason)
      }
      return classification.measure(metric)
    case .numbers(let targets):
      guard let scores else { return .undefined("there are no predicted numbers") }
      return RegressionOutcomes(targets: targets, predictions: scores).measure(metric)
    }
  }

  /// The metric with one-sided bounds, by theory where there is one, else by the bootstrap; bounds are nil where the
  /// rows don't tell them, all is nil where undefined.
  func estimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    let (theory, resampled): (Estimate?, () -> [ScoredMetric])
    // An interval is two-sided, with half of the error on each side.
    let both = 2 * confidence - 1
    switch labels {
    case .classes:
      let outcomes = classification
      theory = outcomes.estimate(metric, confidence: confidence)
      resampled = { outcomes.scored([.named(metric)], confidence: both, Self.resampling) }
    case .numbers(let targets):
      guard let scores else { return nil }
      theory = RegressionOutcomes(targets: targets, predictions: scores).estimate(
        metric, confidence: confidence)
      resampled = { regression.scored(confidence: both, Self.resampling) }
    }
    guard let theory, theory.lower == nil else { return theory }
    guard let interval = resampled().first(where: { $0.name == metric.rawValue })?.interval.value else {
      return theory
    }
    return Estimate(
      value: theory.value, standardError: interval.standardError,
      bounds: ConfidenceBounds(lower: interval.lower, upper: interval.upper))
  }

  /// The metric beside a champion's on the same rows; nil where a column is missing.
  func compared(
    _ metric: PerformanceMetric, with champion: JudgedPredictions, confidence: Double
  ) -> MetricComparison? {
    switch labels {
    case .classes:
      return BinaryComparison(candidate: classification, champion: champion.classification)
        .compare([.named(metric)], confidence: confidence, Self.resampling).first
    case .numbers:
      return RegressionComparison(candidate: regression, champion: champion.regression)
        .compared(confidence: confidence, Self.resampling).first { $0.name == metric.rawValue }
    }
  }

  /// The same evidence gives the same verdict whenever it is judged again.
  private static let resampling = ResamplingPlan(seed: 1)

  private var classification: BinaryOutcomes {
    guard case .classes(let labels) = labels else { preconditionFailure("a classification has classes") }
    return BinaryOutcomes(labels: labels, scores: scores, predictions: decisions.made)
  }

  private var regression: RegressionScoring {
    guard case .numbers(let targets) = labels else { preconditionFailure("a regression has numbers") }
    return RegressionScoring(targets: targets, predictions: scores, quantiles: [], weights: nil)
  }
}
