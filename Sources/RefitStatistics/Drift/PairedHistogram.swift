/// How often each bin occurs on both sides, and every statistic that needs no more than that.
///
/// Undefined `empty-reference`, `empty-current` or `empty-both` where a side has no row; one row a side is enough.
public struct PairedHistogram: Sendable, Hashable {
  /// Reference rows in each bin.
  public let reference: [Int]
  /// Current rows in each bin, parallel.
  public let current: [Int]
  /// Reference rows in all bins.
  public let referenceCount: Int
  /// Current rows in all bins.
  public let currentCount: Int

  init(reference: [Int], current: [Int]) {
    precondition(reference.count == current.count, "both sides have the same bins")
    self.reference = reference
    self.current = current
    referenceCount = reference.reduce(0, +)
    currentCount = current.reduce(0, +)
  }

  /// Population stability index.
  public var psi: Statistic { measure { PopulationStability.index($0, $1) } }

  /// Kullback–Leibler divergence of the reference from the current side.
  public var klReferenceCurrent: Statistic { measure { Divergence.kullbackLeibler($0, $1) } }

  /// Kullback–Leibler divergence of the current side from the reference.
  public var klCurrentReference: Statistic { measure { Divergence.kullbackLeibler($1, $0) } }

  /// Jensen–Shannon distance, base 2.
  public var jsDistance: Statistic { measure { Divergence.jensenShannonDistance($0, $1) } }

  /// Hellinger distance.
  public var hellinger: Statistic { measure { Divergence.hellinger($0, $1) } }

  /// Total variation distance.
  public var totalVariation: Statistic { measure { Divergence.totalVariation($0, $1) } }

  /// The largest difference of one bin's shares.
  public var lInfinity: Statistic { measure { Divergence.lInfinity($0, $1) } }

  /// Pearson's chi-square test that both sides have the same shares.
  public var chiSquare: Result<ChiSquareHomogeneity, Undefined> {
    if let reason { return .failure(Undefined(reason)) }
    return .success(ChiSquareHomogeneity(reference, current))
  }

  /// About what PSI is from sampling alone when nothing changed: (bins − 1)·(1/n + 1/m), of bins that occur on either
  /// side, since one that can't occur adds nothing; nil when a side is empty.
  public var psiExpectedUnderNoChange: Double? {
    PopulationStability.expectedUnderNoChange(
      bins: zip(reference, current).count { $0 + $1 > 0 }, referenceCount: referenceCount,
      currentCount: currentCount)
  }

  /// Why no statistic exists; nil when each side has a row.
  var reason: String? { status.reason }

  /// Whether both sides have a row.
  public var status: DriftStatus { DriftStatus(referenceCount: referenceCount, currentCount: currentCount) }

  private func measure(_ statistic: (_ reference: [Double], _ current: [Double]) -> Double) -> Statistic {
    if let reason { return .undefined(reason) }
    return .defined(
      statistic(
        reference.map { Double($0) / Double(referenceCount) },
        current.map { Double($0) / Double(currentCount) }))
  }
}
