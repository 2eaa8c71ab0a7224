/// How far a numeric column's current values are from its reference. Each number is computed when it is asked for.
///
/// Undefined `empty-reference`, `empty-current` or `empty-both` where a side has no finite value.
public struct NumericDrift: Sendable, Hashable {
  /// Both sides in the bins that the reference defines.
  public let histogram: PairedHistogram
  /// What those bins are.
  public let bins: NumericBins
  /// Values that are missing or left out on each side.
  public let unusable: UnusableValues
  private let reference: [Double]
  private let current: [Double]

  init(
    sorted reference: [Double], _ current: [Double], bins: NumericBins, histogram: PairedHistogram,
    unusable: UnusableValues
  ) {
    self.bins = bins
    self.reference = reference
    self.current = current
    self.histogram = histogram
    self.unusable = unusable
  }

  /// Reference values used.
  public var referenceCount: Int { reference.count }

  /// Current values used.
  public var currentCount: Int { current.count }

  /// Population stability index over the reference's bins.
  public var psi: Statistic { histogram.psi }

  /// Kolmogorov–Smirnov distance, 0…1.
  public var ksStatistic: Statistic { kolmogorovSmirnov.statistic(\.statistic) }

  /// The Kolmogorov–Smirnov test.
  public var kolmogorovSmirnov: Result<KolmogorovSmirnov, Undefined> {
    distance.map { KolmogorovSmirnov($0, referenceCount: referenceCount, currentCount: currentCount) }
  }

  /// Wasserstein-1 distance in the column's unit.
  public var wasserstein: Statistic { distance.finite(\.area) }

  /// Wasserstein-1 distance over the reference's population standard deviation, which counts as 0.001 at least.
  public var wassersteinNormalised: Statistic { normalised(distance) }

  /// PSI as Evidently computes it.
  public var psiEvidently: Statistic {
    if let reason = histogram.reason { return .undefined(reason) }
    return EvidentlyStability.index(sorted: reference, current).map { .defined($0) }
      ?? .undefined("the range of the values is larger than a Double can hold")
  }

  /// The two distribution functions at evenly spaced values; nil where a side is empty.
  public var curve: DistributionCurve? { DistributionCurve(sorted: reference, current) }

  /// The statistic by its name.
  public func measure(_ statistic: DriftStatistic) -> Statistic { measure([statistic])[0] }

  /// Statistics by their names, in the order asked for; what several need is computed once.
  public func measure(_ statistics: [DriftStatistic]) -> [Statistic] {
    lazy var distance = self.distance
    lazy var test = distance.map {
      KolmogorovSmirnov($0, referenceCount: referenceCount, currentCount: currentCount)
    }
    return statistics.map { statistic in
      switch statistic {
      case .ksStatistic: test.statistic(\.statistic)
      case .ksPValue: test.statistic(\.pValue)
      case .wasserstein: distance.finite(\.area)
      case .wassersteinNormalised: normalised(distance)
      case .psiEvidently: psiEvidently
      case .unseenShare: .undefined("not categorical")
      default: histogram.measure(statistic, unusable)
      }
    }
  }

  private var distance: Result<EmpiricalDistance, Undefined> {
    if let reason = histogram.reason { return .failure(Undefined(reason)) }
    return .success(EmpiricalDistance(sorted: reference, current))
  }

  private func normalised(_ distance: Result<EmpiricalDistance, Undefined>) -> Statistic {
    distance.finite { $0.area / max(Spread.standardDeviation(ofSorted: reference), 0.001) }
  }
}
