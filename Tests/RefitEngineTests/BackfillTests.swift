import RefitCore
import RefitStore
import Synchronization
import Testing

@testable import RefitEngine

/// The oracle is the live engine: what was computed afterwards is what nightly ticks have recorded.
@Suite("A backfill comes to what evaluations at their time came to")
struct BackfillTests {
  private static let nightly = Name("nightly")!

  /// Never free to open a run, so that nothing but the observations goes on.
  private func settings() -> EngineProject.Settings {
    .init {
      $0.retrain = """
        {when: {any: [{performance: {metric: roc_auc, drop: 0.1, from: promotion, window: 3d, for: 2, \
        min-samples: 60}}, {drift: {statistic: psi, above: 0.01, window: 3d, min-samples: 20}}, \
        {feedback: {rows: 250}}, {age: {over: 6d}}]}, cooldown: 90d}
        """
    }
  }

  /// A champion since day 8, and a log that is there until day 20; from day 14 on the labels are reversed.
  private func project(_ settings: EngineProject.Settings? = nil) throws -> EngineProject {
    let project = try EngineProject(settings ?? self.settings())
    try project.trainFirst()
    try project.live(8...13, version: 1)
    try project.live(14...20, version: 1, flipped: true)
    return project
  }

  private func nights(_ project: EngineProject) throws {
    for day in 9...20 { try project.tick(day) }
  }

  /// Decisions as the record has them, and what was observed.
  private func recorded(_ project: EngineProject) throws -> [String] {
    try project.reading { reader in
      try reader.decisions(project.model, limit: 100).reversed().map { record in
        try CanonicalJSON.encode(record.decision) + CanonicalJSON.encode(record.situation)
      }
    }
  }

  private func told(_ decision: Decision) throws -> String {
    // Where a number came from is the only thing that may differ.
    try CanonicalJSON.encode(decision).replacing("\"backfill\"", with: "\"monitor\"")
  }

  @Test("nights that were missed are computed as nightly ticks would have recorded them")
  func asAtTheTime() throws {
    let live = try project()
    try nights(live)
    let asleep = try project()
    try asleep.tick(20, hour: 2)
    let report = try asleep.orchestrator.backfill(
      asleep.model, from: EngineProject.time(9, hour: 0), to: EngineProject.time(19, hour: 23), schedule: nil)

    let expected = try live.reading { try $0.decisions(live.model, limit: 100).reversed() }.filter {
      (EngineProject.time(9)...EngineProject.time(19)).contains($0.nominal)
    }
    #expect(expected.count == 11)
    #expect(report.evaluations.map(\.nominal) == expected.map(\.nominal))
    // Nothing was decided at their time but the one that stands for the others.
    for (computed, record) in zip(report.evaluations, expected) {
      #expect(try told(computed.decision) == told(record.decision), "\(computed.nominal)")
    }
    let verdicts = Set(report.evaluations.map(\.decision.verdict))
    #expect(verdicts == [.unknown, .restrained], "the test is worth something: \(verdicts)")
    #expect(report.evaluations.allSatisfy { $0.champion == 1 })
  }

  @Test("done again, or where ticks came in time, it adds nothing and tells of nothing")
  func idempotent() throws {
    let asleep = try project()
    try asleep.tick(20, hour: 2)
    let interval = (EngineProject.time(9), EngineProject.time(20, hour: 1))
    let first = try asleep.orchestrator.backfill(
      asleep.model, from: interval.0, to: interval.1, schedule: Self.nightly)
    #expect(first.added > 0)
    asleep.restart()
    let second = try asleep.orchestrator.backfill(
      asleep.model, from: interval.0, to: interval.1, schedule: Self.nightly)
    #expect(second.added == 0)
    #expect(second.evaluations.map(\.decision) == first.evaluations.map(\.decision))
    let events = try asleep.events(.observationsBackfilled)
    #expect(events.map(\.actor) == ["ada"])
    #expect(events[0].payload?.contains("\"observations\":\(first.added)") == true)

    let live = try project()
    try nights(live)
    let before = try recorded(live)
    let report = try live.orchestrator.backfill(
      live.model, from: interval.0, to: EngineProject.time(20), schedule: nil)
    #expect(report.added == 0)
    #expect(report.evaluations.allSatisfy { $0.recorded == $0.decision.verdict })
    #expect(try recorded(live) == before)
    #expect(try live.events(.observationsBackfilled).isEmpty)
  }

  @Test("it starts nothing, records no occurrence, and leaves a ledger that agrees with its rows")
  func startsNothing() throws {
    let project = try project(.init { $0.retrain = "{when: {feedback: {rows: 1}}, cooldown: 1h}" })
    // The last night that is decided comes before the interval ends.
    let calls = project.launcher.calls.count
    let before = try recorded(project)
    try project.tick(8, hour: 4)
    let decided = try project.events(.occurrenceDecided).count
    project.launcher.hold()
    let report = try project.orchestrator.backfill(
      project.model, from: EngineProject.time(0, hour: 0), to: EngineProject.time(8), schedule: nil)
    #expect(report.evaluations.count == 9)
    #expect(project.launcher.calls.count == calls)
    #expect(try project.events(.occurrenceDecided).count == decided)
    #expect(try project.states() == [.promoted])
    #expect(Array(try recorded(project).prefix(before.count)) == before)
    #expect(try project.reading { try $0.verify() }.isIntact)
  }

  @Test("a night whose own decision opened a run is computed as it was, before that run")
  func beforeItsOwnRun() throws {
    let project = try project(.init { $0.retrain = "{when: {feedback: {rows: 100}}, cooldown: 2d}" })
    for day in 9...20 { try project.tick(day) }
    let report = try project.orchestrator.backfill(
      project.model, from: EngineProject.time(9), to: EngineProject.time(20), schedule: nil)
    let verdicts = report.evaluations.map(\.decision.verdict)
    #expect(verdicts == report.evaluations.map(\.recorded))
    #expect(verdicts.contains(.retrain) && verdicts.contains(.hold))
    #expect(report.added == 0)
  }

  @Test("a decision to retrain is told, and that it opened no run")
  func retrains() throws {
    let project = try project(.init { $0.retrain = "{when: {age: {over: 2d}}, cooldown: 1h}" })
    project.launcher.hold()
    try project.tick(20, hour: 2)
    let report = try project.orchestrator.backfill(
      project.model, from: EngineProject.time(9), to: EngineProject.time(12), schedule: nil)
    #expect(report.evaluations.map(\.decision.verdict) == [.hold, .retrain, .retrain, .retrain])
    #expect(report.notes.contains { $0.hasPrefix("3 decisions to retrain opened no run.") })
  }

  @Test("before anything served, the versions that the log names are measured, and the rest is unknown")
  func withoutChampion() throws {
    let project = try EngineProject(settings())
    try project.live(0...3, version: 7)
    try project.live(4...6, version: 8)
    try project.tick(8, hour: 2)
    let report = try project.orchestrator.backfill(
      project.model, from: EngineProject.time(3), to: EngineProject.time(7), schedule: nil)
    #expect(report.evaluations.allSatisfy { $0.champion == nil })
    let versions = report.evaluations.map { evaluation in
      Set(
        evaluation.observations.filter { $0.metric == "roc_auc" && $0.window.length == .days(7) }.map(
          \.version))
    }
    // The labels of a day have come and matured by the next night.
    #expect(versions == [[7], [7], [7, 8], [7, 8], [7, 8]])
    #expect(report.notes.first?.hasPrefix("By the record no version of loans served at that time") == true)
    #expect(report.evaluations.allSatisfy { $0.decision.verdict == .unknown })
  }

  @Test("labels that came later are not seen")
  func asKnown() throws {
    let project = try project()
    try project.tick(20, hour: 2)
    let report = try project.orchestrator.backfill(
      project.model, from: EngineProject.time(10), to: EngineProject.time(10), schedule: nil)
    let observation = report.evaluations[0].observations.first { $0.metric == "roc_auc" }
    // By day 10, 03:00 the labels of days 8 and 9 had come and matured, 40 each; the log goes on to day 20.
    #expect(observation?.sampleSize == 80)
    #expect(observation?.knownAt == EngineProject.time(10))
    #expect(observation?.source == "backfill")
  }

  @Test(
    "what can't be computed is refused with a sentence",
    arguments: [
      (30, 31, "nightly", "lies in the future"), (12, 11, "nightly", "is later than"),
      (9, 11, "weekly", "it has nightly"),
    ])
  func refusals(from: Int, to: Int, schedule: String, sentence: String) throws {
    let project = try project()
    try project.tick(20, hour: 2)
    let error = #expect(throws: EngineError.self) {
      try project.orchestrator.backfill(
        project.model, from: EngineProject.time(from), to: EngineProject.time(to), schedule: Name(schedule))
    }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test("a log that can't be read is no news of the past: it is refused, and nothing is recorded")
  func unreadable() throws {
    let project = try project()
    try project.tick(20, hour: 2)
    try project.scratch.write("no,such,columns\n1,2,3\n", to: "data/loans/predictions/2000.csv")
    let error = #expect(throws: EngineError.self) {
      try project.orchestrator.backfill(project.model, from: EngineProject.time(9), to: nil, schedule: nil)
    }
    #expect(error?.description.contains("2000.csv") == true)
    #expect(try project.events(.observationsBackfilled).isEmpty)
  }

  @Test("stopped before its commit it has recorded nothing, after it all, and done again it is whole")
  func stopped() throws {
    for moment in FailPoint.Moment.allCases {
      let project = try project()
      try project.tick(20, hour: 2)
      project.restart { if $0 == FailPoint(moment, .appendBackfill) { throw Interruption(at: $0) } }
      #expect(throws: EngineError.self) {
        try project.orchestrator.backfill(project.model, from: EngineProject.time(9), to: nil, schedule: nil)
      }
      project.restart()
      #expect(try project.events(.observationsBackfilled).count == (moment == .after ? 1 : 0))
      let report = try project.orchestrator.backfill(
        project.model, from: EngineProject.time(9), to: nil, schedule: nil)
      #expect((report.added == 0) == (moment == .after))
      #expect(try project.events(.observationsBackfilled).count == 1)
      #expect(try project.reading { try $0.verify() }.isIntact)
    }
  }
}
