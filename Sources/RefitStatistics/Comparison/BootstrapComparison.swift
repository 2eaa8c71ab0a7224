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
  /// Whether the models say the same of every row, as far as the metric reads it.
  private let modelsAgree: Bool

  /// - Parameter modelsAgree: that they say the same of every row, which no resample can tell: two models may be equally
  ///   good in each and still differ.
  init(
    candidate: Statistic, champion: Statistic, modelsAgree: Bool, replicates: () -> [Double?],
    acceleration: () -> Double?
  ) {
    self.modelsAgree = modelsAgree
    self.candidate = candidate
    self.champion = champion
    difference = candidate.less(champion)
    distribution = difference.value.map { BootstrapDistribution(estimate: $0, replicates: replicates()) }
    self.acceleration = difference.value.flatMap { _ in acceleration() }
  }

  /// The standard deviation of the difference over the resamples.
  public var standardError: Statistic {
    if isNothing { return .defined(0) }
    return reasonUnknown.map(Statistic.undefined) ?? distribution!.standardError
  }

  /// The two-sided p-value of no difference.
  public var pValue: Statistic {
    if isNothing { return .defined(1) }
    return reasonUnknown.map(Statistic.undefined) ?? distribution!.pValueOfZero
  }

  /// Models that say the same of every row differ by nothing, however few the rows.
  private var isNothing: Bool { modelsAgree && difference.value != nil }

  /// Why the resamples say nothing, or nil when they do. Where all show one and the same difference, and be it 0, they
  /// would claim certainty from any number of rows.
  private var reasonUnknown: String? {
    guard let distribution else { return difference.reason ?? "there are no resamples" }
    // The two values may round differently, and then so does what sets them apart.
    return distribution.reasonNoInterval(
      magnitude: max(abs(candidate.value ?? 0), abs(champion.value ?? 0)))
  }

  /// The method of bounds that are corrected for bias and acceleration.
  static let corrected = MetricInterval.Method.correctedBootstrap.rawValue

  /// `bootstrap-bca` where the bounds are corrected, otherwise `bootstrap-percentile`.
  public var method: String {
    isNothing || correctedBounds(confidence: 0.5) != nil
      ? Self.corrected : MetricInterval.Method.percentileBootstrap.rawValue
  }

  /// One-sided bounds of the difference, each at `confidence` (0.5..<1), by the method named; 0…0 where the models agree
  /// on every row, and nil where the resamples don't tell them.
  public func bounds(confidence: Double) -> ConfidenceBounds? {
    if isNothing { return ConfidenceBounds(lower: 0, upper: 0) }
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
