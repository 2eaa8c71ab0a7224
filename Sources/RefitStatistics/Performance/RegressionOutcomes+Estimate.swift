extension RegressionOutcomes {
  /// The metric with what `theory` knows of its precision, bounds one-sided at `confidence` (0.5..<1): the normal law
  /// for MAE and MAPE, and by the delta method for RMSE. With weights, for R², with one row, and where every row has
  /// the same error, so that its standard deviation of 0 says nothing: the value alone. Nil when undefined.
  public func estimate(_ metric: PerformanceMetric, confidence: Double) -> Estimate? {
    guard let value = measure(metric).value else { return nil }
    let standardError: Double?
    switch metric.theory {
    case .mean where weights == nil:
      standardError = rowValues(metric).flatMap(MeanAndError.init)?.standardError
    case .rootOfMean where weights == nil && value > 0:
      // Of errors divided by the RMSE the mean square is 1, and half its standard error is that of its root.
      let relative = targets.indices.map { error($0) / value }
      standardError = MeanAndError(relative.map { $0 * $0 })?.standardError.map { $0 / 2 * value }
    default: standardError = nil
    }
    guard let standardError, standardError > 0, standardError.isFinite else { return Estimate(value: value) }
    let reach = Normal.oneSidedQuantile(confidence) * standardError
    return Estimate(
      value: value, standardError: standardError,
      bounds: ConfidenceBounds(lower: max(0, value - reach), upper: value + reach))
  }

  /// What each row adds to a metric that is their mean (MAE, MAPE) or the root of their mean (RMSE: the squared
  /// error); nil for R², and where the metric is undefined or a row's value is larger than a Double can hold.
  public func rowValues(_ metric: PerformanceMetric) -> [Double]? {
    guard reasonUnusable() == nil else { return nil }
    let values: [Double]
    switch metric {
    case .mae: values = targets.indices.map { abs(error($0)) }
    case .mape: values = targets.indices.map(relativeError)
    case .rmse: values = targets.indices.map { error($0) * error($0) }
    default: return nil
    }
    return values.allSatisfy(\.isFinite) ? values : nil
  }
}
