/// A metric of a regression that is a function of means over rows.
struct ScoredTerm: Sendable, ComparableMetric {
  let name: String
  let better: MetricDirection
  let value: Statistic
  let theory: SamplingTheory
  /// What its means are of.
  let columns: [[Double]]
  let function: @Sendable ([Double]) -> Statistic
  /// What the outcomes know of its precision, at one-sided bounds.
  let estimate: @Sendable (Double) -> Estimate?

  func theoretical(confidence: Double) -> IntervalEstimate {
    IntervalEstimate(
      estimate(MetricInterval.oneSided(confidence)), theory.interval ?? .normal, confidence: confidence)
  }

  /// A mean of numbers.
  init(
    _ name: String, _ better: MetricDirection, _ value: Statistic, meanOf values: [Double],
    within possible: ClosedRange<Double>
  ) {
    self.init(
      name, better, value, .mean, columns: [values], function: { Statistic(finite: $0[0]) },
      estimate: { Estimate(meanOf: values, within: possible, confidence: $0) })
  }

  init(
    _ name: String, _ better: MetricDirection, _ value: Statistic, _ theory: SamplingTheory,
    columns: [[Double]],
    function: @escaping @Sendable ([Double]) -> Statistic,
    estimate: @escaping @Sendable (Double) -> Estimate?
  ) {
    self.name = name
    self.better = better
    self.value = value
    self.theory = theory
    self.columns = columns
    self.function = function
    self.estimate = estimate
  }
}
