import RefitCore
import Testing

struct ObservationConditionTests {
  static func condition(for persistence: Persistence = Persistence(inARow: 1)) -> Condition {
    .observation(ObservationCondition(name: "latency", threshold: .above(300), persistence: persistence))
  }

  /// Ends so many minutes after the night of 1 December.
  static func reading(after minutes: Int64, _ value: Double = 412) -> Observation {
    var observation = Scene.reading("latency", value)
    let end = Scene.night(1) + .minutes(minutes)
    observation.window = Observation.Window(start: end, end: end)
    return observation
  }

  @Test(arguments: [
    (Int64(0), Truth.yes), (-60, .yes), (-2880, .yes), (-2881, .unknown), (5, .yes),
    (6, .unknown),
  ])
  func staleAndFutureOnesAreNotUsed(minutes: Int64, truth: Truth) throws {
    #expect(try Scene.leaf(Self.condition(), Scene.situation([Self.reading(after: minutes)])).truth == truth)
  }

  @Test func aStaleOneSaysSo() throws {
    let leaf = try Scene.leaf(Self.condition(), Scene.situation([Self.reading(after: -3 * 24 * 60)]))
    #expect(
      leaf.sentence
        == "latency is unknown: nothing was observed since 2026-11-29T02:15:00Z, two gaps "
        + "of the schedule before"
    )
  }

  @Test func theNewestIsRead() throws {
    let observations = [
      Self.reading(after: -5, 100), Self.reading(after: -1, 412), Self.reading(after: -9, 50),
    ]
    let leaf = try Scene.leaf(Self.condition(), Scene.situation(observations))
    #expect(leaf.sentence == "latency is 412 at 2026-12-01T02:14:00Z, above 300")
    #expect(leaf.reading?.source == "state/monitoring/credit-risk/node.prom")
  }

  @Test func anotherVersionsNumberIsNotRead() throws {
    var observation = Self.reading(after: 0)
    observation.version = 2
    #expect(try Scene.leaf(Self.condition(), Scene.situation([observation])).truth == .unknown)
    observation.version = 3
    #expect(try Scene.leaf(Self.condition(), Scene.situation([observation])).truth == .yes)
    #expect(try Scene.leaf(Self.condition(), Scene.situation(champion: nil, [observation])).truth == .unknown)
  }

  @Test func itNeedsNoChampion() {
    let decision = Scene.decide(Self.condition(), Scene.situation(champion: nil, [Self.reading(after: 0)]))
    #expect(decision.verdict == .retrain)
  }

  /// One report, looked at in two nights, is one piece of evidence.
  @Test func oneObservationCountsOnce() throws {
    let once = [Self.reading(after: -24 * 60)]
    let twice = once + [Self.reading(after: -1)]
    for (observations, truth) in [(once, Truth.no), (twice, .yes)] {
      let leaf = try Scene.leaf(
        Self.condition(for: Persistence(inARow: 2)), Scene.situation(earlier: 1, observations))
      #expect(leaf.truth == truth)
    }
  }

  @Test func aSourceThatFellSilentIsUnknown() throws {
    let silent = [Self.reading(after: -4 * 24 * 60), Self.reading(after: -3 * 24 * 60)]
    let leaf = try Scene.leaf(
      Self.condition(for: Persistence(inARow: 2)), Scene.situation(earlier: 6, silent))
    #expect(leaf.truth == .unknown)
  }

  /// What comes a little after an evaluation belongs to it, and never to two.
  @Test func aScheduleOfEachMinuteTellsItsObservationsApart() throws {
    var situation = Scene.situation([
      Self.reading(after: -2), Self.reading(after: -1), Self.reading(after: 0),
    ])
    situation.gap = .minutes(1)
    situation.earlierEvaluations = [Scene.night(1) - .minutes(2), Scene.night(1) - .minutes(1)]
    let leaf = try Scene.leaf(Self.condition(for: Persistence(inARow: 3)), situation)
    #expect(leaf.truth == .yes)
  }
}
