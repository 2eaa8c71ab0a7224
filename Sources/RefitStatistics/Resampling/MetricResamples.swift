/// Some metrics, or their differences between two models, in one set of resamples of the rows, and without each row, kind
/// of rows or block of rows.
struct MetricResamples: Sendable {
  /// Of the rows themselves, measured as in the resamples; nil where undefined, here as in all that follows.
  let whole: [Double?]
  /// Of each resample.
  let replicates: [[Double?]]
  /// Without each row, or one of the rows of each kind, or each block.
  let leftOut: [[Double?]]
  /// How many rows each of these stands for; nil where it is one.
  let counts: [Double]?

  /// A metric's resamples. What sets `estimate` apart from how the resamples were measured moves each of them, so that a
  /// resample that draws each row once is the estimate itself.
  func statistic(_ metric: Int, estimate: Double) -> ResampledStatistic {
    ResampledStatistic(
      estimate: estimate, replicates: moved(metric, estimate), leftOut: leftOut.map { $0[metric] },
      counts: counts)
  }

  func interval(_ metric: Int, of value: Statistic, confidence: Double) -> IntervalEstimate {
    guard let estimate = value.value else { return .undefined(value.reason ?? "") }
    return statistic(metric, estimate: estimate).interval(confidence: confidence)
  }

  /// A metric of two models, of whose difference these are the resamples.
  func comparison(
    _ metric: Int, candidate: Statistic, champion: Statistic, modelsAgree: Bool
  ) -> BootstrapComparison {
    let difference = candidate.less(champion).value ?? 0
    return BootstrapComparison(
      candidate: candidate, champion: champion, modelsAgree: modelsAgree,
      replicates: { moved(metric, difference) },
      acceleration: { statistic(metric, estimate: difference).acceleration })
  }

  private func moved(_ metric: Int, _ estimate: Double) -> [Double?] {
    let shift = whole[metric].map { estimate - $0 } ?? 0
    return replicates.map { values in values[metric].map { $0 + shift } }
  }
}
