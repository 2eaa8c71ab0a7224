import RefitStatistics
import RefitTesting
import Testing

@Suite struct BinaryOutcomesOracleTests {
  struct Case: Encodable {
    var labels: [Bool]
    var scores: [Double]
    var predictions: [Bool]
  }

  @Test func agreesWithScikitLearn() throws {
    var cases = BinaryOutcomesOracleTests.smallCases(600, seed: 1)
    cases += BinaryOutcomesOracleTests.largeCases(seed: 2)
    let answers = try Oracle.answers("binary", cases, as: [String: Double?].self)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let outcomes = BinaryOutcomes(
        labels: given.labels, scores: given.scores, predictions: given.predictions)
      for metric in PerformanceMetric.allCases where metric.isForClassification {
        let measured = outcomes.measure(metric)
        let expected = try #require(answer[metric.rawValue])
        #expect(agree(measured, expected), "case \(index), \(metric.rawValue): \(measured)")
      }
    }
  }

  /// 1 to 40 rows; scores on a coarse grid, so that there are ties, 0s and 1s; sometimes one class only.
  static func smallCases(_ count: Int, seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    let shares = [0, 0.1, 0.5, 0.9, 1]
    return (0..<count).map { _ in
      let rows = Int.random(in: 1...40, using: &random)
      let grid = Double.random(in: 1...12, using: &random).rounded()
      let share = shares[Int.random(in: shares.indices, using: &random)]
      return Case(
        labels: (0..<rows).map { _ in random.chance(share) },
        scores: (0..<rows).map { _ in (random.unit() * grid).rounded() / grid },
        predictions: (0..<rows).map { _ in random.chance(1 - share / 2) })
    }
  }

  /// 100,000 rows without ties, and as many with scores of two decimals.
  static func largeCases(seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return [false, true].map { rounded in
      let labels = (0..<100_000).map { _ in random.chance(0.2) }
      let scores = labels.map { label in
        let score = (label ? 0.3 : 0.1) + 0.6 * random.unit()
        return rounded ? (score * 100).rounded() / 100 : score
      }
      return Case(labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 })
    }
  }
}
