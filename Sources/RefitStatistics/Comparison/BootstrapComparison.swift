/// One metric of two models on the same rows, and its difference (candidate − champion) in resamples of these rows.
public struct BootstrapComparison: Sendable, Hashable {
  /// The candidate's value.
  public let candidate: Statistic
  /// The champion's value.
  public let champion: Statistic
  /// candidate − champion.
  public let difference: Statistic
  /// The differences in the resamples; nil where the difference itself is undefined.
  private let resampled: ResampledStatistic?
  /// Whether the models say the same of every row, as far as the metric reads it.
  private let modelsAgree: Bool
  private let bias: PairedBias?

  /// - Parameters:
  ///   - modelsAgree: that they say the same of every row, which no resample can tell: two models may be equally good in
  ///     each and still differ.
  ///   - bias: of a metric that chance can only raise.
  init(
    candidate: Statistic, champion: Statistic, modelsAgree: Bool, bias: PairedBias? = nil,
    resampled: ResampledStatistic?
  ) {
    self.candidate = candidate
    self.champion = champion
    difference = candidate.less(champion)
    self.modelsAgree = modelsAgree
    self.bias = bias
    self.resampled = resampled
  }

  /// What can't be resampled, and why.
  init(undefined reason: String) {
    self.init(
      candidate: .undefined(reason), champion: .undefined(reason), modelsAgree: false, resampled: nil)
  }

  /// The differences in the resamples; nil where the difference itself is undefined.
  public var distribution: BootstrapDistribution? { resampled?.distribution }

  /// How fast the standard error changes with the true difference; nil where leaving out a row leaves no metric.
  public var acceleration: Double? { resampled?.acceleration }

  /// The standard deviation of the difference over the resamples.
  public var standardError: Statistic {
    if isNothing { return .defined(0) }
    return reasonUnknown.map(Statistic.undefined) ?? resampled!.distribution.standardError
  }

  /// The two-sided p-value of no difference.
  public var pValue: Statistic {
    if isNothing { return .defined(1) }
    if let reasonUnknown { return .undefined(reasonUnknown) }
    guard let bias else { return resampled!.pValueOfZero }
    guard let difference = difference.value, let error = standardError.value else { return standardError }
    let beyond = abs(difference) - (difference > 0 ? bias.candidate : bias.champion)
    return .defined(beyond <= 0 ? 1 : min(1, 2 * Normal.cdf(-beyond / error)))
  }

  /// Models that say the same of every row differ by nothing, however few the rows.
  private var isNothing: Bool { modelsAgree && difference.value != nil }

  /// Why the resamples say nothing, or nil when they do. Where all show one and the same difference, and be it 0, they
  /// would claim certainty from any number of rows.
  private var reasonUnknown: String? {
    guard let resampled else { return difference.reason ?? "there are no resamples" }
    // The two values may round differently, and then so does what sets them apart.
    return resampled.distribution.reasonNoInterval(
      magnitude: max(abs(candidate.value ?? 0), abs(champion.value ?? 0)))
  }

  /// The method of bounds that are corrected for bias and acceleration.
  static let corrected = MetricInterval.Method.correctedBootstrap.rawValue
  /// That of a metric that chance can only raise.
  static let biasAware = MetricInterval.Method.biasAwareBootstrap.rawValue

  /// `bootstrap-bias-aware` of a metric that chance can only raise; else `bootstrap-bca` where the bounds are corrected,
  /// otherwise `bootstrap-percentile`.
  public var method: String {
    if bias != nil { return Self.biasAware }
    if isNothing { return Self.corrected }
    return (resampled?.bounds(confidence: 0.5)?.1 ?? .percentileBootstrap).rawValue
  }

  /// One-sided bounds of the difference, each at `confidence` (0.5..<1), by the method named; 0…0 where the models agree
  /// on every row, and nil where the resamples don't tell them.
  public func bounds(confidence: Double) -> ConfidenceBounds? {
    if isNothing { return ConfidenceBounds(lower: 0, upper: 0) }
    guard reasonUnknown == nil, let resampled else { return nil }
    guard let bias, let error = resampled.distribution.standardError.value else {
      return resampled.bounds(confidence: confidence)?.0
    }
    let (difference, reach) = (resampled.distribution.estimate, Normal.oneSidedQuantile(confidence) * error)
    return ConfidenceBounds(
      lower: max(-1, difference - bias.candidate - reach), upper: min(1, difference + bias.champion + reach))
  }
}

extension Statistic {
  /// The difference, or why there is none.
  func less(_ other: Statistic) -> Statistic {
    switch (self, other) {
    case (.defined(let own), .defined(let other)): Statistic(finite: own - other)
    case (.undefined, _): self
    case (_, .undefined): other
    }
  }
}
