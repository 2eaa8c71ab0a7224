import RefitStatistics
import Testing

@Suite struct GroupOutcomesOracleTests {
  struct Case: Encodable {
    var selected: [Bool]
    var labels: [Bool]
    var groups: [String]
  }

  struct Answer: Decodable {
    var rates: [String: [String: Double]]
    var measures: [String: Double?]
  }

  @Test func agreesWithFairlearn() throws {
    var random = SeededGenerator(seed: 101)
    let cases = (0..<150).map { index in
      Self.makeCase(rows: index == 149 ? 100_000 : Int.random(in: 2...80, using: &random), &random)
    }
    let answers = try Oracle.answers("fairness", cases, as: Answer.self)
    var compared = 0
    for (given, answer) in zip(cases, answers) {
      let outcomes = Self.outcomes(given)
      try expectRates(outcomes, answer)
      let everyRateExists = outcomes.rates.allSatisfy { group in
        GroupRate.allCases.prefix(3).allSatisfy { group.denominator(of: $0) > 0 }
      }
      guard everyRateExists, outcomes.rates.count > 1 else { continue }
      for measure in FairnessMeasure.allCases {
        let result = outcomes.measure(measure, minimumGroup: 1)
        guard result.value.reason?.contains("0/0") != true else { continue }
        let expected = try #require(answer.measures[measure.rawValue] ?? nil)
        #expect(agree(result.value, expected), "\(measure.rawValue): \(result.value), fairlearn \(expected)")
        compared += 1
      }
    }
    #expect(compared > 400)
  }

  /// fairlearn counts a rate without rows as 0, and so reports the greatest unfairness where nothing is known:
  /// here group b has no positive label. We leave the group out, by name.
  @Test func aRateWithoutRowsIsNotZero() throws {
    let given = Case(
      selected: [true, true, false, true, false], labels: [true, true, false, false, false],
      groups: ["a", "a", "a", "b", "b"])
    let answer = try #require(Oracle.answers("fairness", [given], as: Answer.self).first)
    #expect(answer.rates["true_positive_rate"]?["b"] == 0)
    #expect(answer.measures["equal_opportunity_difference"] == 1)
    let outcomes = Self.outcomes(given)
    #expect(outcomes.rates[1].truePositiveRate.value == nil)
    let result = outcomes.measure(.equalOpportunityDifference, minimumGroup: 1)
    #expect(result.value.value == nil)
    #expect(result.leftOut.map(\.group) == ["b"])
  }

  /// Nobody is selected: fairlearn has no number for the ratio, and neither have we.
  @Test func aRatioOfZeroToZeroIsUndefinedInBoth() throws {
    let given = Case(
      selected: [false, false, false, false], labels: [true, false, true, false],
      groups: ["a", "a", "b", "b"])
    let answer = try #require(Oracle.answers("fairness", [given], as: Answer.self).first)
    let outcomes = Self.outcomes(given)
    for measure in FairnessMeasure.allCases {
      let value = outcomes.measure(measure, minimumGroup: 1).value
      #expect(agree(value, try #require(answer.measures[measure.rawValue])), "\(measure.rawValue)")
    }
  }

  private func expectRates(_ outcomes: GroupOutcomes, _ answer: Answer) throws {
    for group in outcomes.rates {
      for rate in [GroupRate.selectionRate, .truePositiveRate, .falsePositiveRate] {
        let expected = try #require(answer.rates[rate.rawValue]?[group.group])
        #expect(agree(group.value(of: rate), group.denominator(of: rate) == 0 ? nil : expected))
      }
    }
  }

  static func makeCase(rows: Int, _ random: inout SeededGenerator) -> Case {
    let names = Int.random(in: 1...4, using: &random)
    let groups = (0..<rows).map { _ in Int.random(in: 0..<names, using: &random) }
    let labels = groups.map { group in random.chance(0.3 + 0.1 * Double(group)) }
    return Case(
      selected: zip(groups, labels).map { group, label in
        random.chance((label ? 0.7 : 0.2) - 0.05 * Double(group))
      }, labels: labels, groups: groups.map { "group \($0)" })
  }

  static func outcomes(_ given: Case) -> GroupOutcomes {
    let names = Set(given.groups).sorted()
    let index = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    return GroupOutcomes(
      selected: given.selected, labels: given.labels, groups: given.groups.map { index[$0] ?? -1 },
      names: names)
  }
}
