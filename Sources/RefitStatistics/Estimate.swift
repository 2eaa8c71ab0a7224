/// A number with what is known of its precision; `lower` and `upper` are one-sided bounds, each at the
/// confidence that was asked for. What a metric has no theory for is nil.
public struct Estimate: Sendable, Hashable {
  /// The point estimate.
  public let value: Double
  /// The estimated standard deviation of `value` over samples of the same size.
  public let standardError: Double?
  /// The true value is at least this, with the confidence asked for.
  public let lower: Double?
  /// The true value is at most this, with the confidence asked for.
  public let upper: Double?

  /// An estimate; without bounds it says nothing about its precision.
  public init(value: Double, standardError: Double? = nil, bounds: ConfidenceBounds? = nil) {
    self.value = value
    self.standardError = standardError
    lower = bounds?.lower
    upper = bounds?.upper
  }
}
