/// Everything that a model said of a regression's rows: its predictions, and the quantiles that it predicts.
public struct RegressionScoring: Sendable {
  /// Predictions of one quantile.
  public struct Quantile: Sendable, Hashable {
    /// Over 0 and under 1.
    public let level: Double
    public let predictions: [Double]

    /// Traps unless the level is over 0 and under 1.
    public init(level: Double, predictions: [Double]) {
      precondition(level > 0 && level < 1, "a quantile is over 0 and under 1")
      self.level = level
      self.predictions = predictions
    }
  }

  /// The two quantiles that lie farthest out at the same distance from the median.
  public struct Span: Sendable, Hashable {
    public let lower: Double
    public let upper: Double
    /// The share of rows that should lie between them.
    public var nominalCoverage: Double { upper - lower }
  }

  let targets: [Double]
  private let predictions: [Double]?
  private let quantiles: [Quantile]
  let weights: [Double]?

  /// Takes the columns that there are; traps when their lengths differ.
  public init(targets: [Double], predictions: [Double]?, quantiles: [Quantile], weights: [Double]?) {
    precondition(predictions == nil || predictions?.count == targets.count, "one prediction a target")
    precondition(quantiles.allSatisfy { $0.predictions.count == targets.count }, "one prediction a target")
    precondition(weights == nil || weights?.count == targets.count, "one weight a target")
    self.targets = targets
    self.predictions = predictions
    self.quantiles = quantiles.sorted { $0.level < $1.level }
    self.weights = weights.map { given in
      let scaled = RowWeights(given)
      return scaled.problem == nil ? scaled.values : given
    }
  }

  /// The span whose coverage is scored; nil where no two quantiles are symmetric to within 1e-9.
  public var span: Span? {
    for low in quantiles where low.level < 0.5 {
      for high in quantiles.reversed() where abs(low.level + high.level - 1) <= 1e-9 {
        return Span(lower: low.level, upper: high.level)
      }
    }
    return nil
  }

  /// `rmse`, `mae`, `mape`, `r2` and `mean_error` of the predictions, `pinball_Q` of each quantile and `coverage` of
  /// the span, with two-sided intervals at `confidence` (over 0 and under 1): by the normal law, the delta method
  /// (RMSE) and Wilson (coverage) where the rows weigh the same, else and for R² by the bootstrap.
  public func scored(confidence: Double, _ plan: ResamplingPlan) -> [ScoredMetric] {
    let terms = terms
    let intervals = resampled(terms, confidence: confidence, plan)
    return terms.enumerated().map { index, term in
      ScoredMetric(term.name, term.value, intervals[index] ?? term.theoretical(confidence: confidence))
    }
  }

  private func resampled(
    _ terms: [ScoredTerm], confidence: Double, _ plan: ResamplingPlan
  ) -> [Int: IntervalEstimate] {
    let asked = terms.indices.filter {
      terms[$0].value.value != nil && (weights != nil || terms[$0].theory == .resampling)
    }
    guard !asked.isEmpty else { return [:] }
    var columns = [weights ?? [Double](repeating: 1, count: targets.count)]
    var places: [Range<Int>] = []
    for index in asked {
      places.append(columns.count..<columns.count + terms[index].columns.count)
      columns += weighed(terms[index].columns)
    }
    let blocks = RowBlocks(rows: targets.count)
    let sums = RowSums(columns.map(blocks.sums))
    let functions = zip(asked.map { terms[$0].function }, places).map { ($0, $1) }
    let resamples = MetricResamples(rows: blocks.count, whole: asked.map { terms[$0].value.value }, plan) {
      drawn in
      let sums = sums.sums(drawn)
      guard sums[0] > 0 else { return functions.map { _ in nil } }
      return functions.map { function, place in function(sums[place].map { $0 / sums[0] }).value }
    }
    let found = asked.enumerated().map { place, index in
      resamples.interval(place, of: terms[index].value, confidence: confidence)
    }
    return Dictionary(uniqueKeysWithValues: zip(asked, found))
  }
}

extension RegressionScoring {
  /// The columns times the rows' weights, if any; a row of weight 0 adds nothing, however large its numbers are.
  func weighed(_ columns: [[Double]]) -> [[Double]] {
    guard let weights else { return columns }
    return columns.map { zip($0, weights).map { $1 == 0 ? 0 : $0 * $1 } }
  }
}

// MARK: - The metrics

extension RegressionScoring {
  /// Of the predictions, of each quantile, and of the span, in this order.
  var terms: [ScoredTerm] {
    let ofPredictions = predictions.map {
      terms(RegressionOutcomes(targets: targets, predictions: $0, weights: weights))
    }
    return (ofPredictions ?? []) + quantiles.map(pinball) + (coverage.map { [$0] } ?? [])
  }

  private func terms(_ outcomes: RegressionOutcomes) -> [ScoredTerm] {
    let metrics: [PerformanceMetric] = [.rmse, .mae, .mape, .r2]
    let values = outcomes.measures(metrics)
    let errors = targets.indices.map(outcomes.error)
    // Around their mean, so that squares don't lose what sets the targets apart.
    let origin = outcomes.reasonUnusable() == nil ? outcomes.mean { targets[$0] }.value ?? 0 : 0
    let (squares, moved) = (errors.map { $0 * $0 }, targets.map { $0 - origin })
    return [
      ScoredTerm(
        "rmse", .lower, values[0], .rootOfMean, columns: [squares],
        function: { Statistic(finite: $0[0].squareRoot()) },
        estimate: { outcomes.estimate(.rmse, confidence: $0) }),
      ScoredTerm("mae", .lower, values[1], meanOf: errors.map { abs($0) }, within: 0...Double.infinity),
      ScoredTerm(
        "mape", .lower, values[2], meanOf: targets.indices.map(outcomes.relativeError),
        within: 0...Double.infinity),
      ScoredTerm(
        "r2", .higher, values[3], .resampling, columns: [squares, moved, moved.map { $0 * $0 }],
        function: { means in
          let variance = means[2] - means[1] * means[1]
          // Of equal targets rounding may leave something where there is nothing.
          return variance > 1e-12 * means[2]
            ? Statistic(finite: 1 - means[0] / variance) : .undefined("all targets are the same")
        }, estimate: { _ in nil }),
      ScoredTerm(
        "mean_error", .neither, outcomes.meanError(), meanOf: errors,
        within: -Double.infinity...Double.infinity),
    ]
  }

  private func pinball(_ quantile: Quantile) -> ScoredTerm {
    let outcomes = RegressionOutcomes(targets: targets, predictions: quantile.predictions, weights: weights)
    let level = quantile.level
    return ScoredTerm(
      "pinball_\(level)", .lower, outcomes.pinball(quantile: level),
      meanOf: targets.indices.map { outcomes.pinball(level, $0) }, within: 0...Double.infinity)
  }

  private var coverage: ScoredTerm? {
    guard let span, let low = quantiles.first(where: { $0.level == span.lower }),
      let high = quantiles.first(where: { $0.level == span.upper })
    else { return nil }
    let outcomes = IntervalOutcomes(
      targets: targets, lower: low.predictions, upper: high.predictions, weights: weights)
    return ScoredTerm(
      "coverage", .neither, outcomes.coverage(), .proportion,
      columns: [targets.indices.map { outcomes.holds($0) ? 1 : 0 }],
      function: { Statistic(finite: $0[0]) },
      estimate: { outcomes.coverageEstimate(confidence: $0) })
  }
}
