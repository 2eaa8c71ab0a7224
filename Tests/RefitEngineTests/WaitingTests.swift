import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("Occurrences that wait: for data, and behind a run")
struct WaitingTests {
  private func project(_ rule: String = "every: 1h, within: 4h", misfire: String = "once") throws
    -> EngineProject
  {
    let project = try EngineProject(
      .init {
        $0.schedules = """
          {nightly: {cron: "0 3 * * *", do: evaluate, misfire: \(misfire), ready: {run: [jobs/landed], \(rule)}}}
          """
      })
    try project.tick(0, hour: 0)
    return project
  }

  /// Lets the checks end with these codes, in their order; the last one for ever.
  private func answer(_ project: EngineProject, _ codes: Int...) {
    project.launcher.play { order in
      let number = Int(order.environment["REFIT_CHECK"] ?? "1") ?? 1
      let code = codes[min(number, codes.count) - 1]
      let said = Data("looked\nno file yet \(number)\n".utf8)
      _ = FileManager.default.createFile(atPath: "\(order.directory)/log", contents: said)
      return ExitRecord(reason: .exited, exitCode: code)
    }
  }

  private func pending(_ project: EngineProject) throws -> [PendingOccurrence] {
    try project.reading { try $0.pendingOccurrences() }
  }

  private func states(_ project: EngineProject) throws -> [OccurrenceRecord.State] {
    try project.reading { try $0.occurrences(of: project.nightly).map(\.state) }
  }

  @Test("it is decided at its nominal instant's turn once the command says 0, and at no other")
  func landed() throws {
    let project = try project()
    answer(project, 1, 0)
    let held = try project.tick(0)
    #expect(held.held.map(\.because) == ["it waits for jobs/landed"])
    #expect(held.decisions.isEmpty && held.liveChecks == 1)
    #expect(try project.tick(0).decisions.isEmpty)
    #expect(try pending(project).map(\.lastCheck?.end?.sentence) == ["exit 1: looked | no file yet 1"])
    #expect(try project.tick(0, hour: 4).liveChecks == 1)
    let report = try project.tick(0, hour: 5)
    #expect(report.decisions.map(\.nominal) == [EngineProject.time(0)])
    #expect(try pending(project).isEmpty)
    #expect(try states(project) == [.decided])
    #expect(try project.events(.occurrenceReady).count == 1)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("the command gets an environment of its own, a time-out, and a directory under state")
  func order() throws {
    let project = try project("every: 10m")
    try project.tick(0)
    let order = try #require(project.launcher.orders.first)
    #expect(order.environment["REFIT_MODEL"] == "loans")
    #expect(order.environment["REFIT_NOMINAL"] == "2026-01-01T03:00:00Z")
    #expect(order.environment["REFIT_SCHEDULE"] == "nightly")
    #expect(order.timeout == .minutes(10))
    #expect(order.directory == "\(project.directory.state)/ready/loans/nightly/20260101T030000Z-1")
    #expect(order.workingDirectory == project.directory.root)
  }

  @Test("after an outage the newest waits, and what it stands for is told with it")
  func outage() throws {
    let project = try project()
    answer(project, 0)
    let report = try project.tick(3, hour: 12)
    #expect(report.held.map(\.nominal) == [EngineProject.time(3)])
    #expect(report.held.map(\.coalesced) == [3])
    #expect(try project.tick(3, hour: 12).decisions.map(\.nominal) == [EngineProject.time(3)])
    #expect(try states(project) == [.coalesced, .coalesced, .coalesced, .decided])
  }

  @Test("it is missed when the command never says 0, with what the command said")
  func neverLands() throws {
    let project = try project()
    answer(project, 1)
    for hour in 3...6 { for _ in 0..<2 { try project.tick(0, hour: hour) } }
    let report = try project.tick(0, hour: 7)
    #expect(
      report.passed.map(\.occurrences.because) == [
        "jobs/landed did not end with 0 within 4h: checked 4 times, exit 1: looked | no file yet 4"
      ])
    #expect(try states(project) == [.missed])
    #expect(try pending(project).isEmpty)
  }

  @Test("a check that goes on is not doubled, whatever the ticks")
  func oneAtATime() throws {
    let project = try project()
    project.launcher.hold()
    for hour in 3...9 {
      project.restart()
      #expect(try project.tick(0, hour: hour).liveChecks == 1)
    }
    #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
    #expect(project.launcher.starts.count == 1)
  }

  @Test("an older and a newer occurrence both wait, and are asked after in turn")
  func severalWait() throws {
    let project = try project("every: 1h, within: 3d")
    answer(project, 1)
    for day in 0...1 { for hour in 3...6 { for _ in 0..<2 { try project.tick(day, hour: hour) } } }
    #expect(try pending(project).count == 2)
    #expect(try pending(project).allSatisfy { $0.checks >= 3 })
    answer(project, 0)
    for _ in 0..<4 { try project.tick(1, hour: 9) }
    #expect(try states(project) == [.decided, .decided])
  }

  @Test(
    "a stop anywhere starts no check twice and loses none",
    arguments: [
      FailPoint(.before, .holdOccurrence), FailPoint(.after, .holdOccurrence),
      FailPoint(.before, .prepareCheck),
      FailPoint(.after, .prepareCheck), FailPoint(.before, .recordCheck), FailPoint(.after, .recordCheck),
      FailPoint(.before, .launch), FailPoint(.after, .launch), FailPoint(.before, .recordEvaluation),
      FailPoint(.after, .recordEvaluation),
    ])
  func stopped(point: FailPoint) throws {
    for time in 1...2 {
      let project = try project()
      answer(project, 0)
      project.stop(at: point, time: time)
      for _ in 0..<2 {
        do { try project.tick(0) } catch { project.restart() }
      }
      project.restart()
      // A launch that came to nothing is tried again once it can't be under way any more.
      for _ in 0..<3 { try project.tick(0, hour: 4) }
      #expect(try states(project) == [.decided], "\(point) \(time)")
      #expect(project.launcher.starts.values.allSatisfy { $0 == 1 }, "\(point) \(time)")
      #expect(try project.reading { try $0.verify().isIntact })
    }
  }

  @Test("a check whose supervisor is lost says nothing, and the next one is made")
  func lost() throws {
    let project = try project()
    answer(project, 1, 0)
    project.launcher.hold()
    try project.tick(0)
    project.launcher.loseAll(sameBoot: true)
    project.launcher.hold(false)
    try project.tick(0)
    #expect(try pending(project).map(\.lastCheck?.end?.outcome) == [.failed])
    for _ in 0..<2 { try project.tick(0, hour: 4) }
    #expect(try states(project) == [.decided])
  }

  @Test("a schedule that changes gives up what waits, and its check")
  func changed() throws {
    let project = try project()
    project.launcher.hold()
    try project.tick(0)
    try project.configure(.init { $0.schedules = #"{nightly: {cron: "0 5 * * *", do: evaluate}}"# })
    for _ in 0..<2 { try project.tick(0, hour: 4) }
    #expect(try pending(project).isEmpty)
    #expect(try states(project) == [.missed])
    #expect(try project.reading { try $0.abandonedChecks().isEmpty })
    #expect(try project.tick(0, hour: 5).decisions.count == 1)
  }

  @Test("without 'ready' any more it is decided at the next tick")
  func noLonger() throws {
    let project = try project()
    project.launcher.hold()
    try project.tick(0)
    try project.configure(.init())
    #expect(try project.tick(0, hour: 4).decisions.map(\.nominal) == [EngineProject.time(0)])
  }

  // MARK: - Behind a run

  private func queueing(_ overlap: String) throws -> EngineProject {
    let project = try EngineProject(
      .init {
        $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain\#(overlap)}}"#
        $0.retrain = "{cooldown: 0s}"
      })
    try project.live(0...20)
    try project.tick(7, hour: 4)
    project.launcher.hold()
    #expect(try project.tick(8).decisions.map(\.decision.verdict) == [.retrain])
    return project
  }

  @Test("forbid: the schedule's decision is restrained while a run is live")
  func forbid() throws {
    let report = try queueing("").tick(9)
    #expect(report.decisions.map(\.decision.verdict) == [.restrained])
    #expect(report.decisions[0].decision.restraints.map(\.kind) == [.liveRun])
  }

  @Test("queue: the newest waits, the older are coalesced into it, and it is decided when the run has ended")
  func queue() throws {
    let project = try queueing(", overlap: queue")
    #expect(try project.tick(9).held.map(\.because) == ["it waits for loans#1 to end"])
    #expect(try project.tick(10).decisions.isEmpty)
    #expect(try pending(project).map(\.nominal) == [EngineProject.time(10)])
    #expect(try pending(project).map(\.attendAt) == [nil])
    project.launcher.hold(false)
    project.launcher.finishAll()
    var decided: [TickReport.Decided] = []
    for hour in 4...7 { decided += try project.tick(10, hour: hour).decisions }
    #expect(decided.map(\.nominal) == [EngineProject.time(10)])
    #expect(decided.map(\.decision.verdict) == [.retrain])
    #expect(try states(project) == [.decided, .coalesced, .decided])
    #expect(try project.states().count == 2)
  }

  @Test("queue: what waited is decided before what comes due at the same tick")
  func queueOldestFirst() throws {
    let project = try queueing(", overlap: queue")
    #expect(try project.tick(9).decisions.isEmpty)
    _ = try project.orchestrator.cancel(RunID(model: project.model, number: 1), because: "enough")
    project.launcher.hold(false)
    project.launcher.finishAll()
    let decided = try project.tick(10).decisions
    #expect(decided.first?.nominal == EngineProject.time(9))
    #expect(decided.map(\.nominal) == decided.map(\.nominal).sorted())
  }

  @Test("queue: guards and restraints hold all the same")
  func queueRestrained() throws {
    let project = try queueing(", overlap: queue")
    try project.tick(9)
    try project.configure(
      .init {
        $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain, overlap: queue}}"#
        $0.retrain = "{cooldown: 30d}"
      })
    project.launcher.hold(false)
    project.launcher.finishAll()
    var decided: [TickReport.Decided] = []
    for hour in 4...7 { decided += try project.tick(9, hour: hour).decisions }
    #expect(decided.map(\.decision.verdict) == [.restrained])
  }
}
