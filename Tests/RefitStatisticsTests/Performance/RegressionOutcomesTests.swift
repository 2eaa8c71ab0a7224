import RefitStatistics
import RefitTesting
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

  @Test func whatHasNoDeterminationSaysWhy() {
    let constant = RegressionOutcomes(targets: [0.1, 0.1, 0.1], predictions: [0.1, 0.2, 0.3])
    #expect(constant.measure(.r2) == .undefined("all targets are the same"))
    #expect(
      RegressionOutcomes(targets: [1], predictions: [1]).measure(.r2) == .undefined("one row has no variance")
    )
    let weightless = RegressionOutcomes(targets: [1, 2], predictions: [1, 2], weights: [0, 3])
    #expect(weightless.measure(.r2) == .undefined("one row has no variance"))
    #expect(RegressionOutcomes(targets: [1, 2], predictions: [1, 2]).measure(.r2) == .defined(1))
  }

  /// Standard errors by hand: of errors 1 and 3 the standard deviation is √2, so of their mean 1; of squares 1 and 9
  /// it is √32, so of their mean 4, and of the root 4 / (2·√5).
  @Test func errorsHaveStandardErrors() throws {
    let outcomes = RegressionOutcomes(targets: [0, 0], predictions: [1, -3])
    let mae = try #require(outcomes.estimate(.mae, confidence: 0.95))
    #expect(mae.value == 2 && agree(mae.standardError ?? 0, 1))
    #expect(agree(mae.upper ?? 0, 2 + 1.6448536269514722))
    let rmse = try #require(outcomes.estimate(.rmse, confidence: 0.95))
    #expect(agree(rmse.standardError ?? 0, 2 / 5.0.squareRoot()))
    let alike = try #require(
      RegressionOutcomes(targets: [0, 0], predictions: [1, 1]).estimate(.mae, confidence: 0.9))
    #expect(alike.lower == nil && alike.standardError == nil)
    let r2 = try #require(
      RegressionOutcomes(targets: [0, 1], predictions: [1, 1]).estimate(.r2, confidence: 0.9))
    #expect(agree(r2.value, -1) && r2.lower == nil)
  }

  @Test(arguments: [1e300, 1, 1e-300]) func standardErrorsScaleWithErrors(size: Double) throws {
    let outcomes = RegressionOutcomes(targets: [0, 0, 0], predictions: [size, 2 * size, 4 * size])
    let unit = RegressionOutcomes(targets: [0, 0, 0], predictions: [1, 2, 4])
    for metric in [PerformanceMetric.rmse, .mae] {
      let expected = try #require(unit.estimate(metric, confidence: 0.9)?.standardError)
      #expect(agree(try #require(outcomes.estimate(metric, confidence: 0.9)?.standardError) / size, expected))
    }
  }

  @Test func aWeightOfTwoIsTwoRows() {
    var random = SeededGenerator(seed: 51)
    for _ in 0..<200 {
      let rows = Int.random(in: 1...12, using: &random)
      let targets = (0..<rows).map { _ in random.bell() }
      let predictions = targets.map { $0 + random.bell() }
      let times = targets.map { _ in Int.random(in: 0...3, using: &random) }
      let repeated = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
      let expected = RegressionOutcomes(
        targets: repeated.map { targets[$0] }, predictions: repeated.map { predictions[$0] })
      let weighted = RegressionOutcomes(
        targets: targets, predictions: predictions, weights: times.map(Double.init))
      for metric in PerformanceMetric.allCases {
        let measured = weighted.measure(metric)
        #expect(agree(measured, expected.measure(metric).value, relative: 1e-8), "\(metric)")
      }
    }
  }

  @Test func coverageCountsTheEnds() throws {
    let outcomes = IntervalOutcomes(
      targets: [0, 1, 2, 3], lower: [0, 0, 3, 4], upper: [1, 1, 4, 2])
    #expect(outcomes.coverage() == .defined(0.5))
    let wilson = Wilson.bounds(successes: 2, of: 4, confidence: 0.9)
    #expect(try #require(outcomes.coverageEstimate(confidence: 0.9)).lower == wilson.lower)
    let weighted = IntervalOutcomes(targets: [0, 5], lower: [0, 0], upper: [1, 1], weights: [3, 1])
    #expect(agree(weighted.coverage(), 0.75))
    #expect(try #require(weighted.coverageEstimate(confidence: 0.9)).lower == nil)
    #expect(IntervalOutcomes(targets: [], lower: [], upper: []).coverage() == .undefined("there are no rows"))
    let infinite = IntervalOutcomes(targets: [0], lower: [-.infinity], upper: [1])
    #expect(infinite.coverage() == .undefined("1 of 1 lower ends are not finite numbers"))
  }
}
