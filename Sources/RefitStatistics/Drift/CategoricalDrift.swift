/// How far a categorical column's current counts are from its reference.
public struct CategoricalDrift: Sendable, Hashable {
  /// Population stability index over the union of categories; undefined `empty-reference`, `empty-current` or
  /// `empty-both`.
  public let psi: Statistic
  /// Reference rows.
  public let referenceCount: Int
  /// Current rows.
  public let currentCount: Int
  /// The number of categories that occur on either side.
  public let bins: Int

  /// Takes parallel counts: position i of both is the same category, which occurs on at least one side.
  init(referenceCounts: [Int], currentCounts: [Int]) {
    referenceCount = referenceCounts.reduce(0, +)
    currentCount = currentCounts.reduce(0, +)
    bins = referenceCounts.count
    let reason = reasonEmpty(referenceCount: referenceCount, currentCount: currentCount)
    psi =
      reason.map { .undefined($0) }
      ?? .defined(PopulationStability.index(referenceCounts, currentCounts))
  }

  /// Always undefined: categories have no order.
  public var ksStatistic: Statistic { .undefined("not numeric") }

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
