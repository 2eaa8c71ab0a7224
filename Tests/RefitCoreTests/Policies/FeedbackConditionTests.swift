import RefitCore
import Testing

struct FeedbackConditionTests {
  static let condition = Condition.feedback(FeedbackCondition(rows: 5000))

  static func counted(_ rows: Double?, night: Int64 = 1) -> Observation {
    Scene.observation("feedback_rows", night: night, rows, rows: nil, version: 3, window: .days(30))
  }

  @Test(arguments: [(4999.0, Truth.no), (5000.0, .yes), (5001.0, .yes), (0.0, .no)])
  func enoughIsEnough(rows: Double, truth: Truth) throws {
    #expect(try Scene.leaf(Self.condition, Scene.situation([Self.counted(rows)])).truth == truth)
  }

  @Test func sentences() {
    let few = Scene.decide(Self.condition, Scene.situation([Self.counted(3800)]))
    #expect(few.tree?.sentence == "3,800 labels have matured since 2026-11-01T02:15:00Z; 5,000 are needed")
    #expect(few.nearestFlip == "would retrain after 1,200 more mature labels")
    let many = Scene.decide(Self.condition, Scene.situation([Self.counted(5200)]))
    #expect(
      many.sentence
        == "retrain, because 5,200 labels have matured since 2026-11-01T02:15:00Z; 5,000 are enough")
    #expect(many.nearestFlip == "would have held with 201 fewer mature labels")
  }

  @Test func notCountedAtThisEvaluationIsUnknown() throws {
    let leaf = try Scene.leaf(Self.condition, Scene.situation([Self.counted(9000, night: 0)]))
    #expect(leaf.truth == .unknown)
    #expect(
      leaf.sentence == "the number of new labels is unknown: they were not counted at 2026-12-01T02:15:00Z")
  }

  @Test func whatTheChampionWasTrainedToMustBeKnown() throws {
    var champion = Scene.champion
    champion.intervalEnd = nil
    let leaf = try Scene.leaf(Self.condition, Scene.situation(champion: champion, [Self.counted(9000)]))
    #expect(
      leaf.sentence
        == "the number of new labels is unknown: it is not known up to when credit-risk@3 was trained")
    #expect(
      try Scene.leaf(Self.condition, Scene.situation(champion: nil, [Self.counted(9000)])).truth == .unknown)
  }

  /// The champion was trained to 1 November and promoted that noon.
  @Test(arguments: [
    (Run.State.refused, Scene.night(-10), Scene.night(-11), Scene.night(-11)),
    (.rejected, Scene.night(-10), Scene.night(-11), Scene.night(-11)),
    (.judged, Scene.night(-10), Scene.night(-11), Scene.night(-11)),
    (.promoted, Scene.night(-10), Scene.night(-11), Scene.champion.intervalEnd!),
    (.refused, Scene.champion.promotedAt, Scene.night(-11), Scene.champion.intervalEnd!),
    (.refused, Scene.night(-10), Scene.night(-60), Scene.champion.intervalEnd!),
  ])
  func newLabelsAreThoseSinceTheLastJudgedData(
    state: Run.State, endedAt: Instant, intervalEnd: Instant, since: Instant
  ) {
    var situation = Scene.situation()
    situation.lastJudged = Situation.EndedRun(
      run: RunID(model: Scene.model, number: 4), state: state, endedAt: endedAt, intervalEnd: intervalEnd)
    #expect(situation.feedbackSince == since)
  }
}
