/// How far a numeric column's current values are from its reference. Each number is computed when it is asked for.
///
/// Undefined `empty-reference`, `empty-current` or `empty-both` where a side has no finite value.
public struct NumericDrift: Sendable, Hashable {
  /// Both sides in the bins that the reference defines.
  public let histogram: PairedHistogram
  /// Values that are missing or left out on each side.
  public let unusable: UnusableValues
  private let reference: [Double]
  private let current: [Double]

  init(
    sorted reference: [Double], _ current: [Double], histogram: PairedHistogram, unusable: UnusableValues
  ) {
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
    if let reason = histogram.reason { return .failure(Undefined(reason)) }
    return .success(KolmogorovSmirnov(sorted: reference, current))
  }

  /// Wasserstein-1 distance in the column's unit.
  public var wasserstein: Statistic {
    measure { Statistic(finite: Wasserstein.distance(sorted: reference, current)) }
  }

  /// Wasserstein-1 distance over the reference's population standard deviation, which counts as 0.001 at least.
  public var wassersteinNormalised: Statistic {
    measure {
      let scale = max(Spread.standardDeviation(of: reference), 0.001)
      return Statistic(finite: Wasserstein.distance(sorted: reference, current) / scale)
    }
  }

  /// PSI as Evidently computes it.
  public var psiEvidently: Statistic {
    measure {
      EvidentlyStability.index(sorted: reference, current).map { .defined($0) }
        ?? .undefined("the range of the values is larger than a Double can hold")
    }
  }

  /// The statistic by its name.
  public func measure(_ statistic: DriftStatistic) -> Statistic {
    switch statistic {
    case .ksStatistic: ksStatistic
    case .ksPValue: kolmogorovSmirnov.statistic(\.pValue)
    case .wasserstein: wasserstein
    case .wassersteinNormalised: wassersteinNormalised
    case .psiEvidently: psiEvidently
    case .unseenShare: .undefined("not categorical")
    default: histogram.measure(statistic, unusable)
    }
  }

  private func measure(_ body: () -> Statistic) -> Statistic {
    histogram.reason.map { .undefined($0) } ?? body()
  }
}
