import RefitTesting
import Testing

@testable import RefitStatistics

@Suite struct FairnessBootstrapTests {
  struct Case: Encodable {
    /// Of each group: refused and selected rows with a negative label, then with a positive one.
    var cells: [[Int]]
    var confidence: Double
  }

  @Test func boundsAreThoseOfABootstrapByNumpy() throws {
    var random = SeededGenerator(seed: 191)
    let cases = (0..<8).map { index in
      let size = [15, 60, 400, 100_000][index % 4]
      return Case(
        cells: (0..<Int.random(in: 2...4, using: &random)).map { _ in
          (0..<4).map { _ in Int.random(in: size / 3...size, using: &random) }
        }, confidence: 0.95)
    }
    let answers = try Oracle.answers(
      "bootstrap", cases, as: [String: [Double]].self, from: "fairness_oracle.py")
    for (given, answer) in zip(cases, answers) {
      let plan = ResamplingPlan(resamples: 4_000, seed: 17)
      let bootstrap = FairnessBootstrap(Self.outcomes(given.cells), plan)
      for measure in FairnessMeasure.allCases {
        let distribution = try #require(bootstrap.distribution(of: measure, minimumGroup: 1))
        let bounds = try #require(distribution.percentileBounds(confidence: given.confidence))
        let expected = try #require(answer[measure.rawValue])
        // A 5 % quantile of 4,000 values strays by about 0.034 standard deviations; five times that.
        #expect(abs(bounds.lower - expected[0]) <= 0.17 * expected[2], "\(measure.rawValue)")
        #expect(abs(bounds.upper - expected[1]) <= 0.17 * expected[2], "\(measure.rawValue)")
      }
    }
  }

  @Test func theSeedDecidesAndTheThreadsDoNot() throws {
    let outcomes = Self.outcomes([[20, 10, 5, 15], [12, 8, 9, 11], [300, 100, 50, 80]])
    func distribution(seed: UInt64, threads: Int) -> BootstrapDistribution? {
      FairnessBootstrap(outcomes, ResamplingPlan(resamples: 300, seed: seed, threads: threads))
        .distribution(of: .equalizedOddsDifference, minimumGroup: 1)
    }
    let one = try #require(distribution(seed: 1, threads: 1))
    #expect(distribution(seed: 1, threads: 5) == one)
    #expect(distribution(seed: 2, threads: 1) != one)
  }

  /// Group b has four positive labels in five rows: 3 in ten thousand resamples have none.
  @Test func aResampleWithoutARateIsNoValue() throws {
    let outcomes = Self.outcomes([[50, 50, 50, 50], [1, 0, 2, 2], [0, 0, 1, 1]])
    let bootstrap = FairnessBootstrap(outcomes, ResamplingPlan(resamples: 20_000, seed: 3))
    let few = try #require(bootstrap.distribution(of: .equalOpportunityDifference, minimumGroup: 2))
    #expect(few.resamples - few.replicates.count < 30)
    let precision = try #require(bootstrap.distribution(of: .predictiveParityRatio, minimumGroup: 1))
    // Group c selects one of its two rows: in a quarter of the resamples none.
    #expect(precision.percentileBounds(confidence: 0.9) == nil)
    #expect(precision.reasonUnusable?.contains("of 20000 resamples") == true)
    #expect(bootstrap.distribution(of: .accuracyParityRatio, minimumGroup: 1_000) == nil, "undefined itself")
  }

  @Test func aGroupThatIsTooSmallStaysOut() throws {
    let pair = [[20, 30, 40, 60], [25, 25, 45, 55]]
    let plan = ResamplingPlan(resamples: 200, seed: 5)
    let without = FairnessBootstrap(Self.outcomes(pair), plan)
    let with = FairnessBootstrap(Self.outcomes(pair + [[1, 0, 0, 1]]), plan)
    for measure in FairnessMeasure.allCases {
      #expect(
        with.distribution(of: measure, minimumGroup: 10)
          == without.distribution(of: measure, minimumGroup: 10))
    }
  }

  @Test func withoutLabelsSelectionCanBeResampled() throws {
    let outcomes = GroupOutcomes(
      selected: (0..<400).map { $0 % 3 == 0 || $0 < 100 }, labels: nil,
      groups: (0..<400).map { $0 < 200 ? 0 : 1 },
      names: ["a", "b"])
    let bootstrap = FairnessBootstrap(outcomes, ResamplingPlan(resamples: 500, seed: 9))
    let distribution = try #require(bootstrap.distribution(of: .demographicParityDifference, minimumGroup: 1))
    let bounds = try #require(distribution.percentileBounds(confidence: 0.95))
    #expect(bounds.lower > 0 && bounds.lower < distribution.estimate && distribution.estimate < bounds.upper)
    #expect(bootstrap.distribution(of: .accuracyParityRatio, minimumGroup: 1) == nil)
  }

  static func outcomes(_ cells: [[Int]]) -> GroupOutcomes {
    var (selected, labels, groups): ([Bool], [Bool], [Int32]) = ([], [], [])
    for (group, cells) in cells.enumerated() {
      for (cell, rows) in cells.enumerated() {
        selected += [Bool](repeating: cell % 2 == 1, count: rows)
        labels += [Bool](repeating: cell >= 2, count: rows)
        groups += [Int32](repeating: Int32(group), count: rows)
      }
    }
    return GroupOutcomes(
      selected: selected, labels: labels, groups: groups, names: cells.indices.map { "group \($0)" })
  }
}
