/// Two empirical distribution functions over the same values, to be drawn.
public struct DistributionCurve: Sendable, Hashable {
  /// Ascending values, finite.
  public let values: [Double]
  /// The share of reference values at most as large, parallel; 0…1.
  public let reference: [Double]
  /// The share of current values at most as large, parallel; 0…1.
  public let current: [Double]

  private static let points = 97

  /// Takes two ascending samples; nil where one is empty, or their range is larger than a Double holds.
  ///
  /// The values are evenly spaced over what holds the middle 98 % of either side, so that one outlier does not press
  /// all others into a line.
  init?(sorted reference: [Double], _ current: [Double]) {
    guard !reference.isEmpty, !current.isEmpty else { return nil }
    let low = [reference, current].map { Quantile.typeSeven(ofSorted: $0, at: 0.01) }.min()!
    let high = [reference, current].map { Quantile.typeSeven(ofSorted: $0, at: 0.99) }.max()!
    guard (high - low).isFinite else { return nil }
    let last = DistributionCurve.points - 1
    values =
      low == high
      ? [low]
      : (0...last).map { $0 == last ? high : low + (high - low) * (Double($0) / Double(last)) }
    self.reference = values.map { Double(reference.countAtMost($0)) / Double(reference.count) }
    self.current = values.map { Double(current.countAtMost($0)) / Double(current.count) }
  }
}
