import RefitCore
import RefitStatistics
import Testing

/// The champion was published at noon on 1 November, so its first whole week ends in the night of 9 November
/// (day −21 of December).
struct BaselineTests {
  static let drop = PerformanceCondition.Test.drop(.absolute(0.03), from: .promotion)
  static let best = PerformanceCondition.Test.drop(.absolute(0.03), from: .best)
  static let firstWhole: Int64 = -21

  static func leaf(_ test: PerformanceCondition.Test, day: Int64, _ observations: [Observation]) throws
    -> Evaluation
  {
    try PerformanceConditionTests.leaf(test, Scene.situation(day: day, observations))
  }

  @Test func itIsTheFirstWholeWindowAfterPublicationWithEnoughRows() throws {
    let observations = [
      Scene.observation(night: Self.firstWhole - 1, 0.9),
      Scene.observation(night: Self.firstWhole, 0.85, rows: 299),
      Scene.observation(night: Self.firstWhole + 1, nil),
      Scene.observation(night: Self.firstWhole + 1, 0.95, version: 2),
      Scene.observation(night: Self.firstWhole + 1, 0.95, window: .days(1)),
      Scene.observation(night: Self.firstWhole + 2, 0.75, rows: 300),
      Scene.observation(night: Self.firstWhole + 3, 0.7),
      Scene.observation(night: Self.firstWhole + 9, 0.71),
    ]
    let leaf = try Self.leaf(Self.drop, day: Self.firstWhole + 9, observations)
    #expect(leaf.reading?.baseline == 0.75)
    #expect(leaf.truth == .yes)
    #expect(
      leaf.sentence == "roc_auc is 0.71 over 7d (500 labelled rows), 0.04 under the 0.75 of its first full "
        + "window after publication; a drop of 0.03 is enough")
  }

  @Test func untilThenItIsAwaited() throws {
    let early = [Scene.observation(night: Self.firstWhole - 1, 0.5)]
    let leaf = try Self.leaf(Self.drop, day: Self.firstWhole - 1, early)
    #expect(leaf.truth == .unknown)
    #expect(
      leaf.sentence
        == "the change of roc_auc is unknown: its baseline is awaited, the first window of 7d that "
        + "ends at or after 2026-11-08T12:00:00Z (wholly after publication) with 300 labelled rows")
    #expect(leaf.reading?.observed == 0.5)
  }

  @Test func aWindowThatIsItsOwnBaselineHasNotDropped() throws {
    let situation = Scene.situation(day: Self.firstWhole, [Scene.observation(night: Self.firstWhole, 0.5)])
    let decision = Scene.decide(
      .performance(PerformanceCondition(metric: .rocAUC, test: Self.drop, minimumSamples: 300)), situation)
    #expect(decision.tree?.truth == .no)
    #expect(decision.nearestFlip == nil, "moving the window moves its baseline")
  }

  @Test func aRollbackKeepsTheBaseline() throws {
    var champion = Scene.champion
    champion.promotedAt = Scene.night(-2)
    let observations = [Scene.observation(night: Self.firstWhole, 0.75), Scene.observation(0.71)]
    let leaf = try PerformanceConditionTests.leaf(
      Self.drop, Scene.situation(champion: champion, observations))
    #expect(leaf.reading?.baseline == 0.75)
  }

  /// An evaluation before the baseline's window can't have dropped from it.
  @Test func earlierEvaluationsDoNotKnowIt() throws {
    let condition = PerformanceCondition(
      metric: .rocAUC, test: Self.drop, persistence: Persistence(of: 4, atLeast: 3), minimumSamples: 300)
    let observations = [
      Scene.observation(night: Self.firstWhole - 2, 0.5), Scene.observation(night: Self.firstWhole - 1, 0.5),
      Scene.observation(night: Self.firstWhole, 0.75), Scene.observation(night: Self.firstWhole + 1, 0.7),
    ]
    let situation = Scene.situation(day: Self.firstWhole + 1, earlier: 3, observations)
    let leaf = try Scene.leaf(.performance(condition), situation)
    #expect(leaf.reading?.agreeing == 1)
    #expect(leaf.truth == .no)
  }

  @Test func theBestIsTheBestSoFar() throws {
    let observations = [
      Scene.observation(night: -3, 0.74), Scene.observation(night: -2, 0.8, rows: 10),
      Scene.observation(night: -1, 0.76), Scene.observation(night: 1, 0.735),
      Scene.observation(night: 2, 0.9),
    ]
    let leaf = try Self.leaf(Self.best, day: 1, observations)
    #expect(leaf.reading?.baseline == 0.76)
    #expect(leaf.truth == .no)
  }

  @Test func theBestLossIsTheLowest() throws {
    let observations = [
      Scene.observation("brier", night: -1, 0.1), Scene.observation("brier", night: 0, 0.2),
      Scene.observation("brier", night: 1, 0.15),
    ]
    let leaf = try PerformanceConditionTests.leaf(
      .rise(.absolute(0.05), from: .best), metric: .brier, Scene.situation(observations))
    #expect(leaf.reading?.baseline == 0.1)
    #expect(leaf.truth == .yes)
  }

  @Test func theHoldoutMustHaveEstimatedIt() throws {
    let situation = Scene.situation([Scene.observation("accuracy", 0.7)])
    let leaf = try PerformanceConditionTests.leaf(
      .drop(.absolute(0.1), from: .holdout), metric: .accuracy, situation)
    #expect(leaf.truth == .unknown)
    #expect(
      leaf.sentence == "the change of accuracy is unknown: no gate of version 3 estimated it on its holdout")
  }
}
