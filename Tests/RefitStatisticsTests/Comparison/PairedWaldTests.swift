import RefitStatistics
import RefitTesting
import Testing

@Suite struct PairedWaldTests {
  struct Case: Encodable {
    var candidate: [Bool]
    var champion: [Bool]
  }

  struct Answer: Decodable {
    var difference: Double
    var variance: Double
    var discordant: Int
  }

  @Test func agreesWithTheVarianceOfTheDifferences() throws {
    var random = SeededGenerator(seed: 71)
    let cases = (0..<1_001).map { index in
      let rows = index == 1_000 ? 100_000 : Int.random(in: 1...60, using: &random)
      let (right, changed) = (random.unit(), random.unit())
      let candidate = (0..<rows).map { _ in random.chance(right) }
      return Case(candidate: candidate, champion: candidate.map { random.chance(changed) ? !$0 : $0 })
    }
    for (given, answer) in zip(cases, try Oracle.answers("paired", cases, as: Answer.self)) {
      let comparison = PairedWald.accuracy(
        candidateCorrect: given.candidate, championCorrect: given.champion)
      #expect(agree(comparison.difference, answer.difference))
      let error = try #require(comparison.standardError.value)
      #expect(agree(error * error, answer.variance))
      #expect(comparison.discordant == answer.discordant)
      #expect(comparison.rows == given.candidate.count)
    }
  }

  /// 100 rows of which 12 and 5 are discordant: d = 0.07, variance (17 − 49/100)/10000.
  @Test func knownAnswer() throws {
    let candidate = (0..<100).map { $0 < 80 }
    let champion = (0..<100).map { $0 >= 12 && $0 < 85 }
    let comparison = PairedWald.accuracy(candidateCorrect: candidate, championCorrect: champion)
    #expect((comparison.candidate, comparison.champion) == (.defined(0.8), .defined(0.73)))
    #expect(comparison.discordant == 17)
    #expect(agree(comparison.difference, 0.07))
    #expect(agree(comparison.standardError, 0.001651.squareRoot()))
    let bounds = comparison.bounds(confidence: 0.95)
    #expect(agree(bounds.lower, 0.07 - 1.6448536269514722 * 0.001651.squareRoot()))
    #expect(agree(bounds.upper, 0.07 + 1.6448536269514722 * 0.001651.squareRoot()))
  }

  @Test func noDiscordantRowIsExact() {
    let comparison = PairedWald.accuracy(candidateCorrect: [true, false], championCorrect: [true, false])
    #expect(comparison.discordant == 0)
    #expect(comparison.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 0))
  }

  @Test func noRowsAreUndefined() {
    let comparison = PairedWald.accuracy(candidateCorrect: [], championCorrect: [])
    #expect(comparison.candidate == .undefined("there are no rows"))
    #expect(comparison.bounds(confidence: 0.95) == ConfidenceBounds(lower: -1, upper: 1))
  }

  /// The estimated variance is 0; with n rows alike, a share of 0.05^(1/n) of all at least is.
  @Test(arguments: [(1, -0.9), (2, 2 * 0.223606797749979 - 1), (100, 2 * 0.9704869503929601 - 1)])
  func everyRowDiscordantTheSameWay(rows: Int, lower: Double) {
    let comparison = PairedWald.accuracy(
      candidateCorrect: [Bool](repeating: true, count: rows),
      championCorrect: [Bool](repeating: false, count: rows))
    #expect(comparison.standardError == .defined(0))
    let bounds = comparison.bounds(confidence: 0.95)
    #expect(agree(bounds.lower, lower) && bounds.upper == 1)
  }
}
