import RefitCore
import RefitTesting
import Testing

/// What the guides print is what the code says.
struct GuideTests {
  static func guide(_ name: String) throws -> String { try Repository.text("Documentation/\(name).md") }

  /// The policy of the guide in the night of 1 December.
  static var decision: (Decision, [String]) {
    let policy = RetrainPolicy(
      when: .any([
        .performance(
          PerformanceCondition(
            metric: .rocAUC, test: .drop(.absolute(0.03), from: .promotion),
            persistence: Persistence(inARow: 3),
            minimumSamples: 300)),
        .drift(
          DriftCondition(statistic: .psi, above: 0.2, breadth: .atLeastColumns(2), minimumSamples: 500)),
        .feedback(FeedbackCondition(rows: 5000)), .age(AgeCondition(over: .days(45))),
      ]))
    let observations =
      [
        Scene.observation(night: BaselineTests.firstWhole, 0.7423, rows: 702),
        Scene.observation(night: -1, 0.7212, rows: 690), Scene.observation(night: 0, 0.7098, rows: 712),
        Scene.observation(night: 1, 0.7081, rows: 688),
        Scene.observation("feedback_rows", 3210, rows: nil, version: 3, window: .days(30)),
      ]
      + zip(DriftConditionTests.names, [0.02, 0.11, 0.24, 0.07]).map {
        Scene.observation("psi", $1, rows: 2804, version: nil, column: $0)
      }
    let situation = Scene.situation(earlier: 2, observations)
    return (policy.decide(situation), policy.obstacles(in: situation))
  }

  @Test func theExplanationOfTheGuideIsThatOfTheCode() throws {
    let (decision, obstacles) = Self.decision
    let lines = decision.explanation(model: Scene.model, at: Scene.night(1), obstacles: obstacles)
    let block = "```text\n" + lines.joined(separator: "\n") + "\n```"
    #expect(try Self.guide("policies").contains(block), "\(block)")
  }

  @Test func itsOtherSentencesAreThoseOfTheCodeToo() throws {
    let guide = try Self.guide("policies")
    let few = Scene.situation([Scene.observation(0.6, rows: 48)])
    #expect(guide.contains("`\(try PerformanceConditionTests.leaf(.past(.below(0.7)), few).sentence)`"))
    let small = Scene.situation(ObstacleTests.weeks([330, 336, 320]))
    let note = try #require(ObstacleTests.performance.obstacles(in: small).first)
    #expect(guide.contains("note: \(note)"))
  }

  @Test func theSentenceOfTheGatesGuideIsThatOfTheJudge() throws {
    let result = try ChampionCriterionTests.judge(
      .rocAUC, .notWorseBy(0.07), confidence: 0.95, ChampionCriterionTests.worse)
    #expect(try Self.guide("gates").contains(result.sentence))
  }
}
