import RefitStatistics
import RefitTesting
import Testing

@Suite struct CategoricalDriftTests {
  struct Case: Encodable {
    var reference: [String: Int]
    var current: [String: Int]
  }

  struct Answer: Decodable {
    var bins: Int
    var statistics: [String: Double?]
  }

  @Test func agreesWithNumpy() throws {
    var random = SeededGenerator(seed: 41)
    let cases = (0..<1_000).map { _ in
      let names = Int.random(in: 1...30, using: &random)
      let side = { () -> [String: Int] in
        var counts = ["always": Int.random(in: 1...50, using: &random)]
        for name in 0..<names where random.chance(0.7) {
          counts["c\(name)"] = Int.random(in: 1...10_000, using: &random)
        }
        return counts
      }
      return Case(reference: side(), current: side())
    }
    for (given, answer) in zip(cases, try Oracle.answers("categorical_drift", cases, as: Answer.self)) {
      let drift = CategoricalReference(counts: given.reference).drift(of: given.current)
      for (name, expected) in answer.statistics {
        let statistic = try #require(DriftStatistic(rawValue: name))
        #expect(
          agree(drift.measure(statistic), expected, relative: name.hasSuffix("pvalue") ? 1e-6 : 1e-9),
          "\(name)")
      }
      #expect(drift.histogram.reference.count == answer.bins)
      let turned = CategoricalReference(counts: given.current).drift(of: given.reference)
      for statistic in [DriftStatistic.psi, .jsDistance, .hellinger, .totalVariation, .lInfinity] {
        #expect(agree(turned.measure(statistic), drift.measure(statistic).value))
      }
      #expect(agree(turned.measure(.klCurrentReference), drift.measure(.klReferenceCurrent).value))
    }
  }

  @Test func newAndVanishedCategoriesCount() {
    let drift = CategoricalReference(counts: ["a": 1, "b": 1]).drift(of: ["a": 1, "c": 1])
    // Twice (0.5 − 0.0001)·ln(5000)
    #expect(agree(drift.psi, 2 * 0.4999 * 8.517193191416238))
    #expect((drift.histogram.reference.count, drift.referenceCount, drift.currentCount) == (3, 2, 2))
    #expect(drift.histogram.psiExpectedUnderNoChange == 2)
    #expect(drift.measure(.ksStatistic) == .undefined("not numeric"))
  }

  @Test func aCategoryThatNeverOccursIsNoBin() {
    let drift = CategoricalReference(counts: ["a": 3, "b": 0]).drift(of: ["a": 2, "c": 0])
    #expect(drift.histogram.reference.count == 1)
    #expect(drift.psi == .defined(0))
  }

  @Test(arguments: [
    ([:], ["a": 1], "empty-reference"), (["a": 1], [:], "empty-current"), ([:], ["a": 0], "empty-both"),
  ])
  func anEmptySideIsUndefined(reference: [String: Int], current: [String: Int], reason: String) {
    let drift = CategoricalReference(counts: reference).drift(of: current)
    #expect(drift.measure(.psi) == .undefined(reason))
    #expect(drift.histogram.psiExpectedUnderNoChange == nil)
  }

  @Test func categoriesCompareByBytes() {
    let (composed, decomposed) = (Category("caf\u{E9}"), Category("cafe\u{301}"))
    #expect(composed.name == decomposed.name && composed != decomposed)
    let drift = CategoricalReference(categories: [composed: 1]).drift(ofCategories: [decomposed: 1])
    #expect(drift.histogram.reference.count == 2)
    let same = CategoricalReference(categories: [composed: 1]).drift(ofCategories: [composed: 5])
    #expect(same.psi == .defined(0))
  }
}
