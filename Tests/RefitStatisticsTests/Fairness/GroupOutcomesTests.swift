import RefitStatistics
import Testing

@Suite struct GroupOutcomesTests {
  /// Group a: 10 rows, 6 selected; 5 positive labels, 4 of them selected. Group b: 10, 3; 4, 2.
  private let two: GroupOutcomes = {
    let rows: [(group: Int32, selected: Bool, label: Bool, times: Int)] = [
      (0, true, true, 4), (0, false, true, 1), (0, true, false, 2), (0, false, false, 3),
      (1, true, true, 2), (1, false, true, 2), (1, true, false, 1), (1, false, false, 5),
    ]
    let all = rows.flatMap { row in [(Int32, Bool, Bool)](repeating: (row.0, row.1, row.2), count: row.3) }
    return GroupOutcomes(
      selected: all.map(\.1), labels: all.map(\.2), groups: all.map(\.0), names: ["a", "b"])
  }()

  private static let expected: [FairnessMeasure: Double] = [
    .demographicParityDifference: 0.3, .demographicParityRatio: 0.5,
    .equalOpportunityDifference: 0.3, .equalOpportunityRatio: 0.625,
    .equalizedOddsDifference: 0.3, .equalizedOddsRatio: (1.0 / 6) / 0.4,
  ]

  @Test(arguments: expected) func twoGroups(measure: FairnessMeasure, expected: Double) {
    let result = two.measure(measure, minimumGroup: 4)
    #expect(agree(result.value, expected))
    #expect(result.leftOut.isEmpty)
    #expect(result.worst?.lowest.group == "b" && result.worst?.highest.group == "a")
  }

  /// Group a: of 5 selected rows 4 have a positive label, 8 of 10 rows are right. Group b: 2 of 4, 6 of 8.
  @Test func predictiveParityComparesPrecisionAndAccuracyParityAccuracy() {
    let decided: [(Int32, selected: Bool, label: Bool, times: Int)] = [
      (0, true, true, 4), (0, false, true, 1), (0, true, false, 1), (0, false, false, 4),
      (1, true, true, 2), (1, true, false, 2), (1, false, false, 4),
    ]
    let rows = decided.flatMap {
      [(Int32, selected: Bool, label: Bool)](repeating: ($0.0, $0.1, $0.2), count: $0.times)
    }
    let outcomes = GroupOutcomes(
      selected: rows.map(\.selected), labels: rows.map(\.label), groups: rows.map(\.0), names: ["a", "b"])
    let expected: [FairnessMeasure: (value: Double, rows: Int)] = [
      .predictiveParityDifference: (0.3, 4), .predictiveParityRatio: (0.625, 4),
      .accuracyParityDifference: (0.05, 8), .accuracyParityRatio: (0.9375, 8),
    ]
    for (measure, expected) in expected {
      let result = outcomes.measure(measure, minimumGroup: 4)
      #expect(agree(result.value, expected.value), "\(measure.rawValue)")
      #expect(result.worst?.lowest.group == "b" && result.worst?.lowest.rows == expected.rows)
    }
    let small = outcomes.measure(.predictiveParityRatio, minimumGroup: 5)
    #expect(
      small.value == .undefined("only one group has at least 5 selected rows, and two are needed"))
    #expect(small.leftOut.map(\.reason) == ["4 selected rows, fewer than 5"])
  }

  @Test func everyRateOfAGroup() {
    let rates = two.rates[0]
    let expected: [GroupRate: Double] = [
      .selectionRate: 0.6, .truePositiveRate: 0.8, .falsePositiveRate: 0.4, .falseNegativeRate: 0.2,
      .trueNegativeRate: 0.6, .precision: 2.0 / 3, .accuracy: 0.7,
    ]
    #expect(expected.count == GroupRate.allCases.count)
    for (rate, value) in expected { #expect(agree(rates.value(of: rate), value), "\(rate)") }
    #expect(GroupRate.allCases.map { rates.denominator(of: $0) } == [10, 5, 5, 5, 5, 6, 10])
  }

  @Test func equalizedOddsNamesTheWorseRate() throws {
    let difference = two.measure(.equalizedOddsDifference, minimumGroup: 1)
    #expect(difference.worst?.rate == .truePositiveRate)
    let ratio = two.measure(.equalizedOddsRatio, minimumGroup: 1)
    let worst = try #require(ratio.worst)
    #expect(worst.rate == .falsePositiveRate)
    #expect((worst.lowest.group, worst.lowest.value, worst.lowest.rows) == ("b", 1.0 / 6, 6))
    #expect((worst.highest.group, worst.highest.value, worst.highest.rows) == ("a", 0.4, 5))
    #expect(ratio.spreads.map(\.rate) == [.truePositiveRate, .falsePositiveRate])
  }

  /// Group b has four positive labels: a bound of five leaves it out of the true positive rate only.
  @Test func minimumGroupCountsTheDenominator() throws {
    let opportunity = two.measure(.equalOpportunityRatio, minimumGroup: 5)
    #expect(
      opportunity.value
        == .undefined("only one group has at least 5 rows with a positive label, and two are needed"))
    #expect(opportunity.leftOut.count == 1)
    let leftOut = try #require(opportunity.leftOut.first)
    #expect((leftOut.group, leftOut.rate, leftOut.rows) == ("b", .truePositiveRate, 4))
    #expect(leftOut.reason == "4 rows with a positive label, fewer than 5")
    #expect(opportunity.worst == nil && opportunity.spreads.isEmpty)
    #expect(two.measure(.demographicParityRatio, minimumGroup: 5).value.value != nil)
    let odds = two.measure(.equalizedOddsDifference, minimumGroup: 5)
    #expect(odds.value.value == nil && odds.spreads.map(\.rate) == [.falsePositiveRate])
    #expect(
      two.measure(.demographicParityRatio, minimumGroup: 11).value
        == .undefined("no group has at least 11 rows, and two are needed"))
  }

  @Test func rowsWithoutAGroupAreInNone() {
    let outcomes = GroupOutcomes(
      selected: [true, false, true, true], labels: [true, true, true, false], groups: [-1, 0, -1, 1],
      names: ["a", "b"])
    #expect(outcomes.missing == 2)
    #expect(outcomes.rates.map(\.count) == [1, 1])
    #expect(outcomes.measure(.demographicParityDifference, minimumGroup: 1).value == .defined(1))
  }

  @Test func withoutLabelsOnlySelectionIsKnown() {
    let outcomes = GroupOutcomes(selected: [true, false], labels: nil, groups: [0, 1], names: ["a", "b"])
    #expect(outcomes.measure(.demographicParityRatio, minimumGroup: 1).value == .defined(0))
    for measure in FairnessMeasure.allCases where measure.rates != [.selectionRate] {
      let result = outcomes.measure(measure, minimumGroup: 1)
      #expect(result.value == .undefined("there are no labels"))
      #expect(result.leftOut.allSatisfy { $0.reason == "there are no labels" })
      #expect(result.leftOut.count == 2 * measure.rates.count)
    }
    #expect(outcomes.rates[0].truePositiveRate == .undefined("there are no labels"))
    #expect(outcomes.rates[0].selectionRate == .defined(1))
  }

  @Test(arguments: FairnessMeasure.allCases)
  func nothingIsUndefined(measure: FairnessMeasure) {
    let empty = GroupOutcomes(selected: [], labels: [], groups: [], names: [])
    #expect(empty.measure(measure, minimumGroup: 0).value.reason?.isEmpty == false)
    let names = GroupOutcomes(selected: [], labels: [], groups: [], names: ["a", "b"])
    let result = names.measure(measure, minimumGroup: 0)
    #expect(result.value.value == nil && Set(result.leftOut.map(\.group)) == ["a", "b"])
  }

  @Test func aRateThatIsZeroEverywhereHasNoRatio() {
    let outcomes = GroupOutcomes(
      selected: [true, false, true, false], labels: [true, false, true, false], groups: [0, 0, 1, 1],
      names: ["a", "b"])
    #expect(outcomes.measure(.equalOpportunityRatio, minimumGroup: 1).value == .defined(1))
    let odds = outcomes.measure(.equalizedOddsRatio, minimumGroup: 1)
    #expect(odds.value == .undefined("the false_positive_rate is 0 in each group, and 0/0 is no ratio"))
    #expect(odds.worst == nil && odds.spreads.count == 2)
    #expect(outcomes.measure(.equalizedOddsDifference, minimumGroup: 1).value == .defined(0))
  }
}
