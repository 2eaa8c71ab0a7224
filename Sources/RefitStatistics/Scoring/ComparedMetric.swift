/// A metric of two models on the same rows under its name, with what is known of the difference.
public struct ComparedMetric: Sendable, Hashable {
  /// As in JSON and YAML.
  public let name: String
  public let candidate: Statistic
  public let champion: Statistic
  /// candidate − champion, in the metric's own direction.
  public let difference: Statistic
  /// The estimated standard deviation of the difference.
  public let standardError: Statistic
  /// One-sided bounds of the difference, each at `confidence`; nil where the rows say nothing.
  public let bounds: ConfidenceBounds?
  public let confidence: Double
  /// Two-sided, of no difference.
  public let pValue: Statistic
  /// How the bounds and the p-value were got.
  public let method: String
  /// The rows that the metric judges.
  public let rows: Int
  /// Whether a larger value is the better one.
  public let higherIsBetter: Bool

  /// Whether the candidate is worse by no more than a margin (at least 0); inconclusive without bounds.
  public func verdict(margin: Double) -> NonInferiority.Verdict {
    guard let bounds else { return .inconclusive }
    let improvement =
      higherIsBetter ? bounds : ConfidenceBounds(lower: 0 - bounds.upper, upper: 0 - bounds.lower)
    return NonInferiority.verdict(bounds: improvement, margin: margin)
  }

  /// How many of the rows that it judges would settle an inconclusive verdict, as `NonInferiority.rowsToSettle`.
  public func rowsToSettle(margin: Double) -> Int? {
    guard let difference = difference.value, let standardError = standardError.value else { return nil }
    return NonInferiority.rowsToSettle(
      difference: higherIsBetter ? difference : -difference, standardError: standardError, rows: rows,
      margin: margin, confidence: confidence)
  }
}

extension ComparedMetric {
  /// A metric of a binary task or of a regression.
  public init(_ compared: MetricComparison) {
    self.init(
      name: compared.metric.rawValue, candidate: compared.candidate, champion: compared.champion,
      difference: compared.difference, standardError: compared.standardError, bounds: compared.bounds,
      confidence: compared.confidence, pValue: compared.pValue, method: compared.method, rows: compared.rows,
      higherIsBetter: compared.metric.higherIsBetter)
  }

  init(_ metric: ClassMetric, _ resampled: BootstrapComparison, rows: Int, confidence: Double) {
    self.init(
      name: metric.rawValue, candidate: resampled.candidate, champion: resampled.champion,
      difference: resampled.difference, standardError: resampled.standardError,
      bounds: resampled.bounds(confidence: confidence), confidence: confidence, pValue: resampled.pValue,
      method: resampled.method, rows: rows, higherIsBetter: metric.higherIsBetter)
  }
}
