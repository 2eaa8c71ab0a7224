import RefitStatistics
import RefitTesting
import Testing

@Suite struct RegressionOutcomesOracleTests {
  struct Case: Codable {
    var targets: [Double]
    var predictions: [Double]
    var weights: [Double]?

    var outcomes: RegressionOutcomes {
      RegressionOutcomes(targets: targets, predictions: predictions, weights: weights)
    }
  }

  @Test func agreesWithScikitLearn() throws {
    var random = SeededGenerator(seed: 3)
    let cases = (0..<401).map { index in
      let rows = index == 400 ? 100_000 : Int.random(in: 1...30, using: &random)
      let size = pow10(Int.random(in: -90...90, using: &random))
      return Case(
        targets: (0..<rows).map { _ in size * random.bell() },
        predictions: (0..<rows).map { _ in size * random.bell() },
        weights: index % 3 == 0 ? weights(rows, &random) : nil)
    }
    for (index, (given, answer)) in try zip(cases, Oracle.performance("regression", cases))
      .enumerated()
    {
      try expectAgreement(given, answer, "case \(index)")
    }
  }

  private struct ModelCase: Encodable {
    var kind = "regression"
    var dataset = "diabetes"
    var weighted: Bool
    var seed: Int
  }

  private struct ModelAnswer: Decodable {
    var rows: Case
    var expected: [String: Double?]
  }

  @Test func agreesOnWhatAModelSaysOfDiabetes() throws {
    let cases = [false, true].map { ModelCase(weighted: $0, seed: 21) }
    for answer in try Oracle.performance("model", cases, as: ModelAnswer.self) {
      #expect(answer.rows.targets.count > 200)
      try expectAgreement(answer.rows, answer.expected, "diabetes")
    }
  }

  private func expectAgreement(_ given: Case, _ answer: [String: Double?], _ name: String) throws {
    for metric in PerformanceMetric.allCases where !metric.isForClassification {
      let expected = try #require(answer[metric.rawValue])
      let measured = given.outcomes.measure(metric)
      #expect(agrees(measured, expected, metric), "\(name), \(metric): \(measured), \(expected as Any)")
    }
    #expect(agree(given.outcomes.meanError(), try #require(answer["mean_error"]), relative: 1e-7), "\(name)")
    for quantile in [0.1, 0.5, 0.9] {
      let expected = try #require(answer["pinball_\(quantile)"])
      #expect(agrees(given.outcomes.pinball(quantile: quantile), expected, .mae), "\(name), pinball")
    }
  }

  private func agrees(_ measured: Statistic, _ expected: Double?, _ metric: PerformanceMetric) -> Bool {
    guard let measured = measured.value, let expected else {
      return (measured.value == nil) == (expected == nil)
    }
    // R² is a difference from 1, which the rounding of what is subtracted from it stays behind of.
    return agree(measured, expected, absolute: metric == .r2 ? 1e-13 : 0)
  }

  /// Numbers whose squares no double holds, and weights likewise.
  @Test func agreesWithTheDefinitionsInFractions() throws {
    var random = SeededGenerator(seed: 22)
    let sizes = [1e308, 1e300, 1e150, 1, 1e-150, 1e-300, 0x1p-1040, Double.leastNonzeroMagnitude]
    let cases = (0..<400).map { index in
      let rows = Int.random(in: 1...6, using: &random)
      let size = sizes[index % sizes.count]
      func column() -> [Double] { (0..<rows).map { _ in (size * (random.unit() - 0.5)) } }
      let weights: [Double]? =
        switch index / sizes.count % 4 {
        case 0: nil
        case 1: weights(rows, &random)
        case 2: (0..<rows).map { $0 == 0 ? 1e300 : 1e-300 * random.unit() }
        default: (0..<rows).map { _ in 1e300 * random.unit() }
        }
      return Case(targets: column(), predictions: column(), weights: weights)
    }
    let answers = try Oracle.performance("exact_regression", cases)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      for metric in [PerformanceMetric.rmse, .mae] {
        let expected = try #require(answer[metric.rawValue] ?? nil)
        let measured = try #require(given.outcomes.measure(metric).value)
        #expect(
          agree(measured, expected, absolute: Double.leastNonzeroMagnitude),
          "case \(index), \(metric): \(measured), \(expected)")
      }
      let (r2, expected) = (given.outcomes.measure(.r2), try #require(answer["r2"]))
      // Of subnormal numbers and of weights that leave one row, what is left of a spread is rounding.
      if let expected, abs(expected) < 1e12, index % sizes.count < 6, index / sizes.count % 4 != 2 {
        #expect(agree(r2, expected), "case \(index): \(r2), \(expected)")
      }
    }
  }

  private func weights(_ rows: Int, _ random: inout SeededGenerator) -> [Double] {
    (0..<rows).map { $0 > 0 && random.chance(0.1) ? 0 : 3 * random.unit() }
  }

  private func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { power, _ in exponent < 0 ? power / 10 : power * 10 }
  }
}
