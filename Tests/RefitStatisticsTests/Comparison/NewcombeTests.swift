import RefitStatistics
import RefitTesting
import Testing

@Suite struct NewcombeTests {
  struct Case: Encodable {
    /// Rows that are right, of how many.
    var recall: [Int]
    var specificity: [Int]
    var confidence: Double

    var outcomes: BinaryOutcomes {
      func rows(_ counts: [Int]) -> [Bool] { (0..<counts[1]).map { $0 < counts[0] } }
      let (positives, negatives) = (rows(recall), rows(specificity))
      return BinaryOutcomes(
        labels: positives.map { _ in true } + negatives.map { _ in false }, scores: nil,
        predictions: positives + negatives.map { !$0 })
    }
  }

  struct Answer: Decodable {
    var lower: Double
    var upper: Double
  }

  @Test func `balanced accuracy's bounds are Newcombe's`() throws {
    var random = SeededGenerator(seed: 82)
    var cases = [Case(recall: [3, 3], specificity: [900, 1_000], confidence: 0.95)]
    cases += (0..<300).map { index in
      func counts() -> [Int] {
        let rows = Int.random(in: 1...(index % 2 == 0 ? 20 : 2_000), using: &random)
        return [index % 5 == 0 ? rows : Int.random(in: 0...rows, using: &random), rows]
      }
      return Case(recall: counts(), specificity: counts(), confidence: random.pick([0.8, 0.9, 0.95, 0.99]))
    }
    for (given, answer) in zip(cases, try Oracle.answers("newcombe", cases, as: Answer.self)) {
      let estimate = try #require(given.outcomes.estimate(.balancedAccuracy, confidence: given.confidence))
      #expect(agree(try #require(estimate.lower), answer.lower), "\(given)")
      #expect(agree(try #require(estimate.upper), answer.upper), "\(given)")
    }
  }

  /// Wald's bound was 0.942: three rows of a class are not that sure.
  @Test func `three rows that are right leave the rate of their class open`() throws {
    let given = Case(recall: [3, 3], specificity: [900, 1_000], confidence: 0.95)
    let interval = given.outcomes.scored(
      [.named(.balancedAccuracy)], confidence: 0.9, ResamplingPlan(resamples: 10, seed: 1))[0].interval
    let found = try #require(interval.value)
    #expect(found.method == .newcombe && found.lower < 0.75 && found.upper < 0.96)
  }
}
