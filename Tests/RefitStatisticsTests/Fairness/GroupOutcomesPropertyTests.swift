import RefitStatistics
import RefitTesting
import Testing

@Suite struct GroupOutcomesPropertyTests {
  @Test func rowsAndNamesMayComeInAnyOrder() {
    var random = SeededGenerator(seed: 111)
    for _ in 0..<300 {
      let given = GroupOutcomesOracleTests.makeCase(rows: Int.random(in: 2...60, using: &random), &random)
      let order = given.groups.indices.shuffled(using: &random)
      let names = Set(given.groups).shuffled(using: &random)
      let shuffled = GroupOutcomes(
        selected: order.map { given.selected[$0] }, labels: order.map { given.labels[$0] },
        groups: order.map { row in Int32(names.firstIndex(of: given.groups[row]) ?? -1) }, names: names)
      let outcomes = GroupOutcomesOracleTests.outcomes(given)
      for measure in FairnessMeasure.allCases {
        let (one, other) = (
          outcomes.measure(measure, minimumGroup: 3), shuffled.measure(measure, minimumGroup: 3)
        )
        #expect(one.value == other.value)
        #expect(Set(one.leftOut) == Set(other.leftOut))
      }
    }
  }

  @Test func valuesLieBetweenZeroAndOneAndRestOnTheExtremes() throws {
    var random = SeededGenerator(seed: 112)
    for _ in 0..<300 {
      let given = GroupOutcomesOracleTests.makeCase(rows: Int.random(in: 2...60, using: &random), &random)
      let outcomes = GroupOutcomesOracleTests.outcomes(given)
      for measure in FairnessMeasure.allCases {
        let result = outcomes.measure(measure, minimumGroup: 2)
        guard let value = result.value.value else { continue }
        #expect(value >= 0 && value <= 1)
        let worst = try #require(result.worst)
        let (low, high) = (worst.lowest.value, worst.highest.value)
        #expect(agree(value, measure.isRatio ? low / high : high - low))
        for spread in result.spreads {
          let other = measure.isRatio ? try #require(spread.ratio.value) : spread.difference
          #expect(measure.isRatio ? other >= value : other <= value)
          #expect(spread.lowest.rows >= 2 && spread.highest.rows >= 2)
        }
      }
    }
  }

  @Test func countsAddUp() {
    var random = SeededGenerator(seed: 113)
    let given = GroupOutcomesOracleTests.makeCase(rows: 5_000, &random)
    let rates = GroupOutcomesOracleTests.outcomes(given).rates
    #expect(rates.map(\.count).reduce(0, +) == 5_000)
    #expect(rates.map(\.selected).reduce(0, +) == given.selected.count { $0 })
    #expect(rates.compactMap { $0.labelled?.positives }.reduce(0, +) == given.labels.count { $0 })
    let both = zip(given.selected, given.labels).count { $0 && $1 }
    #expect(rates.compactMap { $0.labelled?.truePositives }.reduce(0, +) == both)
  }
}
