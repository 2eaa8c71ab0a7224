/// The targets of a regression beside the interval that a model gave for each: parallel columns, such as the
/// predictions of two quantiles.
public struct IntervalOutcomes: Sendable {
  private let targets: [Double]
  private let lower: [Double]
  private let upper: [Double]
  private let weights: RowWeights?

  /// Takes the columns; traps when their lengths differ. What is not finite makes every metric undefined.
  public init(targets: [Double], lower: [Double], upper: [Double], weights: [Double]? = nil) {
    precondition(targets.count == lower.count && targets.count == upper.count, "one interval a target")
    precondition(weights == nil || weights?.count == targets.count, "one weight a target")
    self.targets = targets
    self.lower = lower
    self.upper = upper
    self.weights = weights.map(RowWeights.init)
  }

  /// The share of rows whose target lies within its interval, ends included; an interval whose ends are crossed holds
  /// nothing.
  public func coverage() -> Statistic {
    if let problem = reasonUnusable() { return .undefined(problem) }
    return WeightedMoments(
      targets.indices.map { holds($0) ? 1 : 0 }, weights: weights?.values
    ).mean
  }

  /// The coverage with its binomial standard error and Wilson's bounds at `confidence` (0.5..<1); with weights the
  /// value alone. Nil when undefined.
  public func coverageEstimate(confidence: Double) -> Estimate? {
    guard let value = coverage().value else { return nil }
    guard weights == nil else { return Estimate(value: value) }
    return Estimate((right: targets.indices.count(where: holds), rows: targets.count), confidence: confidence)
  }

  /// Whether the target of a row lies within its interval.
  func holds(_ row: Int) -> Bool { lower[row] <= targets[row] && targets[row] <= upper[row] }

  private func reasonUnusable() -> String? {
    if let problem = weights?.problem { return problem }
    if targets.isEmpty { return "there are no rows" }
    return reasonNotFinite(targets, called: "targets") ?? reasonNotFinite(lower, called: "lower ends")
      ?? reasonNotFinite(upper, called: "upper ends")
  }
}
