/// The reference values of a numeric column, sorted once and binned once, to hold current values against.
public struct NumericReference: Sendable {
  private let sorted: [Double]
  private let counts: [Int]
  private let missing: Int
  private let notFinite: Int
  /// The bins that the reference defines.
  public let bins: NumericBins

  /// Takes a column in any order; NaN stands for a missing value. Infinities have no place in bins and are left out.
  public init(_ values: [Double]) {
    let column = UsableValues(values)
    sorted = column.sorted
    missing = column.missing
    notFinite = column.notFinite
    bins = NumericBins(sortedReference: sorted)
    counts = bins.counts(ofSorted: sorted)
  }

  /// The number of finite values.
  public var count: Int { sorted.count }

  /// How far current values (in any order, NaN missing) are from the reference.
  public func drift(of current: [Double]) -> NumericDrift {
    let column = UsableValues(current)
    return NumericDrift(
      sorted: sorted, column.sorted, bins: bins,
      histogram: PairedHistogram(reference: counts, current: bins.counts(ofSorted: column.sorted)),
      unusable: UnusableValues(
        missingReference: missing, missingCurrent: column.missing, notFiniteReference: notFinite,
        notFiniteCurrent: column.notFinite))
  }
}

/// A column's finite values, ascending, and how many others there are.
private struct UsableValues {
  let sorted: [Double]
  let missing: Int
  let notFinite: Int

  init(_ values: [Double]) {
    sorted = RadixSort.sorted(values.allSatisfy(\.isFinite) ? values : values.filter(\.isFinite))
    missing = sorted.count == values.count ? 0 : values.count { $0.isNaN }
    notFinite = values.count - sorted.count - missing
  }
}
