import RefitStatistics
import RefitTesting
import Testing

@Suite struct WilsonTests {
  struct Case: Encodable {
    var successes: Int
    var rows: Int
    var confidence: Double
  }

  struct Answer: Decodable {
    var lower: Double
    var upper: Double
  }

  @Test func agreesWithScipy() throws {
    var random = SeededGenerator(seed: 81)
    let cases = (0..<1_000).map { index in
      let rows = Int.random(in: 1...(index % 2 == 0 ? 30 : 1_000_000), using: &random)
      let successes = index % 5 == 0 ? [0, rows][index / 5 % 2] : Int.random(in: 0...rows, using: &random)
      let confidence = [0.8, 0.9, 0.95, 0.99, 0.999][Int.random(in: 0..<5, using: &random)]
      return Case(successes: successes, rows: rows, confidence: confidence)
    }
    for (given, answer) in zip(cases, try Oracle.answers("wilson", cases, as: Answer.self)) {
      let bounds = Wilson.bounds(
        successes: given.successes, of: given.rows, confidence: given.confidence)
      #expect(agree(bounds.lower, answer.lower), "\(given)")
      #expect(agree(bounds.upper, answer.upper), "\(given)")
    }
  }

  @Test func noRowsSayNothing() {
    #expect(Wilson.bounds(successes: 0, of: 0, confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 1))
  }

  @Test func noneAndAllReachTheEnds() {
    #expect(Wilson.bounds(successes: 0, of: 7, confidence: 0.95).lower == 0)
    #expect(Wilson.bounds(successes: 7, of: 7, confidence: 0.95).upper == 1)
  }

  @Test func successesAndFailuresMirror() {
    for successes in 0...23 {
      let one = Wilson.bounds(successes: successes, of: 23, confidence: 0.97)
      let other = Wilson.bounds(successes: 23 - successes, of: 23, confidence: 0.97)
      #expect(agree(one.lower, 1 - other.upper) && agree(one.upper, 1 - other.lower))
    }
  }

  @Test func halfConfidenceIsThePoint() {
    let bounds = Wilson.bounds(successes: 3, of: 10, confidence: 0.5)
    #expect(agree(bounds.lower, 0.3) && agree(bounds.upper, 0.3))
  }
}
