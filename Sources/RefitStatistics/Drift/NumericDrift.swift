/// How far a numeric column's current values are from its reference.
public struct NumericDrift: Sendable, Hashable {
  /// Population stability index over the reference's bins; undefined `empty-reference`, `empty-current` or
  /// `empty-both`.
  public let psi: Statistic
  /// Kolmogorov–Smirnov distance, 0…1; undefined as above.
  public let ksStatistic: Statistic
  /// Reference values used.
  public let referenceCount: Int
  /// Current values used.
  public let currentCount: Int
  /// Reference values left out because they are infinite or NaN.
  public let referenceNotFinite: Int
  /// Current values left out because they are infinite or NaN.
  public let currentNotFinite: Int
  /// The number of bins.
  public let bins: Int
  /// Reference values in each bin.
  public let referenceBinCounts: [Int]
  /// Current values in each bin.
  public let currentBinCounts: [Int]

  /// About what PSI is from sampling alone when nothing changed: (bins − 1)·(1/n + 1/m); nil when a side is
  /// empty.
  public var psiExpectedUnderNoChange: Double? {
    PopulationStability.expectedUnderNoChange(
      bins: bins, referenceCount: referenceCount, currentCount: currentCount)
  }

  /// The statistic by its name.
  public func measure(_ statistic: DriftStatistic) -> Statistic {
    switch statistic {
    case .psi: psi
    case .ksStatistic: ksStatistic
    }
  }
}
