import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("What is due is decided once, and recorded")
struct DecidingTests {
  private func occurrences(_ project: EngineProject) throws -> [(nominal: Instant, verdict: String)] {
    try project.reading { reader in
      try reader.decisions(project.model, limit: 100).reversed().map {
        ($0.nominal, $0.decision.verdict.rawValue)
      }
    }
  }

  @Test("an occurrence is decided once, however often the tick comes")
  func once() throws {
    let project = try EngineProject()
    try project.live(0...7)
    try project.tick(0, hour: 0)
    let reports = try (0..<3).map { _ in
      project.restart()
      return try project.tick(0)
    }
    #expect(reports.map(\.decisions.count) == [1, 0, 0])
    #expect(try occurrences(project).map(\.nominal) == [EngineProject.time(0)])
  }

  @Test("nothing is due before the first nominal instant, and exactly at it something is")
  func boundary() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    #expect(try project.tick(0, hour: 2).decisions.isEmpty)
    #expect(try project.tick(0, hour: 3).decisions.count == 1)
  }

  @Test("after days without a tick the newest occurrence is decided and the others are coalesced into it")
  func coalesced() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    let report = try project.tick(5, hour: 4)
    #expect(report.decisions.map(\.nominal) == [EngineProject.time(5)])
    #expect(report.decisions.map(\.coalesced) == [5])
    let told = try project.events(.occurrenceCoalesced).compactMap(\.payload)
    #expect(told.count == 1)
    #expect(told.first?.contains(#""count":5,"first":"\#(EngineProject.time(0))""#) == true)
    #expect(told.first?.contains(#""last":"\#(EngineProject.time(4))""#) == true)
    let outcomes = try project.reading { try $0.occurrences(of: project.nightly) }
    #expect(outcomes.map(\.first) == (0...5).map { EngineProject.time($0) })
    #expect(outcomes.map(\.state) == Array(repeating: .coalesced, count: 5) + [.decided])
    #expect(try project.tick(6).decisions.map(\.coalesced) == [0])
  }

  @Test("a decision is recorded when nothing happens, with its tree and why")
  func held() throws {
    let project = try EngineProject(.init { $0.retrain = "{when: {age: {over: 30d}}, cooldown: 2d}" })
    try project.trainFirst()
    try project.live(8...9, version: 1)
    try project.tick(10)
    let record = try #require(try project.reading { try $0.latestDecision(project.model) })
    #expect(record.decision.verdict == .hold)
    #expect(record.decision.tree?.condition == "age")
    #expect(record.situation.champion?.version == 1)
    #expect(record.run == nil)
    #expect(try project.states() == [.promoted])
  }

  @Test("a true condition opens a run whose trigger is the occurrence")
  func retrains() throws {
    let project = try EngineProject(.init { $0.retrain = "{when: {feedback: {rows: 100}}, cooldown: 2d}" })
    try project.trainFirst()
    try project.live(8...9, version: 1)
    #expect(try project.tick(9).decisions.map(\.decision.verdict) == [.hold])
    try project.live(10...11, version: 1)
    let report = try project.tick(12)
    #expect(report.decisions.map(\.decision.verdict) == [.retrain])
    #expect(try project.run(2).trigger == .schedule(Name("nightly")!, nominal: EngineProject.time(12)))
    #expect(try project.run(2).interval.end == EngineProject.time(11))
    #expect(try project.run(2).state == .promoted)
  }

  @Test("an evaluation happens while a run is live, and its decision is restrained by it")
  func liveRun() throws {
    let project = try EngineProject(.init { $0.retrain = "{when: {feedback: {rows: 1}}, cooldown: 1h}" })
    try project.trainFirst()
    try project.live(8...12, version: 1)
    project.launcher.hold()
    #expect(try project.tick(10).decisions.map(\.decision.verdict) == [.retrain])
    let report = try project.tick(11)
    #expect(report.decisions.map(\.decision.verdict) == [.restrained])
    #expect(report.decisions[0].decision.restraints.map(\.kind) == [.liveRun])
    #expect(try project.states().count == 2)
    project.launcher.finishAll()
    project.launcher.hold(false)
    #expect(try project.tick(12).decisions.map(\.decision.verdict) == [.restrained])
    #expect(try project.tick(13).decisions.map(\.decision.verdict) == [.retrain])
  }

  @Test("a refused candidate starts the cooldown, and its rows don't count again")
  func cooldown() throws {
    let project = try EngineProject(.init { $0.retrain = "{when: {feedback: {rows: 60}}, cooldown: 3d}" })
    try project.trainFirst()
    try project.live(8...20, version: 1)
    try project.scratch.write("-1\n", to: "weight")
    var verdicts: [String] = []
    for day in 9...16 {
      verdicts.append(contentsOf: try project.tick(day).decisions.map(\.decision.verdict.rawValue))
    }
    // 40 new labels a day; a promoted run on day 8, refused ones each third day.
    #expect(
      verdicts == [
        "hold", "restrained", "retrain", "hold", "restrained", "retrain", "hold", "restrained",
      ])
    #expect(try project.states() == [.promoted, .refused, .refused])
  }

  @Test("a schedule that says so retrains without a condition, under the same restraints")
  func retrainSchedule() throws {
    let project = try EngineProject(
      .init {
        $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain}}"#
        $0.retrain = "{cooldown: 36h}"
      })
    try project.live(0...12)
    try project.tick(7, hour: 4)
    let verdicts = try (8...11).map { try project.tick($0).decisions.map(\.decision.verdict.rawValue) }
    #expect(verdicts == [["retrain"], ["restrained"], ["retrain"], ["restrained"]])
    #expect(try project.states() == [.promoted, .promoted])
  }

  @Test("mode observe decides and starts nothing")
  func observeMode() throws {
    let project = try EngineProject(
      .init {
        $0.mode = "observe"
        $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain}}"#
      })
    try project.live(0...7)
    try project.tick(7, hour: 4)
    #expect(try project.tick(8).decisions.map(\.decision.verdict) == [.restrained])
    #expect(try project.states().isEmpty)
    #expect(throws: EngineError.self) { try project.orchestrator.retrain(project.model, because: "please") }
  }

  @Test("logs that can't be read make the decision unknown, alert once, and never fire")
  func unknown() throws {
    let project = try EngineProject(.init { $0.retrain = "{when: {feedback: {rows: 30}}, cooldown: 1h}" })
    try project.trainFirst()
    try project.live(8...9, version: 1)
    try project.scratch.write("no,such,columns\n1,2,3\n", to: "data/loans/predictions/2000.csv")
    let verdicts = try (9...11).map { try project.tick($0).decisions.map(\.decision.verdict.rawValue) }
    #expect(verdicts == [["unknown"], ["unknown"], ["unknown"]])
    let alerts = try project.events(.alert).compactMap(\.payload)
    #expect(alerts.count == 1)
    #expect(alerts.first?.contains("2000.csv") == true)
  }

  @Test("trouble in one model does not stop another")
  func isolated() throws {
    var settings = EngineProject.Settings()
    settings.models.append(.init())
    settings.models[1].name = "aloans"
    let project = try EngineProject(settings)
    try project.live(0...7)
    try project.live(0...7, model: "aloans")
    try project.tick(7, hour: 4)
    for name in ["loans", "aloans"] { _ = try project.orchestrator.retrain(Name(name)!, because: "first") }
    // The first model's link can't be made, and its log of observations is no directory.
    try project.scratch.write("", to: "in-the-way")
    let published = project.directory.published(Name("aloans")!)
    try project.replace(published, by: project.directory.root + "/in-the-way")
    try project.live(8...9, version: 1)
    let report = try project.tick(9)
    #expect(report.decisions.map(\.model.text) == ["aloans", "loans"])
    #expect(report.troubles.count == 1)
    #expect(report.troubles.first?.contains("aloans@1 can't be published") == true)
  }
}
