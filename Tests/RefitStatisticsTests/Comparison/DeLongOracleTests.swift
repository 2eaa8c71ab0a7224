import RefitStatistics
import RefitTesting
import Testing

@Suite struct DeLongOracleTests {
  struct Case: Encodable {
    var labels: [Bool]
    var candidate: [Double]
    var champion: [Double]
  }

  struct Answer: Decodable {
    var areas: [Double]
    var variances: [Double?]
    var difference: Double
    var differenceVariance: Double?
  }

  @Test func agreesWithTheDefinition() throws {
    let cases =
      Self.smallCases(1_500, seed: 51) + [Self.largeCase(rows: 4_000, seed: 52)]
      + [Self.largeCase(rows: 100_000, seed: 53)]
    let answers = try Oracle.answers("delong", cases, as: Answer.self)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let comparison = DeLong.compare(
        labels: given.labels, candidate: given.candidate, champion: given.champion)
      for (model, scores) in [given.candidate, given.champion].enumerated() {
        let estimate = DeLong.estimate(labels: given.labels, scores: scores)
        #expect(agree(estimate.area, answer.areas[model]), "case \(index)")
        #expect(agree(estimate.variance, answer.variances[model]), "case \(index)")
        #expect(estimate.area == (model == 0 ? comparison.candidate : comparison.champion))
      }
      let error = comparison.standardError.value
      #expect(agree(comparison.difference, answer.difference), "case \(index)")
      #expect((error == nil) == (answer.differenceVariance == nil), "case \(index)")
      if let error, let expected = answer.differenceVariance {
        #expect(agree(error * error, expected), "case \(index): \(error * error), \(expected)")
      }
      #expect(comparison.rows == given.labels.count)
    }
  }

  /// 2 to 60 rows with both classes and many ties; the models agree on a random share of the rows.
  static func smallCases(_ count: Int, seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let rows = Int.random(in: 2...60, using: &random)
      let grid = Double(Int.random(in: 1...20, using: &random))
      let shared = random.unit()
      let share = Double.random(in: 0.1...0.9, using: &random)
      let labels = [true, false] + (0..<rows - 2).map { _ in random.chance(share) }
      let candidate = labels.map { label in ((random.unit() + (label ? 0.3 : 0)) * grid).rounded() }
      let champion = candidate.map { random.chance(shared) ? $0 : (random.unit() * grid).rounded() }
      return Case(labels: labels, candidate: candidate, champion: champion)
    }
  }

  static func largeCase(rows: Int, seed: UInt64) -> Case {
    var random = SeededGenerator(seed: seed)
    let labels = (0..<rows).map { _ in random.chance(0.3) }
    let truth = labels.map { label in (label ? 0.8 : 0) + random.bell() }
    return Case(
      labels: labels, candidate: truth.map { $0 + 0.5 * random.bell() },
      champion: truth.map { (($0 + 0.6 * random.bell()) * 50).rounded() / 50 })
  }
}
