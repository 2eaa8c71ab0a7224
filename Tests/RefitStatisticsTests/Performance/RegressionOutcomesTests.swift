import RefitStatistics
import Testing

@Suite struct RegressionOutcomesTests {
  @Test func errorsOfThreeAndFour() {
    let outcomes = RegressionOutcomes(targets: [0, 10], predictions: [3, 6])
    #expect(agree(outcomes.measure(.rmse), 12.5.squareRoot()))
    #expect(agree(outcomes.measure(.mae), 3.5))
  }

  /// Squares that would overflow to infinity or vanish to 0.
  @Test(arguments: [1e308, 1e200, 1e-200, Double.leastNonzeroMagnitude, 2.2250738585072014e-308])
  func sizeDoesNotMatter(error: Double) {
    let outcomes = RegressionOutcomes(targets: [0, 0, 0], predictions: [error, -error, error])
    #expect(outcomes.measure(.rmse) == .defined(error))
    #expect(outcomes.measure(.mae) == .defined(error))
  }

  @Test func anErrorBeyondADoubleIsUndefined() {
    let outcomes = RegressionOutcomes(targets: [-1e308], predictions: [1e308])
    #expect(outcomes.measure(.mae) == .undefined("an error is larger than a Double can hold"))
  }

  @Test func noErrorIsZero() {
    let outcomes = RegressionOutcomes(targets: [1, 2], predictions: [1, 2])
    #expect(outcomes.measure(.rmse) == .defined(0))
    #expect(outcomes.measure(.mae) == .defined(0))
  }

  @Test func manySmallErrorsBesideOneLargeAreNotLost() throws {
    let rows = 1_000_000
    let predictions = [1e16] + [Double](repeating: 1, count: rows)
    let outcomes = RegressionOutcomes(
      targets: [Double](repeating: 0, count: rows + 1), predictions: predictions)
    let total = try #require(outcomes.measure(.mae).value) * Double(rows + 1)
    #expect(agree(total, 1e16 + 1e6, relative: 1e-15))
  }

  @Test(arguments: PerformanceMetric.allCases)
  func whatIsUndefined(metric: PerformanceMetric) {
    #expect(RegressionOutcomes(targets: [], predictions: []).measure(metric).value == nil)
    let notANumber = RegressionOutcomes(targets: [1, 2], predictions: [1, .nan])
    #expect(notANumber.measure(metric).value == nil)
    let infinite = RegressionOutcomes(targets: [.infinity, 2], predictions: [.infinity, 2])
    #expect(infinite.measure(metric).value == nil)
    let fine = RegressionOutcomes(targets: [1, 2], predictions: [1, 1])
    #expect((fine.measure(metric).value == nil) == metric.isForClassification)
  }
}
