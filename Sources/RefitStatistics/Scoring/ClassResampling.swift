/// How a metric of several classes is resampled.
enum ClassResampling: Sendable, Hashable {
  /// By counts of the cells of labels and predictions.
  case cells
  /// By sums over rows.
  case sums
  /// By rows that are drawn each alone.
  case rows

  /// The metrics of one model, or the differences of two; nil where rows are drawn alone.
  func resamples(
    _ models: [ClassOutcomes], _ metrics: [ClassMetric], _ plan: ResamplingPlan
  ) -> MetricResamples? {
    switch self {
    case .cells: ClassCells(models).resamples(metrics, plan)
    case .sums: ClassScoreSums(models, for: metrics).resamples(plan)
    case .rows: nil
    }
  }
}

extension ClassOutcomes {
  /// Orders of scores are read again in each resample, as long as there are at most so many rows, and five times as many
  /// scores.
  func way(of metric: ClassMetric, mostRowsDrawnAlone: Int) -> ClassResampling {
    if !metric.readsScores { return .cells }
    let areFew = count <= mostRowsDrawnAlone && count * classes.count <= 5 * mostRowsDrawnAlone
    return metric.isOfRanks && areFew ? .rows : .sums
  }
}
