import RefitCore
import Testing

struct DecisionTests {
  static let drop = Condition.performance(
    PerformanceCondition(metric: .rocAUC, test: .past(.below(0.7)), minimumSamples: 300))
  static let low = [Scene.observation(0.6)]

  static func ended(_ state: Run.State, _ number: Int, at instant: Instant) -> Situation.EndedRun {
    Situation.EndedRun(
      run: RunID(model: Scene.model, number: number), state: state, endedAt: instant, intervalEnd: instant)
  }

  @Test func aCooldownRestrainsUntilItEnds() {
    var situation = Scene.situation(Self.low)
    situation.lastJudged = Self.ended(.refused, 4, at: Scene.night(-6) + .minutes(2))
    let decision = Scene.decide(Self.drop, situation)
    #expect(decision.verdict == .restrained)
    let sentence = "cooldown of 7d after credit-risk#4 was refused"
    let end = Scene.night(1) + .minutes(2)
    #expect(decision.restraints == [Restraint(kind: .cooldown, until: end, sentence: sentence)])
    #expect(decision.nearestFlip == "restrained until 2026-12-01T02:17:00Z (\(sentence))")
    #expect(
      decision.sentence
        == "would retrain, because roc_auc is 0.6 over 7d (500 labelled rows), below 0.7, but is "
        + "restrained until 2026-12-01T02:17:00Z: \(sentence)")
    situation.now = end
    #expect(Scene.decide(Self.drop, situation).verdict == .retrain, "it ends at its end")
  }

  @Test func aFailureCoolsDownForItsOwnTime() {
    var situation = Scene.situation(Self.low)
    situation.lastFailed = Self.ended(.failed, 5, at: situation.now - .minutes(59))
    #expect(
      Scene.decide(Self.drop, situation).nearestFlip
        == "restrained until 2026-12-01T02:17:00Z (cooldown of 1h after credit-risk#5 failed)")
    situation.lastFailed = Self.ended(.failed, 5, at: situation.now - .minutes(60))
    #expect(Scene.decide(Self.drop, situation).verdict == .retrain)
  }

  @Test func severalRestraintsAreAllSaid() {
    var situation = Scene.situation(Self.low)
    situation.mode = .observe
    situation.liveRun = RunID(model: Scene.model, number: 6)
    situation.heldAttempt = HeldAttempt(
      run: RunID(model: Scene.model, number: 3),
      key: Attempt.Key(job: Name("score")!, subject: .champion, number: 2))
    situation.lastJudged = Self.ended(.promoted, 4, at: Scene.night(0))
    situation.lastFailed = Self.ended(.failed, 5, at: situation.now)
    let decision = Scene.decide(Self.drop, situation)
    #expect(decision.verdict == .restrained)
    #expect(decision.restraints.map(\.kind) == [.mode, .liveRun, .unkillable, .cooldown, .cooldown])
    #expect(
      decision.nearestFlip == "restrained until 2026-12-07T02:15:00Z (cooldown of 7d after credit-risk#4 was "
        + "promoted) and as long as the mode is 'observe' and as long as run credit-risk#6 has not ended and "
        + "as long as processes of credit-risk#3, job score of the champion, attempt 2, could not be killed and are "
        + "still there")
  }

  @Test func restraintsAreListedOnAHold() {
    var situation = Scene.situation([Scene.observation(0.72)])
    situation.lastJudged = Self.ended(.promoted, 4, at: Scene.night(0))
    let decision = Scene.decide(Self.drop, situation)
    #expect(decision.verdict == .hold)
    #expect(decision.restraints.count == 1)
    #expect(
      decision.nearestFlip == "would retrain if roc_auc fell by another 0.02, but not before "
        + "2026-12-07T02:15:00Z (cooldown of 7d after credit-risk#4 was promoted)")
  }

  @Test(arguments: [Model.Mode.train, .promote])
  func theOtherModesDoNotRestrain(mode: Model.Mode) {
    var situation = Scene.situation(Self.low)
    situation.mode = mode
    #expect(Scene.decide(Self.drop, situation).verdict == .retrain)
  }

  @Test func aScheduleThatRetrainsAsksNothing() {
    var situation = Scene.situation([Scene.observation(0.9)])
    situation.action = .retrain
    let decision = Scene.decide(Self.drop, situation)
    #expect(decision.verdict == .retrain)
    #expect(decision.tree == nil)
    #expect(decision.sentence == "retrain, because the schedule asks for a retraining")
    situation.liveRun = RunID(model: Scene.model, number: 6)
    let restrained = Scene.decide(Self.drop, situation)
    #expect(restrained.verdict == .restrained)
    #expect(
      restrained.sentence
        == "the schedule asks for a retraining, but is restrained: run credit-risk#6 has not ended")
  }

  @Test func aPolicyWithoutConditionHolds() {
    let decision = RetrainPolicy().decide(Scene.situation(Self.low))
    #expect(decision.verdict == .hold)
    #expect(decision.tree == nil)
  }

  @Test func withoutAChampionItSaysHowToGetOne() {
    let decision = Scene.decide(
      .any([Self.drop, .age(AgeCondition(over: .days(1)))]), Scene.situation(champion: nil))
    #expect(decision.verdict == .unknown)
    #expect(
      decision.sentence == "no champion yet: 'refit retrain credit-risk --because …' trains the first version"
    )
  }

  @Test func unknownIsNotHealthy() {
    let decision = Scene.decide(.any([Self.drop, .age(AgeCondition(over: .days(300)))]), Scene.situation())
    #expect(decision.verdict == .unknown)
    #expect(
      decision.sentence
        == "can't tell whether to retrain: roc_auc is unknown: nothing was observed over the 7d "
        + "to 2026-12-01T02:15:00Z")
  }

  @Test func theNearestOfSeveralFlipsIsNamed() {
    let tree = Condition.any([
      Self.drop, .feedback(FeedbackCondition(rows: 5000)), .age(AgeCondition(over: .days(30))),
    ])
    let observations = [Scene.observation(0.72), FeedbackConditionTests.counted(4000)]
    let decision = Scene.decide(tree, Scene.situation(observations))
    #expect(decision.sentence == "no retraining: none of the 3 conditions is true")
    #expect(
      decision.nearestFlip == "would retrain in 9 hours 45 minutes, when the champion is over 30 days old",
      "1.4 % away, roc_auc is 2.8 %, labels are 20 %")
  }

  @Test func noSingleLeafFlipsWhatNeedsTwo() {
    let tree = Condition.all([Self.drop, .age(AgeCondition(over: .days(300)))])
    let decision = Scene.decide(tree, Scene.situation([Scene.observation(0.72)]))
    #expect(decision.verdict == .hold)
    #expect(decision.nearestFlip == nil)
  }

  @Test func underANotTheTensesFollow() {
    let fresh = Condition.not(.age(AgeCondition(over: .days(30))))
    #expect(
      Scene.decide(fresh, Scene.situation()).nearestFlip
        == "would hold in 9 hours 45 minutes, when the champion is over 30 days old")
    let old = Condition.not(.age(AgeCondition(over: .days(29))))
    #expect(
      Scene.decide(old, Scene.situation()).nearestFlip
        == "would have retrained if the champion had been 14 hours 15 minutes younger")
  }
}
