extension ClassOutcomes {
  /// Every metric that the columns allow, in the order of `ClassMetric`, with two-sided intervals at `confidence`
  /// (0.5..<1): Wilson's for shares of rows and normal ones for log loss where the rows weigh the same, else by the
  /// bootstrap.
  ///
  /// - Parameter mostRowsDrawnAlone: of more rows, or of fewer and many classes, areas are had from sums (`ClassScoreSums`).
  public func scored(
    confidence: Double, _ plan: ResamplingPlan, mostRowsDrawnAlone: Int = 20_000
  ) -> [ScoredMetric] {
    let metrics = ClassMetric.allCases.filter { $0.readsScores ? scores != nil : predictions != nil }
    let values = measures(metrics)
    var intervals: [ClassMetric: IntervalEstimate] = [:]
    let resampled = metrics.indices.filter {
      values[$0].value != nil && (weights != nil || metrics[$0].theory == .resampling)
    }
    let ways = Dictionary(grouping: resampled) {
      way(of: metrics[$0], mostRowsDrawnAlone: mostRowsDrawnAlone)
    }
    for (way, indices) in ways {
      let (some, ofThem) = (indices.map { metrics[$0] }, indices.map { values[$0] })
      let resamples = way.resamples([self], some, plan) ?? rowResamples(some, ofThem, plan)
      for (place, metric) in some.enumerated() {
        intervals[metric] = resamples.interval(place, of: ofThem[place], confidence: confidence)
      }
    }
    return zip(metrics, values).map { metric, value in
      let interval =
        intervals[metric]
        ?? IntervalEstimate(
          estimate(metric, confidence: MetricInterval.oneSided(confidence)),
          metric.theory.interval ?? .normal,
          confidence: confidence)
      return ScoredMetric(metric.rawValue, value, interval)
    }
  }

  private func rowResamples(
    _ metrics: [ClassMetric], _ values: [Statistic], _ plan: ResamplingPlan
  ) -> MetricResamples {
    let prepared = prepared(for: metrics)
    return MetricResamples(rows: count, whole: values.map(\.value), plan) {
      prepared.measures(metrics, multiplicities: $0).map(\.value)
    }
  }
}
