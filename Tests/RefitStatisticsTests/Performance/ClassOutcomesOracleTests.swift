import RefitStatistics
import RefitTesting
import Testing

@Suite struct ClassOutcomesOracleTests {
  struct Case: Codable {
    var classes: Int
    var labels: [Int]
    var predictions: [Int]
    var scores: [[Double]]
    var weights: [Double]?

    var outcomes: ClassOutcomes {
      ClassOutcomes(
        classes: (0..<classes).map { "c\($0)" }, labels: labels, predictions: predictions, scores: scores,
        weights: weights)
    }
  }

  private struct ModelCase: Encodable {
    var kind = "multiclass"
    var dataset: String
    var model: String
    var weighted: Bool
    var seed: Int
  }

  private struct ModelAnswer: Decodable {
    var rows: Case
    var expected: [String: Double?]
  }

  @Test func agreesWithScikitLearn() throws {
    let cases = ClassOutcomesOracleTests.smallCases(70, seed: 31)
    let answers = try Oracle.performance("multiclass", cases, as: [String: Double?].self)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      try expectAgreement(given, answer, "case \(index)")
    }
  }

  @Test func agreesOnWhatModelsSayOfIrisesAndWines() throws {
    let cases = ["iris", "wine"].flatMap { dataset in
      ["forest", "logistic"].flatMap { model in
        [false, true].map { ModelCase(dataset: dataset, model: model, weighted: $0, seed: 3) }
      }
    }
    for (given, answer) in try zip(cases, Oracle.performance("model", cases, as: ModelAnswer.self)) {
      #expect(answer.rows.labels.count >= 75)
      try expectAgreement(answer.rows, answer.expected, "\(given)")
    }
  }

  private func expectAgreement(_ given: Case, _ answer: [String: Double?], _ name: String) throws {
    for metric in ClassMetric.allCases {
      let expected = try #require(answer[metric.rawValue])
      let measured = given.outcomes.measure(metric)
      #expect(agree(measured, expected), "\(name), \(metric.rawValue): \(measured), \(expected as Any)")
      guard let byDefault = answer["\(metric.rawValue)_default"] else { continue }
      let zero = measured.value ?? given.outcomes.zeroDivision(metric)
      #expect(
        agree(zero.map { .defined($0) } ?? measured, byDefault),
        "\(name), \(metric.rawValue) by default: \(zero as Any), \(byDefault as Any)")
    }
  }

  /// 1 to 40 rows of 2 to 5 classes, some of which have no label or no prediction; coarse scores that add up to 1.
  static func smallCases(_ count: Int, seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let rows = Int.random(in: 1...40, using: &random)
      let classes = Int.random(in: 2...5, using: &random)
      let labelled = Int.random(in: 1...classes, using: &random)
      var scores = [[Double]](repeating: [], count: classes)
      for _ in 0..<rows {
        let points = (0..<classes).map { _ in Double(Int.random(in: 0...4, using: &random)) }
        let sum = points.reduce(0, +)
        for place in points.indices {
          scores[place].append(sum == 0 ? 1 / Double(classes) : points[place] / sum)
        }
      }
      var weights: [Double]?
      if index % 2 == 1 {
        weights = (0..<rows).map { $0 > 0 && random.chance(0.1) ? 0 : 3 * random.unit() }
      }
      return Case(
        classes: classes, labels: (0..<rows).map { _ in Int.random(in: 0..<labelled, using: &random) },
        predictions: (0..<rows).map { _ in Int.random(in: 0..<classes, using: &random) }, scores: scores,
        weights: weights)
    }
  }
}
