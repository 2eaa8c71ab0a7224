import RefitStatistics
import RefitTesting
import Testing

@Suite struct BinaryOutcomesOracleTests {
  struct Case: Codable {
    var labels: [Bool]
    var scores: [Double]
    var predictions: [Bool]
    var weights: [Double]?

    var outcomes: BinaryOutcomes {
      BinaryOutcomes(labels: labels, scores: scores, predictions: predictions, weights: weights)
    }
  }

  @Test func agreesWithScikitLearn() throws {
    var cases = BinaryOutcomesOracleTests.smallCases(80, seed: 1)
    cases += BinaryOutcomesOracleTests.weighted(BinaryOutcomesOracleTests.smallCases(60, seed: 4), seed: 5)
    cases += BinaryOutcomesOracleTests.largeCases(seed: 2)
    cases += BinaryOutcomesOracleTests.weighted([cases[cases.count - 1]], seed: 6)
    for (index, (given, answer)) in try zip(cases, Oracle.performance("binary", cases)).enumerated() {
      try expectAgreement(given, answer, "case \(index)")
    }
  }

  private func expectAgreement(_ given: Case, _ answer: [String: Double?], _ name: String) throws {
    for metric in PerformanceMetric.allCases where metric.isForClassification {
      let measured = given.outcomes.measure(metric)
      let expected = try #require(answer[metric.rawValue])
      #expect(agree(measured, expected), "\(name), \(metric.rawValue): \(measured), \(expected as Any)")
    }
    // 0/0 is undefined here and 0 in scikit-learn, whose value can be had as well.
    for metric in [PerformanceMetric.precision, .recall, .f1, .specificity, .mcc] {
      let own = given.outcomes.measure(metric)
      let measured = given.outcomes.zeroDivision(metric).map { Statistic.defined($0) } ?? own
      #expect(own.value == nil || given.outcomes.zeroDivision(metric) == nil)
      let expected = try #require(answer["\(metric.rawValue)_default"])
      #expect(agree(measured, expected), "\(name), \(metric.rawValue) by default: \(measured)")
    }
  }

  private struct ModelCase: Encodable {
    var kind = "binary"
    var dataset = "breast_cancer"
    var model: String
    var weighted: Bool
    var seed: Int
  }

  private struct ModelAnswer: Decodable {
    var rows: Case
    var expected: [String: Double?]
  }

  /// A forest of twenty trees gives scores with many ties.
  @Test func agreesOnWhatModelsSayOfTumours() throws {
    let cases = ["forest", "logistic"].flatMap { model in
      [false, true].map { ModelCase(model: model, weighted: $0, seed: 7) }
    }
    for (given, answer) in try zip(cases, Oracle.performance("model", cases, as: ModelAnswer.self)) {
      #expect(answer.rows.labels.count > 250)
      try expectAgreement(answer.rows, answer.expected, "\(given)")
    }
  }

  private struct ExactCase: Encodable {
    var labels: [Bool]
    var scores: [Double]
    var predictions: [Bool]
    var weights: [Double]?
    var shares: [Double]
  }

  /// Weights from 1e-300 to 1e300 side by side, and the smallest there are, where scikit-learn's sums lose what is small.
  @Test func agreesWithTheDefinitionsInFractions() throws {
    var random = SeededGenerator(seed: 9)
    let shares = [0.1, 0.25, 0.5, 1]
    let cases = BinaryOutcomesOracleTests.smallCases(200, seed: 8).enumerated().map { index, given in
      let sizes = [1, 1e-300, 1e300, 0, 0.3]
      let weights = given.labels.map { label in
        switch index % 5 {
        case 0: sizes[Int.random(in: 0..<5, using: &random)]
        case 1: label ? 1e300 : 1e-300
        case 2: label ? 3e-301 : 2e300
        case 3: Double.leastNonzeroMagnitude * (20 * random.unit()).rounded(.up)
        default: 1e300 * random.unit()
        }
      }
      return ExactCase(
        labels: given.labels, scores: given.scores, predictions: given.predictions,
        weights: index % 6 == 5 ? nil : weights, shares: shares)
    }
    let answers = try Oracle.performance("exact_binary", cases)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let outcomes = BinaryOutcomes(
        labels: given.labels, scores: given.scores, predictions: given.predictions, weights: given.weights)
      for metric in PerformanceMetric.allCases {
        guard let expected = answer[metric.rawValue] else { continue }
        let measured = outcomes.measure(metric)
        #expect(
          agree(measured, expected), "case \(index), \(metric.rawValue): \(measured), \(expected as Any)")
      }
      // Where a row of weight 1e-300 lies at the border of those of 1e300, no sum tells on which side.
      for share in shares where ![0, 2].contains(index % 5) {
        let measured = outcomes.lift(share: share)
        let expected = try #require(answer["lift_\(share)"])
        #expect(agree(measured, expected), "case \(index), lift \(share): \(measured), \(expected as Any)")
      }
    }
  }

  /// The same rows with weights, of which a tenth are 0.
  static func weighted(_ cases: [Case], seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return cases.map { given in
      var given = given
      given.weights = given.labels.map { _ in random.chance(0.1) ? 0 : 3 * random.unit() }
      given.weights?[0] = 1
      return given
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
