import RefitCore
import Testing

/// Version 3 was trained at noon on 1 November: 29 days, 14 hours and 15 minutes before the night of 1
/// December.
struct AgeConditionTests {
  static func decide(over: Timespan, since: AgeCondition.Since = .trained, _ situation: Situation) -> Decision
  {
    Scene.decide(.age(AgeCondition(over: over, since: since)), situation)
  }

  @Test func exactlyAsOldIsNotOver() {
    let age = Timespan.days(29) + .hours(14) + .minutes(15)
    #expect(Self.decide(over: age, Scene.situation()).verdict == .hold)
    #expect(Self.decide(over: Timespan(seconds: age.seconds - 1), Scene.situation()).verdict == .retrain)
    var situation = Scene.situation()
    situation.nominal = Instant(microseconds: situation.nominal.microseconds + 1)
    #expect(Self.decide(over: age, situation).verdict == .retrain)
  }

  @Test func sentences() {
    let young = Self.decide(over: .days(30), Scene.situation())
    #expect(young.tree?.sentence == "credit-risk@3 was trained 29 days 14 hours ago, not over 30 days")
    #expect(young.nearestFlip == "would retrain in 9 hours 45 minutes, when the champion is over 30 days old")
    let old = Self.decide(over: .days(28), Scene.situation())
    #expect(old.sentence == "retrain, because credit-risk@3 was trained 29 days 14 hours ago, over 28 days")
    #expect(old.nearestFlip == "would have held if the champion had been 1 day 14 hours younger")
    #expect(old.tree?.reading?.observed == 2_556_900)
    #expect(old.tree?.reading?.threshold == 2_419_200)
  }

  @Test func sincePromotedCountsFromThePromotion() {
    var champion = Scene.champion
    champion.promotedAt = Scene.night(-9)
    champion.trainedAt = nil
    let decision = Self.decide(over: .days(9), since: .promoted, Scene.situation(champion: champion))
    #expect(decision.tree?.sentence == "credit-risk@3 was promoted 10 days ago, over 9 days")
    #expect(Self.decide(over: .days(9), Scene.situation(champion: champion)).verdict == .unknown)
  }

  @Test(arguments: [(Run.State.refused, Truth.no), (.rejected, .no), (.judged, .no), (.promoted, .yes)])
  func aFruitlessRunIsAsGoodAsANewChampion(state: Run.State, truth: Truth) {
    var situation = Scene.situation()
    situation.lastJudged = Situation.EndedRun(
      run: RunID(model: Scene.model, number: 4), state: state, endedAt: Scene.night(-9),
      intervalEnd: Scene.night(-10))
    let decision = Self.decide(over: .days(20), situation)
    #expect(decision.tree?.truth == truth)
    guard truth == .no else { return }
    #expect(
      decision.tree?.sentence == "credit-risk@3 was trained 29 days 14 hours ago, and credit-risk#4 was "
        + "\(state.rawValue) 10 days ago, not over 20 days")
    #expect(
      decision.nearestFlip == "would retrain in 10 days, when the end of credit-risk#4 is over 20 days ago")
  }

  @Test func aRunBeforeTheTrainingDoesNotMatter() {
    var situation = Scene.situation()
    situation.lastJudged = DecisionTests.ended(.refused, 2, at: Scene.night(-40))
    let decision = Self.decide(over: .days(29), situation)
    #expect(
      decision.sentence == "retrain, because credit-risk@3 was trained 29 days 14 hours ago, over 29 days")
  }

  @Test func aCaughtUpEvaluationMayLieBeforeTheTraining() {
    let decision = Self.decide(over: .days(1), Scene.situation(day: -40))
    #expect(decision.verdict == .hold)
    #expect(
      decision.tree?.sentence == "credit-risk@3 was trained only after 2026-10-21T02:15:00Z, not over 1 day")
  }
}

private func + (left: Timespan, right: Timespan) -> Timespan {
  Timespan(seconds: left.seconds + right.seconds)
}
