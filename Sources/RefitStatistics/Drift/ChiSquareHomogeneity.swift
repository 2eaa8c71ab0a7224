/// Pearson's chi-square test that two samples have the same shares, on their 2×k counts and without correction
/// (`scipy.stats.chi2_contingency(..., correction=False)`).
public struct ChiSquareHomogeneity: Sendable, Hashable {
  /// Σ (observed − expected)² / expected; 0 or more.
  public let statistic: Double
  /// Occurring bins less one.
  public let degreesOfFreedom: Int
  /// How likely a statistic as large is under the same shares, by the chi-square distribution.
  public let pValue: Double
  /// How many of the 2·k expected counts are under 5: then the distribution is a rough approximation.
  public let smallExpectedCounts: Int

  /// Takes parallel counts, each side with a row. Where one bin only occurs there is nothing that could differ: the
  /// statistic is 0 without a degree of freedom, and the p-value 1.
  init(_ reference: [Int], _ current: [Int]) {
    let occurring = zip(reference, current).filter { $0 + $1 > 0 }
    let n = Double(reference.reduce(0, +))
    let m = Double(current.reduce(0, +))
    var sum = CompensatedSum()
    var small = 0
    for (reference, current) in occurring {
      let total = Double(reference + current)
      for (observed, rows) in [(Double(reference), n), (Double(current), m)] {
        let expected = total * rows / (n + m)
        if expected < 5 { small += 1 }
        sum.add((observed - expected) * (observed - expected) / expected)
      }
    }
    statistic = sum.value
    degreesOfFreedom = occurring.count - 1
    pValue = degreesOfFreedom == 0 ? 1 : ChiSquare.upperTail(statistic, degreesOfFreedom: degreesOfFreedom)
    smallExpectedCounts = small
  }
}
