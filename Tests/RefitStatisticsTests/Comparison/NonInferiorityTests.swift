import RefitStatistics
import RefitTesting
import Testing

@Suite struct NonInferiorityTests {
  @Test(arguments: [
    (0.001, 0.02, NonInferiority.Verdict.superior),
    (0.0, 0.02, .nonInferior),
    (-0.01, 0.02, .nonInferior),
    (-0.02, 0.02, .nonInferior),
    (-0.0201, 0.02, .inconclusive),
    (-0.05, -0.02, .inconclusive),
    (-0.05, -0.0201, .inferior),
    (-1, 1, .inconclusive),
    (.nan, 1, .inconclusive),
    (0.5, .nan, .inconclusive),
  ])
  func verdicts(lower: Double, upper: Double, expected: NonInferiority.Verdict) {
    let bounds = ConfidenceBounds(lower: lower, upper: upper)
    #expect(NonInferiority.verdict(bounds: bounds, margin: 0.02) == expected)
  }

  @Test func exactEqualityIsNotWorseEvenWithoutMargin() {
    let bounds = ConfidenceBounds(lower: 0, upper: 0)
    #expect(NonInferiority.verdict(bounds: bounds, margin: 0) == .nonInferior)
  }

  /// 432 rows, 10 % discordant: z·√(0.1/432) = 0.025; no difference needs (0.025/0.01)² times the rows.
  @Test func knownSampleSize() {
    let error = (0.1 / 432).squareRoot()
    let rows = NonInferiority.rowsToSettle(
      difference: 0, standardError: error, rows: 432, margin: 0.01, confidence: 0.95)
    // 1.6448536² · 0.1 / 0.0001
    #expect(rows == 2_706)
  }

  /// Bounds of a difference of 0.0015 that allow for bias reach from −0.0085 to 0.011, where 1.645 standard errors reach
  /// 0.004: (0.01/0.0065)² times the rows take the lower one to −0.005.
  @Test func whatTheBoundsAllowForBesidesIsCounted() {
    let rows = NonInferiority.rowsToSettle(
      difference: 0.0015, standardError: 0.0024, bounds: ConfidenceBounds(lower: -0.0085, upper: 0.011),
      rows: 16_900, margin: 0.005, confidence: 0.95)
    #expect(rows == 40_000)
    // From the other side of the margin it is the upper bound that has to move: (0.01/0.005)² times.
    let worse = NonInferiority.rowsToSettle(
      difference: -0.01, standardError: 0.002, bounds: ConfidenceBounds(lower: -0.018, upper: 0),
      rows: 1000, margin: 0.005, confidence: 0.95)
    #expect(worse == 4000)
  }

  @Test func thatManyRowsSettleAndOneFewerDoesNot() throws {
    var random = SeededGenerator(seed: 91)
    for _ in 0..<2_000 {
      let difference = Double.random(in: -0.1...0.1, using: &random)
      let error = Double.random(in: 0.005...0.05, using: &random)
      let margin = Double.random(in: 0...0.05, using: &random)
      let rows = Int.random(in: 50...1_000, using: &random)
      guard
        let needed = NonInferiority.rowsToSettle(
          difference: difference, standardError: error, rows: rows, margin: margin, confidence: 0.95)
      else { continue }
      let verdict = { (count: Double) -> NonInferiority.Verdict in
        let half = Normal.quantile(0.95) * error * (Double(rows) / count).squareRoot()
        let bounds = ConfidenceBounds(lower: difference - half, upper: difference + half)
        return NonInferiority.verdict(bounds: bounds, margin: margin)
      }
      #expect(verdict(Double(needed) + 0.01) != .inconclusive)
      #expect(needed > rows)
      if needed > rows + 1 { #expect(verdict(Double(needed) - 1.01) == .inconclusive) }
    }
  }

  @Test(arguments: [
    (-0.02, 0.01, 100), (0.0, 0.0, 100), (0.0, .nan, 100), (.nan, 0.01, 100), (0.0, 0.01, 0),
    (-0.02 + 1e-15, 0.01, 100),
  ])
  func whatNoNumberOfRowsSettles(difference: Double, error: Double, rows: Int) {
    let needed = NonInferiority.rowsToSettle(
      difference: difference, standardError: error, rows: rows, margin: 0.02, confidence: 0.95)
    #expect(needed == nil)
  }

  /// Bounds of another law left it open.
  @Test func whatTheNormalLawCallsSettledNeedsARowMore() {
    let needed = NonInferiority.rowsToSettle(
      difference: 0.5, standardError: 0.01, rows: 100, margin: 0.02, confidence: 0.95)
    #expect(needed == 101)
  }

  @Test func aNegativeMarginAsksForSuperiority() {
    let needed = NonInferiority.rowsToSettle(
      difference: 0.03, standardError: 0.02, rows: 100, margin: -0.01, confidence: 0.95)
    #expect(needed == 271)  // 100 · 1.6448536² rounded up
  }
}
