import RefitCore
import Testing

struct ObstacleTests {
  static let performance = RetrainPolicy(
    when: .performance(
      PerformanceCondition(
        metric: .rocAUC, test: .drop(.absolute(0.03), from: .promotion), minimumSamples: 500)))

  static func weeks(_ rows: [Int]) -> [Observation] {
    rows.enumerated().map { Scene.observation(night: Int64($0) - 1, 0.7, rows: $1) }
  }

  @Test func windowsThatAreAlwaysTooSmall() {
    let small = Scene.situation(Self.weeks([330, 336, 320]))
    #expect(
      Self.performance.obstacles(in: small) == [
        "roc_auc can't become known: a window of 7d has given at most 336 labelled rows, 500 are needed"
      ])
    #expect(Self.performance.obstacles(in: Scene.situation(Self.weeks([330, 500, 320]))).isEmpty)
    #expect(
      Self.performance.obstacles(in: Scene.situation(Self.weeks([330, 336]))).isEmpty, "too early to tell")
  }

  /// Windows that reach back before the publication are small for that reason.
  @Test func windowsThatAreStillFilling() {
    let filling = (0..<5).map { Scene.observation(night: BaselineTests.firstWhole - 1 - $0, 0.7, rows: 100) }
    #expect(Self.performance.obstacles(in: Scene.situation(filling)).isEmpty)
  }

  @Test func columnsThatNothingObserves() {
    let situation = Scene.situation(DriftConditionTests.observations([0.1, 0.1, 0.1, 0.1]))
    let named = RetrainPolicy(when: DriftConditionTests.condition(.columns(["age", "incme"])))
    #expect(named.obstacles(in: situation) == ["psi is never observed on incme"])
    let many = RetrainPolicy(when: DriftConditionTests.condition(.atLeastColumns(5)))
    #expect(
      many.obstacles(in: situation) == ["psi is observed on 4 columns, and at-least-columns asks for 5"])
  }

  @Test func aMetricThatNoGateEstimated() {
    let policy = RetrainPolicy(
      when: .performance(PerformanceCondition(metric: .brier, test: .rise(.absolute(0.1), from: .holdout))))
    #expect(
      policy.obstacles(in: Scene.situation()) == [
        "the change of brier can't become known: no gate of credit-risk@3 estimated it"
      ])
    #expect(policy.obstacles(in: Scene.situation(champion: nil)).isEmpty)
  }
}
