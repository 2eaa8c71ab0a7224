/// A two-sided interval of a metric: it holds the true value with the confidence stated, half of the error on each side.
public struct MetricInterval: Sendable, Hashable {
  /// How an interval was got.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Wilson's score interval of a proportion.
    case wilson
    /// Newcombe's interval of the mean of two proportions of different rows.
    case newcombe
    /// DeLong's variance of an area under the ROC curve, and the normal law.
    case deLong = "delong"
    /// The standard deviation of a mean, and the normal law.
    case normal
    /// The normal law of a function of a mean, by its slope.
    case deltaMethod = "delta-method"
    /// The bootstrap, corrected for bias and acceleration.
    case correctedBootstrap = "bootstrap-bca"
    /// The quantiles of a bootstrap, where it can't be corrected.
    case percentileBootstrap = "bootstrap-percentile"
    /// By how far the curve or the gaps that make the metric stray in a bootstrap (`DeviationBand`).
    case deviationBand = "bootstrap-band"
    /// The normal law with a bootstrap's standard error, and beyond it the most that chance may have shifted.
    case biasAwareBootstrap = "bootstrap-bias-aware"
  }

  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The estimated standard deviation of the metric over samples of the same size.
  public let standardError: Double?
  /// How it was got.
  public let method: Method
  /// Over 0 and under 1, of both ends together.
  public let confidence: Double

  init(_ bounds: ConfidenceBounds, standardError: Double?, _ method: Method, confidence: Double) {
    lower = bounds.lower
    upper = bounds.upper
    self.standardError = standardError
    self.method = method
    self.confidence = confidence
  }

  /// The confidence of each of two one-sided bounds that together make an interval of this confidence.
  static func oneSided(_ confidence: Double) -> Double { (1 + confidence) / 2 }
}

/// An interval, or why there is none.
public enum IntervalEstimate: Sendable, Hashable {
  case defined(MetricInterval)
  /// The reason as a phrase that can end a sentence.
  case undefined(String)

  /// What an estimate with one-sided bounds at `(1 + confidence) / 2` gives.
  init(_ estimate: Estimate?, _ method: MetricInterval.Method, confidence: Double) {
    guard let estimate, let lower = estimate.lower, let upper = estimate.upper else {
      self = .undefined("the rows don't tell how precise it is")
      return
    }
    self = .defined(
      MetricInterval(
        ConfidenceBounds(lower: lower, upper: upper), standardError: estimate.standardError, method,
        confidence: confidence))
  }

  /// The interval, or nil when there is none.
  public var value: MetricInterval? {
    switch self {
    case .defined(let interval): interval
    case .undefined: nil
    }
  }

  /// Why there is no interval, or nil when there is one.
  public var reason: String? {
    switch self {
    case .defined: nil
    case .undefined(let reason): reason
    }
  }
}

/// A metric under its name, with its interval.
public struct ScoredMetric: Sendable, Hashable {
  /// As in JSON and YAML: scikit-learn's name where it has one.
  public let name: String
  public let value: Statistic
  public let interval: IntervalEstimate

  init(_ name: String, _ value: Statistic, _ interval: IntervalEstimate) {
    self.name = name
    self.value = value
    // What does not exist has no interval, for the same reason.
    self.interval = value.reason.map { .undefined($0) } ?? interval
  }
}
