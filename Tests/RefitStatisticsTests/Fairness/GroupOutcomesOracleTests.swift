import RefitStatistics
import RefitTesting
import Testing

@Suite struct GroupOutcomesOracleTests {
  struct Case: Encodable {
    var selected: [Bool]
    var labels: [Bool]
    var groups: [String]
    /// Whether to ask fairlearn's functions, or only its MetricFrame, which is four times as fast.
    var functions = true
  }

  struct Answer: Decodable {
    var rates: [String: [String: Double]]
    var measures: [String: Double?]
  }

  @Test func agreesWithFairlearn() throws {
    var random = SeededGenerator(seed: 101)
    let cases = (0..<41).map { index in
      let rows = index == 0 ? 100_000 : Int.random(in: 2...80, using: &random)
      var given = Self.makeCase(rows: rows, &random)
      given.functions = index < 4
      return given
    }
    let answers = try Oracle.answers("rates", cases, as: Answer.self, from: "fairness_oracle.py")
    var compared = 0
    for (given, answer) in zip(cases, answers) {
      let outcomes = Self.outcomes(given)
      try expectRates(outcomes, answer)
      let everyRateExists = outcomes.rates.allSatisfy { group in
        GroupRate.allCases.allSatisfy { group.denominator(of: $0) > 0 }
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
    #expect(compared > 150)
  }

  /// Of the first case: fairlearn counts a rate without rows as 0, and so reports the greatest unfairness
  /// where nothing is known (group b has no positive label). We leave the group out, by name. Of the second:
  /// nobody is selected, and 0/0 is no ratio for either of us.
  @Test func aRateWithoutRowsIsNotZero() throws {
    let noPositives = Case(
      selected: [true, true, false, true, false], labels: [true, true, false, false, false],
      groups: ["a", "a", "a", "b", "b"])
    let noneSelected = Case(
      selected: [false, false, false, false], labels: [true, false, true, false],
      groups: ["a", "a", "b", "b"])
    let answers = try Oracle.answers(
      "rates", [noPositives, noneSelected], as: Answer.self, from: "fairness_oracle.py")

    #expect(answers[0].rates["true_positive_rate"]?["b"] == 0)
    #expect(answers[0].measures["equal_opportunity_difference"] == 1)
    let outcomes = Self.outcomes(noPositives)
    #expect(outcomes.rates[1].truePositiveRate.value == nil)
    let result = outcomes.measure(.equalOpportunityDifference, minimumGroup: 1)
    #expect(result.value.value == nil)
    #expect(result.leftOut.map(\.group) == ["b"])

    #expect(
      answers[1].measures["predictive_parity_difference"] == 0, "no precision counts as equal precision")
    #expect(
      Self.outcomes(noneSelected).measure(.predictiveParityDifference, minimumGroup: 1).value.value == nil)
    for measure in FairnessMeasure.allCases where measure != .predictiveParityDifference {
      let value = Self.outcomes(noneSelected).measure(measure, minimumGroup: 1).value
      #expect(agree(value, try #require(answers[1].measures[measure.rawValue])), "\(measure.rawValue)")
    }
  }

  private func expectRates(_ outcomes: GroupOutcomes, _ answer: Answer) throws {
    for group in outcomes.rates {
      for rate in GroupRate.allCases {
        let expected = try #require(answer.rates[rate.rawValue]?[group.group])
        #expect(
          agree(group.value(of: rate), group.denominator(of: rate) == 0 ? nil : expected), "\(rate.rawValue)")
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
