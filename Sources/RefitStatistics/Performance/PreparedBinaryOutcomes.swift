/// Binary outcomes whose scores are sorted and whose losses are computed, so that metrics can be had again for any
/// multiplicities of the rows without another sort: what a resampling asks for.
///
/// A resample in which a row occurs m times gives it the weight m, times its own weight where there is one.
public struct PreparedBinaryOutcomes: Sendable {
  private let labels: [Bool]
  private let scores: [Double]?
  private let predictions: [Bool]?
  private let weights: [Double]?
  private let ranked: RankedRows?
  private let brier: [Double]?
  private let logLoss: [Double]?
  /// Why all metrics, or some of them, do not exist whatever the multiplicities.
  private let weightProblem: String?
  private let problems: ScoreProblems

  init(_ outcomes: BinaryOutcomes, for metrics: [BinaryMetric]) {
    labels = outcomes.labels
    scores = outcomes.scores
    predictions = outcomes.predictions
    weights = outcomes.weights?.values
    weightProblem = outcomes.weights?.problem
    let problems = ScoreProblems(outcomes.scores, MetricNeeds(metrics))
    self.problems = problems
    let needs = MetricNeeds(metrics)
    let usable = outcomes.weights?.problem == nil
    ranked =
      usable && needs.ranks && problems.forRanks == nil
      ? RankedRows(labels: outcomes.labels, scores: outcomes.scores!) : nil
    func losses(_ metric: PerformanceMetric, _ loss: (Bool, Double) -> Double) -> [Double]? {
      guard usable, metrics.contains(.named(metric)), problems.forProbabilities == nil else { return nil }
      return zip(outcomes.labels, outcomes.scores!).map(loss)
    }
    brier = losses(.brier, ProbabilityLoss.brier)
    logLoss = losses(.logLoss, ProbabilityLoss.logLoss)
  }

  /// The number of rows, and of multiplicities.
  public var count: Int { labels.count }

  /// The metrics of the rows themselves, each once; all must be among those that were prepared.
  public func measures(_ metrics: [PerformanceMetric]) -> [Statistic] {
    measures(metrics.map(BinaryMetric.named))
  }

  func measures(_ metrics: [BinaryMetric]) -> [Statistic] {
    if let weights {
      return weights.withUnsafeBufferPointer { weights in
        evaluate(metrics) { row in weights[row] }
      }
    }
    return evaluate(metrics) { _ in 1 }
  }

  /// The metric where row i occurs `multiplicities[i]` times; the metric must be among those that were prepared.
  /// Traps unless there is one multiplicity a row.
  public func measure(_ metric: PerformanceMetric, multiplicities: [UInt8]) -> Statistic {
    multiplicities.withUnsafeBufferPointer { measures([.named(metric)], multiplicities: $0)[0] }
  }

  /// The same for several metrics, which share one look at the ranks.
  public func measures(
    _ metrics: [BinaryMetric], multiplicities: UnsafeBufferPointer<UInt8>
  ) -> [Statistic] {
    precondition(multiplicities.count == count, "one multiplicity a row")
    guard let weights else {
      return evaluate(metrics) { row in Double(multiplicities[row]) }
    }
    return weights.withUnsafeBufferPointer { weights in
      evaluate(metrics) { row in weights[row] * Double(multiplicities[row]) }
    }
  }

  @inline(__always)
  private func evaluate(_ metrics: [BinaryMetric], weight: (Int) -> Double) -> [Statistic] {
    if let weightProblem { return metrics.map { _ in .undefined(weightProblem) } }
    let needs = MetricNeeds(metrics)
    let ranks = needs.ranks ? ranked?.sums(weight: weight) : nil
    let cells = metrics.contains { MetricNeeds.kind(of: $0) == .decisions } ? cells(weight) : nil
    return metrics.map { metric in
      switch MetricNeeds.kind(of: metric) {
      case .regression: return .undefined("\(metric.name) is for regression, and this is classification")
      case .decisions:
        return cells.map { $0.measure(metric) }
          ?? .undefined("there are no hard predictions, which \(metric.name) reads")
      case .ranks:
        if let problem = problems.forRanks { return .undefined(problem.reason(metric)) }
        guard let ranked, let ranks else { preconditionFailure("\(metric.name) was not prepared") }
        if case .lift(let share) = metric { return ranked.lift(share: share, weight: weight) }
        return ranks.measure(metric)
      case .probabilities:
        if let problem = problems.forProbabilities { return .undefined(problem.reason(metric)) }
        if metric == .named(.ece) { return calibration(weight) }
        return mean(metric == .named(.brier) ? brier : logLoss, weight)
      }
    }
  }

  @inline(__always)
  private func cells(_ weight: (Int) -> Double) -> ConfusionWeights? {
    guard let predictions else { return nil }
    var cells = ConfusionWeights()
    for row in labels.indices {
      cells.add(label: labels[row], prediction: predictions[row], weight: weight(row))
    }
    return cells
  }

  @inline(__always)
  private func calibration(_ weight: (Int) -> Double) -> Statistic {
    guard let scores else { preconditionFailure("scores without a problem are there") }
    var bins = CalibrationBins()
    for row in labels.indices { bins.add(labels[row], scores[row], weight: weight(row)) }
    return bins.error
  }

  @inline(__always)
  private func mean(_ losses: [Double]?, _ weight: (Int) -> Double) -> Statistic {
    guard let losses else { preconditionFailure("a metric was measured that was not prepared") }
    return CompensatedSum.mean(losses, weight: weight)
  }
}

extension BinaryOutcomes {
  /// These rows ready for the metrics, of which each can then be had for any multiplicities of the rows.
  public func prepared(for metrics: [PerformanceMetric]) -> PreparedBinaryOutcomes {
    prepared(for: metrics.map(BinaryMetric.named))
  }

  /// The same for metrics that are told something.
  public func prepared(for metrics: [BinaryMetric]) -> PreparedBinaryOutcomes {
    PreparedBinaryOutcomes(self, for: metrics)
  }
}
