/// How far a categorical column's current counts are from its reference.
///
/// Undefined `empty-reference`, `empty-current` or `empty-both` where a side has no row with a category.
public struct CategoricalDrift: Sendable, Hashable {
  /// Both sides over the union of categories.
  public let histogram: PairedHistogram
  /// The category of each bin.
  public let categories: [Category]
  /// Rows without a category.
  public let unusable: UnusableValues
  /// Current rows whose category never occurs in the reference.
  public let unseenCount: Int
  /// Categories that occur in the current rows only.
  public let unseenCategories: Int
  /// Categories that occur in the reference only.
  public let vanishedCategories: Int

  /// Takes parallel counts: position i of both is category i, which occurs on at least one side.
  init(categories: [Category], referenceCounts: [Int], currentCounts: [Int], unusable: UnusableValues) {
    precondition(categories.count == referenceCounts.count, "each bin has its category")
    self.categories = categories
    histogram = PairedHistogram(reference: referenceCounts, current: currentCounts)
    self.unusable = unusable
    let pairs = zip(referenceCounts, currentCounts)
    unseenCount = pairs.reduce(0) { $0 + ($1.0 == 0 ? $1.1 : 0) }
    unseenCategories = pairs.count { $0.0 == 0 }
    vanishedCategories = pairs.count { $0.1 == 0 }
  }

  /// Reference rows.
  public var referenceCount: Int { histogram.referenceCount }

  /// Current rows.
  public var currentCount: Int { histogram.currentCount }

  /// Population stability index over the union of categories.
  public var psi: Statistic { histogram.psi }

  /// The share of current rows whose category never occurs in the reference.
  public var unseenShare: Statistic {
    if let reason = histogram.reason { return .undefined(reason) }
    return Statistic(unseenCount, over: currentCount, otherwise: "empty-current")
  }

  /// The statistic by its name; those of an order of values are undefined, for categories have none.
  public func measure(_ statistic: DriftStatistic) -> Statistic {
    switch statistic {
    case .ksStatistic, .ksPValue, .wasserstein, .wassersteinNormalised: .undefined("not numeric")
    case .unseenShare: unseenShare
    case .psiEvidently:
      histogram.reason.map { .undefined($0) }
        ?? .defined(EvidentlyStability.index(histogram.reference, histogram.current))
    default: histogram.measure(statistic, unusable)
    }
  }
}
