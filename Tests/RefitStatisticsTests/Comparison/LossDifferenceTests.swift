import RefitStatistics
import RefitTesting
import Testing

/// The paired t-test and the signed-rank test.
@Suite struct LossDifferenceTests {
  struct Case: Encodable {
    var candidate: [Double]
    var champion: [Double]
    var confidence: Double
  }

  struct Answer: Decodable {
    var t: [Double]
    var bounds: [Double]
    var wilcoxon: [Double]
    var method: String
  }

  /// From 3 rows to 3,000, with and without ties, zeros, a large shift and a common size of 1e-200 or 1e150.
  static func cases() -> [Case] {
    var random = SeededGenerator(seed: 92)
    return (0..<240).map { index in
      let rows = index == 0 ? 3_000 : Int.random(in: 3...(index % 2 == 0 ? 50 : 120), using: &random)
      let shift = [0, 0.1, 1, 5][index % 4]
      let size = index % 40 == 7 ? 1e-150 : index % 40 == 9 ? 1e150 : 1
      let candidate = (0..<rows).map { _ in (random.bell() + shift) * size }
      let champion = candidate.map { _ in random.bell() * size }
      if index % 3 > 0 { return Case(candidate: candidate, champion: champion, confidence: 0.95) }
      return Case(
        candidate: candidate.map { ($0 / size * 2).rounded() }, champion: champion.map { ($0 / size * 2).rounded() },
        confidence: 0.99)
    }
  }

  @Test func `statistics, p-values and bounds are scipy's`() throws {
    let cases = Self.cases()
    for (given, answer) in zip(cases, try Oracle.comparison("losses", cases, as: Answer.self)) {
      let paired = PairedT(candidate: given.candidate, champion: given.champion)
      let bounds = try #require(paired.bounds(confidence: given.confidence))
      let size = max(abs(bounds.lower), abs(bounds.upper))
      #expect(abs(bounds.lower - answer.bounds[0]) <= 1e-9 * size)
      #expect(abs(bounds.upper - answer.bounds[1]) <= 1e-9 * size)
      #expect(agree(values(paired.test), answer.t))
      let ranked = SignedRank.test(candidate: given.candidate, champion: given.champion)
      #expect(agree(values(ranked), answer.wilcoxon), "\(ranked) \(answer)")
      #expect(ranked.method == answer.method)
    }
  }

  private func values(_ test: DifferenceTest) -> [Double] {
    [test.statistic, test.pValue, test.pValueGreater, test.pValueLess].map { $0.value ?? .nan }
  }

  private func agree(_ ours: [Double], _ theirs: [Double]) -> Bool {
    zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-6 * abs($1) + 1e-12 && ($0 > 0) == ($1 > 0) }
  }

  @Test func `exchanging the models turns the sign`() {
    for given in Self.cases() {
      let one = PairedT(candidate: given.candidate, champion: given.champion)
      let other = PairedT(candidate: given.champion, champion: given.candidate)
      #expect(one.difference.value == other.difference.value.map { -$0 })
      #expect(one.standardError == other.standardError && one.test.pValue == other.test.pValue)
      let ranked = SignedRank.test(candidate: given.candidate, champion: given.champion)
      let turned = SignedRank.test(candidate: given.champion, champion: given.candidate)
      #expect(ranked.pValueGreater == turned.pValueLess)
    }
  }

  @Test func `what has no variance has no test`() {
    let none = PairedT(candidate: [], champion: [])
    #expect(none.difference == .undefined("there are no rows") && none.bounds(confidence: 0.95) == nil)
    let one = PairedT(candidate: [2], champion: [1])
    #expect(one.difference == .defined(1) && one.standardError == .undefined("one row has no variance"))
    #expect(one.test.pValue == .undefined("one row has no variance"))
    let same = PairedT(candidate: [0.1, 0.3], champion: [0.1, 0.3])
    #expect(same.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 0))
    #expect(same.test.pValue == .undefined("every row has the same difference of losses"))
    let shifted = PairedT(candidate: [3, 4, 5], champion: [2, 3, 4])
    #expect(shifted.standardError == .defined(0) && shifted.bounds(confidence: 0.95) == nil)
    #expect(SignedRank.test(candidate: [1, 2], champion: [1, 2]).pValue == .undefined("no row differs"))
    #expect(SignedRank.test(candidate: [], champion: []).pValue == .undefined("no row differs"))
  }

  @Test(arguments: [Double.nan, .infinity])
  func `losses that are not finite are refused`(loss: Double) {
    let paired = PairedT(candidate: [1, loss, 2], champion: [1, 2, 3])
    #expect(paired.difference == .undefined("1 of 3 candidate losses are not finite numbers"))
    #expect(SignedRank.test(candidate: [1, loss, 2], champion: [1, 2, 3]).pValue.value == nil)
    #expect(SignedRank.test(candidate: [.greatestFiniteMagnitude], champion: [-.greatestFiniteMagnitude]).pValue.value == nil)
  }

  @Test func `sizes at the end of what a Double holds`() {
    let largest = Double.greatestFiniteMagnitude
    let paired = PairedT(candidate: [largest, -largest, largest], champion: [0, 0, 0])
    #expect(agree([paired.difference.value ?? 0], [largest / 3]))
    #expect(agree([paired.test.statistic.value ?? 0], [0.5]))
  }
}
