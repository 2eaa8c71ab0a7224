/// Intervals of several statistics of the same rows from one set of resamples.
struct MetricBootstrap: Sendable {
  /// Two-sided.
  let confidence: Double
  let plan: ResamplingPlan

  /// By Poisson weights of rows. `measure` gives the statistics for how often each row occurs; `values` are those of the
  /// rows themselves.
  func intervals(
    of values: [Statistic], rows: Int,
    _ measure: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [Statistic]
  ) -> [IntervalEstimate] {
    let resamples = MetricResamples(rows: rows, whole: values.map(\.value), plan) { measure($0).map(\.value) }
    return values.indices.map { resamples.interval($0, of: values[$0], confidence: confidence) }
  }
}
