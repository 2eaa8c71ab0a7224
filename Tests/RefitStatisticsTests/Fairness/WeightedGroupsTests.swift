import RefitTesting
import Testing

@testable import RefitStatistics

/// Groups whose rows have weights, against fairlearn's `MetricFrame` with `sample_params` and numpy's resamples.
@Suite struct WeightedGroupsTests {
  struct Case: Encodable {
    var selected: [Bool]
    var labels: [Bool]
    var groups: [String]
    var weights: [Double]
    var functions = false
    var confidence = 0.95
    var resamples = 4_000

    var outcomes: GroupOutcomes {
      GroupOutcomes(
        selected: selected, labels: labels, weights: weights, groups: GroupColumnTests.column("g", groups))
    }
  }

  static func makeCase(rows: Int, _ random: inout SeededGenerator) -> Case {
    let plain = GroupOutcomesOracleTests.makeCase(rows: rows, &random)
    return Case(
      selected: plain.selected, labels: plain.labels, groups: plain.groups,
      weights: plain.groups.map { _ in random.chance(0.1) ? 20 * random.unit() : random.unit() + 0.1 })
  }

  @Test func agreesWithFairlearn() throws {
    var random = SeededGenerator(seed: 211)
    let cases = (0..<14).map { Self.makeCase(rows: $0 == 0 ? 50_000 : 30 + 20 * $0, &random) }
    let answers = try Oracle.answers(
      "rates", cases, as: GroupOutcomesOracleTests.Answer.self, from: "fairness_oracle.py")
    var compared = 0
    for (given, answer) in zip(cases, answers) {
      let outcomes = given.outcomes
      for group in outcomes.rates {
        #expect(group.count == given.groups.count { $0 == group.group }, "a count of rows stays one")
        for rate in GroupRate.allCases where group.denominator(of: rate) > 0 {
          #expect(agree(group.value(of: rate), answer.rates[rate.rawValue]?[group.group]), "\(rate.rawValue)")
        }
      }
      let everyRateExists = outcomes.rates.allSatisfy { group in
        GroupRate.allCases.allSatisfy { group.denominator(of: $0) > 0 }
      }
      guard everyRateExists, outcomes.rates.count > 1 else { continue }
      for measure in FairnessMeasure.allCases {
        let result = outcomes.measure(measure, minimumGroup: 1)
        let expected = try #require(answer.measures[measure.rawValue] ?? nil)
        #expect(agree(result.value, expected), "\(measure.rawValue)")
        compared += 1
      }
    }
    #expect(compared > 60)
  }

  @Test func theGroupsAverageToTheWhole() throws {
    var random = SeededGenerator(seed: 212)
    let given = Self.makeCase(rows: 500, &random)
    let whole = BinaryOutcomes(
      labels: given.labels, scores: nil, predictions: given.selected, weights: given.weights)
    var sum = 0.0
    for group in given.outcomes.rates {
      let weight = zip(given.groups, given.weights).reduce(0) { $0 + ($1.0 == group.group ? $1.1 : 0) }
      sum += weight * (try #require(group.value(of: .accuracy).value))
    }
    let accuracy = try #require(whole.measure(.accuracy).value)
    #expect(agree(sum / given.weights.reduce(0, +), accuracy))
  }

  @Test func equalWeightsAreNoWeights() throws {
    var random = SeededGenerator(seed: 213)
    var given = Self.makeCase(rows: 300, &random)
    given.weights = [Double](repeating: 3, count: 300)
    let column = GroupColumnTests.column("g", given.groups)
    let plain = GroupOutcomes(selected: given.selected, labels: given.labels, groups: column)
    for measure in FairnessMeasure.allCases {
      let (one, other) = (
        given.outcomes.measure(measure, minimumGroup: 40), plain.measure(measure, minimumGroup: 40)
      )
      #expect(agree(one.value, other.value.value), "\(measure.rawValue)")
      #expect(one.leftOut == other.leftOut)
    }
  }

  @Test func aGroupThatWeighsNothingIsLeftOutByName() throws {
    let column = GroupColumn(name: "g", codes: [0, 0, 1, 1, 2, 2], names: ["a", "b", "c"])
    let outcomes = GroupOutcomes(
      selected: [true, false, true, true, false, true], labels: [true, false, true, true, true, false],
      weights: [1, 3, 0, 0, 2, 2], groups: column)
    let result = outcomes.measure(.demographicParityDifference, minimumGroup: 2)
    #expect(result.value == .defined(0.25))
    #expect(result.leftOut.map(\.group) == ["b"])
    #expect(result.leftOut[0].reason == "2 rows, which weigh nothing")
    let errors = GroupErrors(
      targets: [0, 0, 0, 0, 0, 0], predictions: [1, 2, 5, 5, 4, 8], weights: [1, 3, 0, 0, 2, 2],
      groups: column)
    let difference = errors.measure(.maeDifference, minimumGroup: 1)
    #expect(difference.value == .defined(6 - 1.75))
    #expect(difference.leftOut == ["b"])
  }

  // MARK: - Intervals

  @Test func boundsAreThoseOfResamplingRowsByNumpy() throws {
    var random = SeededGenerator(seed: 214)
    let cases = [150, 500, 1_200].map { Self.makeCase(rows: $0, &random) }
    let answers = try Oracle.answers(
      "resampled_rows", cases, as: [String: [Double]].self, from: "fairness_oracle.py")
    var compared = 0
    for (given, answer) in zip(cases, answers) where Set(given.groups).count > 1 {
      let bootstrap = FairnessBootstrap(given.outcomes, ResamplingPlan(resamples: 4_000, seed: 17))
      for measure in FairnessMeasure.allCases {
        let distribution = try #require(bootstrap.distribution(of: measure, minimumGroup: 1))
        expectBounds(distribution, try #require(answer[measure.rawValue]), measure.rawValue)
        compared += 1
      }
    }
    #expect(compared > 10)
  }

  @Test func errorsOfGroupsHaveTheBoundsOfResamplingRowsByNumpy() throws {
    struct Errors: Encodable {
      var targets: [Double]
      var predictions: [Double]
      var groups: [String]
      var weights: [Double]
      var confidence = 0.95
      var resamples = 4_000
    }
    var random = SeededGenerator(seed: 215)
    let cases = [(100, false), (800, true), (2_500, true)].map { rows, isWeighted in
      Errors(
        targets: (0..<rows).map { _ in random.bell() },
        predictions: (0..<rows).map { 2 * random.bell() + Double($0 % 3) },
        groups: (0..<rows).map { ["a", "b", "c"][$0 % 3] },
        weights: (0..<rows).map { _ in isWeighted ? random.unit() * random.unit() * 5 : 1 })
    }
    let answers = try Oracle.answers(
      "resampled_rows", cases, as: [String: [Double]].self, from: "fairness_oracle.py")
    for (given, answer) in zip(cases, answers) {
      let column = GroupColumnTests.column("g", given.groups)
      let weights = given.weights.allSatisfy { $0 == 1 } ? nil : given.weights
      let errors = GroupErrors(
        targets: given.targets, predictions: given.predictions, weights: weights, groups: column)
      let bootstrap = ErrorParityBootstrap(
        errors, targets: given.targets, predictions: given.predictions, weights: weights, column,
        ResamplingPlan(resamples: 4_000, seed: 5))
      for measure in ErrorParityMeasure.allCases {
        let distribution = try #require(bootstrap.distribution(of: measure, minimumGroup: 1))
        expectBounds(distribution, try #require(answer[measure.rawValue]), measure.rawValue)
      }
    }
  }

  /// A 5 % quantile of 4,000 values strays by about 0.034 standard deviations on either side; five times both.
  private func expectBounds(_ distribution: BootstrapDistribution, _ expected: [Double], _ name: String) {
    guard let bounds = distribution.percentileBounds(confidence: 0.95) else {
      Issue.record("\(name) has no bounds")
      return
    }
    #expect(abs(bounds.lower - expected[0]) <= 0.24 * expected[2], "\(name)")
    #expect(abs(bounds.upper - expected[1]) <= 0.24 * expected[2], "\(name)")
  }

  /// The standard error of a weighted mean over independent rows is √(Σ w²(x − mean)²) / Σ w.
  @Test func rowsThatAreDrawnInBlocksVaryAsRowsDo() throws {
    var random = SeededGenerator(seed: 216)
    let rows = 20_000
    let weights = (0..<rows).map { _ in random.unit() + 0.5 }
    // Sorted, as files often are: blocks of neighbours would show nothing of how much rows differ.
    let errors = (0..<rows).map { Double($0) / Double(rows) - 0.3 }
    let codes = (0..<rows).map { Int32($0 % 20 == 0 ? 0 : 1) }
    let sums = GroupedSums(groups: codes, names: 2, most: 2_000, fewest: 2_000) { row in
      SIMD4(weights[row], weights[row] * errors[row], 0, 0)
    }
    let resampled = sums.resampled(ResamplingPlan(resamples: 500, seed: 3, threads: 2))
    for group in 0..<2 {
      let members = codes.indices.filter { codes[$0] == Int32(group) }
      let total = members.reduce(0) { $0 + weights[$1] }
      let mean = members.reduce(0) { $0 + weights[$1] * errors[$1] } / total
      let spread = members.reduce(0) {
        $0 + weights[$1] * weights[$1] * (errors[$1] - mean) * (errors[$1] - mean)
      }
      let whole = sums.whole[group]
      #expect(agree(whole[0], total) && agree(whole[1] / whole[0], mean, absolute: 1e-12))
      #expect(sums.leavingOut(group: group).count == (group == 0 ? 1_000 : 2_000))
      let distribution = BootstrapDistribution(
        estimate: mean, replicates: resampled.map { $0[group][1] / $0[group][0] })
      // It strays by 3.2 % with 500 resamples and by 1.6 % with 2,000 blocks.
      let ratio = try #require(distribution.standardError.value) / (spread.squareRoot() / total)
      #expect(abs(ratio - 1) < 0.12, "\(ratio)")
    }
  }

  @Test func groupsWithoutRowsHaveNoRatesAndNoIntervals() {
    let column = GroupColumn(name: "g", codes: [], names: ["a", "b"])
    let scoring = GroupScoring(minimumGroup: 1, confidence: 0.9, ResamplingPlan(resamples: 100, seed: 1))
    for score in [
      scoring.score(selected: [], labels: [], weights: [], column),
      scoring.score(targets: [], predictions: [], weights: [], column),
    ] {
      #expect(score.groups.map(\.count) == [0, 0])
      #expect(score.measures.allSatisfy { $0.value.value == nil && $0.interval.value == nil })
    }
  }

  /// Of several classes a group has one rate, its accuracy, and reasons speak of that.
  @Test(arguments: [nil, [1.0, 1, 1, 1]])
  func reasonsNameTheAccuracyOfSeveralClasses(weights: [Double]?) throws {
    let column = GroupColumn(name: "g", codes: [0, 0, 1, 1], names: ["a", "b"])
    func score(_ right: [Bool], minimumGroup: Int = 1) -> GroupScore {
      GroupScoring(
        minimumGroup: minimumGroup, confidence: 0.9, ResamplingPlan(resamples: 100, seed: 1)
      ).score(right: right, weights: weights, column)
    }
    let wrong = score([false, false, false, false])
    #expect(wrong.measures.map(\.name) == ["accuracy_parity_difference", "accuracy_parity_ratio"])
    #expect(wrong.measures[0].value == .defined(0))
    #expect(
      wrong.measures[1].value == .undefined("the accuracy is 0 in each group, and 0/0 is no ratio"))
    let half = score([true, false, true, true])
    #expect(half.measures.map(\.value) == [.defined(0.5), .defined(0.5)])
    #expect(half.groups.map { $0.rates.map(\.name) } == [["accuracy"], ["accuracy"]])
    #expect(half.groups.map { $0.rates[0].value } == [.defined(0.5), .defined(1)])
    let small = score([true, false, true, true], minimumGroup: 3)
    #expect(small.leftOut.map(\.rate) == ["accuracy", "accuracy"])
    #expect(small.leftOut[0].reason == "2 rows, fewer than 3")
  }

  @Test func theThreadsDecideNothing() throws {
    var random = SeededGenerator(seed: 217)
    let given = Self.makeCase(rows: 400, &random)
    let column = GroupColumnTests.column("g", given.groups)
    func score(threads: Int, seed: UInt64 = 1) -> GroupScore {
      GroupScoring(
        minimumGroup: 10, confidence: 0.9, ResamplingPlan(resamples: 200, seed: seed, threads: threads)
      ).score(selected: given.selected, labels: given.labels, weights: given.weights, column)
    }
    let one = score(threads: 1)
    #expect(score(threads: 4) == one)
    #expect(score(threads: 1, seed: 2) != one)
    for group in one.groups {
      for rate in group.rates where rate.interval.value != nil {
        #expect(
          [.correctedBootstrap, .percentileBootstrap].contains(try #require(rate.interval.value).method))
      }
    }
  }
}
