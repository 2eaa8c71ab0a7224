import RefitStatistics
import RefitTesting
import Testing

@Suite struct RegressionOutcomesOracleTests {
  struct Case: Encodable {
    var targets: [Double]
    var predictions: [Double]
  }

  @Test func agreesWithScikitLearn() throws {
    var random = SeededGenerator(seed: 3)
    let cases = (0..<1_001).map { index in
      let rows = index == 1_000 ? 100_000 : Int.random(in: 1...30, using: &random)
      let size = pow10(Int.random(in: -90...90, using: &random))
      return Case(
        targets: (0..<rows).map { _ in size * random.bell() },
        predictions: (0..<rows).map { _ in size * random.bell() })
    }
    let answers = try Oracle.answers("regression", cases, as: [String: Double?].self)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let outcomes = RegressionOutcomes(targets: given.targets, predictions: given.predictions)
      for metric in [PerformanceMetric.rmse, .mae] {
        let measured = try #require(outcomes.measure(metric).value)
        let expected = try #require(answer[metric.rawValue] ?? nil)
        #expect(
          agree(measured, expected, absolute: 0),
          "case \(index), \(metric.rawValue): \(measured), \(expected)")
      }
    }
  }

  private func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { power, _ in exponent < 0 ? power / 10 : power * 10 }
  }
}
