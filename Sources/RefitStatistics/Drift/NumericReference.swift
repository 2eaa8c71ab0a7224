/// The reference values of a numeric column, sorted once and binned once, to hold current values against.
public struct NumericReference: Sendable {
  private let sorted: [Double]
  private let counts: [Int]
  private let notFinite: Int
  /// The bins that the reference defines.
  public let bins: NumericBins

  /// Takes the usable values, in any order. Values that are not finite have no place in an order: they are
  /// left out here, and counted in `NumericDrift.referenceNotFinite`.
  public init(_ values: [Double]) {
    sorted = values.sortedFinite()
    notFinite = values.count - sorted.count
    bins = NumericBins(sortedReference: sorted)
    counts = bins.counts(ofSorted: sorted)
  }

  /// The number of finite values.
  public var count: Int { sorted.count }

  /// PSI and KS of current values (in any order) against the reference; one value a side is enough.
  public func drift(of current: [Double]) -> NumericDrift {
    let values = current.sortedFinite()
    let reason = reasonEmpty(referenceCount: count, currentCount: values.count)
    let currentCounts = bins.counts(ofSorted: values)
    return NumericDrift(
      psi: reason.map { .undefined($0) } ?? .defined(PopulationStability.index(counts, currentCounts)),
      ksStatistic: reason.map { .undefined($0) }
        ?? .defined(KolmogorovSmirnov.statistic(sorted: sorted, values)),
      referenceCount: count, currentCount: values.count,
      referenceNotFinite: notFinite, currentNotFinite: current.count - values.count,
      bins: bins.count, referenceBinCounts: counts, currentBinCounts: currentCounts)
  }
}

extension [Double] {
  /// The finite values, ascending.
  fileprivate func sortedFinite() -> [Double] {
    var values = allSatisfy(\.isFinite) ? self : filter(\.isFinite)
    values.sort()
    return values
  }
}
