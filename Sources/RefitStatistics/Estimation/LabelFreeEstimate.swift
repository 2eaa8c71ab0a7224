/// What a model's metrics are expected to be on rows without labels.
public struct LabelFreeEstimate: Sendable, Hashable {
  /// The current rows.
  public let rows: Int
  /// Rows whose score lies outside of those of the reference, of which the calibration knows nothing.
  public let outsideReference: Int
  /// The expected counts; nil without rows and when a score is not finite.
  public let confusion: ExpectedConfusion?
  private let values: [EstimatedMetric: Statistic]
  private let errors: [EstimatedMetric: Statistic]

  init(
    rows: Int, outsideReference: Int, confusion: ExpectedConfusion, values: [EstimatedMetric: Statistic],
    errors: [EstimatedMetric: Statistic]
  ) {
    self.rows = rows
    self.outsideReference = outsideReference
    self.confusion = confusion
    self.values = values
    self.errors = errors
  }

  init(undefined reason: String, rows: Int) {
    self.rows = rows
    outsideReference = 0
    confusion = nil
    values = Dictionary(uniqueKeysWithValues: EstimatedMetric.allCases.map { ($0, .undefined(reason)) })
    errors = values
  }

  /// The metric's expected value, 0…1; undefined where its denominator is expected to be 0.
  public func value(of metric: EstimatedMetric) -> Statistic {
    values[metric] ?? .undefined("\(metric.rawValue) was not estimated")
  }

  /// The standard error of the metric over as many rows (NannyML's sampling error, whose bands are three of
  /// them): how far even a correct estimate is from what labels would show. Undefined without rows, and where no
  /// reference row counts for the metric.
  public func samplingError(of metric: EstimatedMetric) -> Statistic {
    errors[metric] ?? .undefined("\(metric.rawValue) was not estimated")
  }
}
