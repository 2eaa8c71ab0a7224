import RefitCore
import Testing

/// `for`, against its rule spelled out.
struct AgreementTests {
  /// Newest last; nil is unknown.
  static func truth(_ nights: [Bool?], of: Int, atLeast: Int) throws -> Evaluation {
    let count = Int64(nights.count)
    let condition = PerformanceCondition(
      metric: .rocAUC, test: .past(.below(0.7)), persistence: Persistence(of: of, atLeast: atLeast))
    let observations = nights.enumerated().map { index, isLow in
      let night = 1 - count + 1 + Int64(index)
      return Scene.observation(night: night, isLow == true ? 0.6 : 0.8, rows: isLow == nil ? 5 : 500)
    }
    return try Scene.leaf(.performance(condition), Scene.situation(earlier: count - 1, observations))
  }

  /// The rule, in the words of the guide.
  static func rule(_ nights: [Bool?], of: Int, atLeast: Int) -> Truth {
    let newestFirst = Array(nights.reversed().prefix(4 * of))
    let known = newestFirst.compactMap(\.self)
    if known.isEmpty { return .unknown }
    if newestFirst.count >= 2 && newestFirst[0] == nil && newestFirst[1] == nil { return .unknown }
    return known.prefix(of).count(where: \.self) >= atLeast ? .yes : .no
  }

  @Test(arguments: [(2, 2), (3, 3), (3, 2), (5, 3)])
  func eachHistoryOfSixNights(of: Int, atLeast: Int) throws {
    for length in 1...6 {
      for code in 0..<Int(pow3(length)) {
        let nights = (0..<length).map { KleeneTests.values[code / Int(pow3($0)) % 3] }
        let truth = try Self.truth(nights, of: of, atLeast: atLeast).truth
        if truth != Self.rule(nights, of: of, atLeast: atLeast) {
          Issue.record("\(nights) of \(of) at least \(atLeast): \(truth)")
        }
      }
    }
  }

  private func pow3(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 3 } }

  @Test func oneNightIsEnoughForOne() throws {
    #expect(try Self.truth([false, true], of: 1, atLeast: 1).truth == .yes)
    #expect(try Self.truth([true, false], of: 1, atLeast: 1).truth == .no)
    #expect(try Self.truth([true, nil], of: 1, atLeast: 1).truth == .unknown)
  }

  @Test func theReadingTellsHowManyAgree() throws {
    let leaf = try Self.truth([true, false, true, true], of: 3, atLeast: 3)
    #expect(leaf.truth == .no)
    #expect(leaf.reading?.agreeing == 2)
    #expect(leaf.reading?.needed == 3)
    #expect(
      leaf.sentence == "roc_auc is 0.6 over 7d (500 labelled rows), below 0.7; "
        + "true in 2 of the last 3 known evaluations, 3 are needed")
  }

  @Test func aSilentNightIsSaid() throws {
    let leaf = try Self.truth([true, true, nil], of: 2, atLeast: 2)
    #expect(leaf.truth == .yes)
    #expect(
      leaf.sentence
        == "roc_auc is 0.6 over 7d (500 labelled rows), below 0.7 when last known (now roc_auc is "
        + "unknown: 5 labelled rows in the window, 100 are needed); true in 2 of the last 2 known evaluations"
    )
  }

  @Test func anEvaluationCountsOnceHoweverOftenItIsListed() throws {
    let condition = PerformanceCondition(
      metric: .rocAUC, test: .past(.below(0.7)), persistence: Persistence(inARow: 2))
    var situation = Scene.situation([Scene.observation(0.6)])
    situation.earlierEvaluations = [Scene.night(1), Scene.night(1), Scene.night(2)]
    #expect(try Scene.leaf(.performance(condition), situation).truth == .no)
  }

  @Test(arguments: [
    ([false, true, true], 3, "would retrain after 1 more evaluation with roc_auc below 0.7"),
    ([true, true, false], 3, "would retrain if roc_auc fell by another 0.11"),
    (
      [true, false, false], 3,
      "would retrain if roc_auc fell by another 0.1 and stayed there for 2 more evaluations"
    ),
    ([true, true, true], 3, "would have held if roc_auc had been 0.1 higher"),
  ])
  func theNearestFlip(nights: [Bool], needed: Int, sentence: String) {
    let condition = PerformanceCondition(
      metric: .rocAUC, test: .past(.below(0.7)), persistence: Persistence(inARow: needed))
    let low = nights == [true, true, false] ? 0.807 : 0.8
    let observations = nights.enumerated().map { index, isLow in
      Scene.observation(night: Int64(index) - 1, isLow ? 0.6 : low)
    }
    let decision = Scene.decide(.performance(condition), Scene.situation(earlier: 2, observations))
    #expect(decision.nearestFlip == sentence)
  }
}
