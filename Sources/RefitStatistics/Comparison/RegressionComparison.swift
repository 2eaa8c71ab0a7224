/// Two models of a regression on the same rows.
public struct RegressionComparison: Sendable {
  private let candidate: RegressionScoring
  private let champion: RegressionScoring

  /// Traps unless both have the same targets and the same weights, or none.
  public init(candidate: RegressionScoring, champion: RegressionScoring) {
    requireSameRows(
      // By their bits, since a target that is no number is not equal to itself.
      candidate.targets.elementsEqual(champion.targets) { $0.bitPattern == $1.bitPattern },
      candidate.weights, champion.weights)
    self.candidate = candidate
    self.champion = champion
  }

  /// The number of rows.
  public var count: Int { candidate.targets.count }

  /// Each metric that both models have the columns for, in the order of `RegressionScoring.scored`: paired t on each
  /// row's loss for `mae`, `mape`, `mean_error` and `pinball_Q`, paired Wald for `coverage`, the bootstrap for `rmse` and
  /// `r2`, and for whatever has weights. Bounds are one-sided at `confidence` (0.5..<1).
  public func compared(confidence: Double, _ plan: ResamplingPlan) -> [MetricComparison] {
    let others = Dictionary(uniqueKeysWithValues: champion.terms.map { ($0.name, $0) })
    let isOneSpan = candidate.span == champion.span
    return candidate.terms.filter { isOneSpan || $0.theory != .proportion }.compactMap { own in
      others[own.name].map { compared(own, $0, confidence, plan) }
    }
  }

  private func compared(
    _ own: ScoredTerm, _ other: ScoredTerm, _ confidence: Double, _ plan: ResamplingPlan
  ) -> MetricComparison {
    if let reason = own.value.reason ?? other.value.reason {
      return MetricComparison(
        own, candidate: own.value, champion: other.value, reason: reason, method: method(own), rows: count,
        confidence: confidence)
    }
    switch method(own) {
    case PairedT.method:
      return MetricComparison(
        own, candidate: own.value, champion: other.value,
        PairedT(candidate: own.columns[0], champion: other.columns[0]), confidence: confidence)
    case PairedWald.method:
      return MetricComparison(
        own,
        PairedWald.accuracy(
          candidateCorrect: own.columns[0].map { $0 == 1 }, championCorrect: other.columns[0].map { $0 == 1 }),
        rowsInAll: count, confidence: confidence)
    default:
      return MetricComparison(
        own, candidate: own.value, champion: other.value, sums(own, other).bootstrap(plan), rows: count,
        confidence: confidence)
    }
  }

  private func method(_ term: ScoredTerm) -> String {
    switch term.theory {
    case .mean where candidate.weights == nil: PairedT.method
    case .proportion where candidate.weights == nil: PairedWald.method
    default: BootstrapComparison.corrected
    }
  }

  /// What the metric's means are of, of both models, times the rows' weights.
  private func sums(_ own: ScoredTerm, _ other: ScoredTerm) -> PairedSums {
    let columns = own.columns + other.columns
    let modelsAgree = weighing(own.columns) == weighing(other.columns)
    let split = own.columns.count
    guard let weights = candidate.weights else {
      return PairedSums(columns, modelsAgree: modelsAgree) { sums, rows in
        Self.values(own, other, sums, whole: rows, split: split)
      }
    }
    return PairedSums([weights] + candidate.weighed(columns), modelsAgree: modelsAgree) { sums, _ in
      Self.values(own, other, [Double](sums.dropFirst()), whole: sums[0], split: split)
    }
  }

  /// Of the rows whose weight is not 0.
  private func weighing(_ columns: [[Double]]) -> [[Double]] {
    guard let weights = candidate.weights else { return columns }
    return columns.map { zip($0, weights).filter { $0.1 > 0 }.map(\.0) }
  }

  private static func values(
    _ own: ScoredTerm, _ other: ScoredTerm, _ sums: [Double], whole: Double, split: Int
  ) -> (candidate: Statistic, champion: Statistic) {
    guard whole > 0 else { return (.undefined("there are no rows"), .undefined("there are no rows")) }
    let means = sums.map { $0 / whole }
    return (own.function([Double](means[..<split])), other.function([Double](means[split...])))
  }
}
