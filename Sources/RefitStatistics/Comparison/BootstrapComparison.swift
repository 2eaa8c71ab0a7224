/// One metric of two models on the same rows, and its difference (candidate − champion) in resamples of these rows.
public struct BootstrapComparison: Sendable, Hashable {
  /// The candidate's value.
  public let candidate: Statistic
  /// The champion's value.
  public let champion: Statistic
  /// candidate − champion.
  public let difference: Statistic
  /// The differences in the resamples; nil where the difference itself is undefined.
  public let distribution: BootstrapDistribution?
  /// How fast the standard error changes with the true difference; nil where leaving out a row leaves no metric.
  public let acceleration: Double?

  init(candidate: Statistic, champion: Statistic, replicates: () -> [Double?], acceleration: () -> Double?) {
    self.candidate = candidate
    self.champion = champion
    difference = candidate.less(champion)
    distribution = difference.value.map { BootstrapDistribution(estimate: $0, replicates: replicates()) }
    self.acceleration = difference.value.flatMap { _ in acceleration() }
  }

  /// The standard deviation of the difference over the resamples.
  public var standardError: Statistic {
    reasonUnknown.map(Statistic.undefined) ?? distribution!.standardError
  }

  /// The two-sided p-value of no difference.
  public var pValue: Statistic { reasonUnknown.map(Statistic.undefined) ?? distribution!.pValueOfZero }

  /// Why the resamples say nothing, or nil when they do. Where all show one and the same difference they would claim
  /// certainty from any number of rows; that it is 0 is so because the models agree on every row.
  private var reasonUnknown: String? {
    guard let distribution else { return difference.reason ?? "there are no resamples" }
    return distribution.estimate == 0 ? distribution.reasonUnusable : distribution.reasonNoInterval
  }

  /// The method of bounds that are corrected for bias and acceleration.
  static let corrected = MetricInterval.Method.correctedBootstrap.rawValue

  /// `bootstrap-bca` where the bounds are corrected, otherwise `bootstrap-percentile`.
  public var method: String {
    correctedBounds(confidence: 0.5) == nil
      ? MetricInterval.Method.percentileBootstrap.rawValue : Self.corrected
  }

  /// One-sided bounds of the difference, each at `confidence` (0.5..<1), by the method named; nil where the resamples
  /// don't tell them.
  public func bounds(confidence: Double) -> ConfidenceBounds? {
    if reasonUnknown != nil { return nil }
    return correctedBounds(confidence: confidence) ?? distribution?.percentileBounds(confidence: confidence)
  }

  private func correctedBounds(confidence: Double) -> ConfidenceBounds? {
    acceleration.flatMap { distribution?.correctedBounds(confidence: confidence, acceleration: $0) }
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
