import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("Time, and changes of refit.yaml")
struct ConfigurationChangeTests {
  @Test("a new schedule starts from now; one that stays the same keeps its turn")
  func newSchedule() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.configure(
      .init {
        $0.schedules = """
          {nightly: {cron: "0 3 * * *", do: evaluate}, hourly: {cron: "0 * * * *", do: evaluate}}
          """
      })
    let report = try project.tick(2, hour: 4)
    #expect(report.decisions.map(\.schedule.text) == ["nightly"])
    #expect(report.decisions.map(\.coalesced) == [2])
    #expect(try project.tick(2, hour: 5).decisions.map(\.schedule.text) == ["hourly"])
  }

  @Test("a schedule that is taken out and comes back starts from then")
  func comesBack() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.configure(.init { $0.schedules = #"{other: {cron: "0 5 * * *", do: evaluate}}"# })
    try project.tick(1, hour: 4)
    try project.configure(.init())
    #expect(try project.tick(4, hour: 4).decisions.isEmpty)
    #expect(try project.tick(5).decisions.map(\.coalesced) == [0])
    let states = try project.reading { try $0.occurrences(of: project.nightly).map(\.state) }
    #expect(states == [.missed, .missed, .decided])
  }

  @Test("a schedule whose rule changes starts anew, and nothing of the old rule comes due")
  func changedRule() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.configure(.init { $0.schedules = #"{nightly: {cron: "0 5 * * *", do: evaluate}}"# })
    #expect(try project.tick(3, hour: 5).decisions.isEmpty)
    #expect(try project.tick(4, hour: 5).decisions.map(\.nominal) == [EngineProject.time(4, hour: 5)])
  }

  @Test("what was due of a schedule that is renamed is told as missed")
  func renamed() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.configure(.init { $0.schedules = #"{daily: {cron: "0 3 * * *", do: evaluate}}"# })
    #expect(try project.tick(2, hour: 4).decisions.isEmpty)
    let told = try #require(try project.events(.occurrenceMissed).last?.payload)
    #expect(told.contains(#""count":3,"first":"\#(EngineProject.time(0))""#))
    let outcomes = try project.reading { try $0.occurrences(of: project.nightly) }
    #expect(outcomes.map(\.first) == (0...2).map { EngineProject.time($0) })
    #expect(outcomes.allSatisfy { $0.state == .missed })
  }

  @Test("a run keeps the configuration that it was opened with")
  func runKeepsIts() throws {
    let project = try EngineProject(.init { $0.promotion = "approval" })
    project.launcher.hold()
    let opened = try project.trainFirst()
    try project.configure(.init { $0.gates = "[{metric: {name: roc_auc, at-least: 0.999}}]" })
    for hour in 4...8 {
      try project.tick(8, hour: hour)
      project.launcher.finishAll()
    }
    let run = try project.run(1)
    #expect(run.state == .awaitingApproval)
    #expect(run.configuration == opened.configuration)
    #expect(try project.reading { try $0.model(project.model)?.configuration } != opened.configuration)
  }

  @Test("a tick goes on under the last good configuration, and says what is wrong with the new one")
  func lastGood() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.scratch.write("version: 1\nprojekt: test\n", to: "refit.yaml")
    let report = try project.tick(1)
    #expect(report.decisions.count == 1)
    let told = report.configurationTrouble?.diagnostics.map(\.message) ?? []
    #expect(told.contains { $0.contains("unknown key 'projekt'") })
    try project.configure(.init { $0.schedules = #"{daily: {cron: "0 3 * * *", do: evaluate}}"# })
    #expect(try project.tick(1, hour: 4).configurationTrouble == nil)
    #expect(try project.tick(2).decisions.map(\.schedule.text) == ["daily"])
  }

  @Test("a wrong configuration opens no run by hand, and begins no project")
  func refused() throws {
    let project = try EngineProject()
    try project.tick(0, hour: 0)
    try project.scratch.write("version: 1\nprojekt: test\n", to: "refit.yaml")
    #expect {
      try project.orchestrator.retrain(project.model, because: "a test")
    } throws: { error in
      if case EngineError.configuration = error { true } else { false }
    }
    let fresh = try EngineProject()
    try fresh.scratch.write("version: 1\nprojekt: test\n", to: "refit.yaml")
    #expect {
      try fresh.tick(0)
    } throws: { error in
      if case EngineError.configuration = error { true } else { false }
    }
    #expect(!fresh.scratch.exists("state/refit.db"))
  }

  @Test("simulated time may stand still but not go back, also not after a restart")
  func simulatedClock() throws {
    let project = try EngineProject()
    try project.tick(3)
    try project.tick(3)
    project.restart()
    #expect {
      try project.tick(2)
    } throws: { "\($0)".contains("time may not go back") }
    #expect(try project.tick(3).now == EngineProject.time(3))
  }

  @Test("a simulated project must be told the time, and another one must not")
  func whoseClock() throws {
    let simulated = try EngineProject()
    #expect(throws: EngineError.self) { try simulated.orchestrator.tick() }
    #expect(throws: EngineError.self) {
      try simulated.orchestrator.retrain(simulated.model, because: "before the first tick")
    }
    var settings = EngineProject.Settings()
    settings.clock = "wall"
    let wall = try EngineProject(settings)
    #expect(throws: EngineError.self) { try wall.tick(1) }
    #expect(try wall.orchestrator.tick().now == Instant("2026-01-01T00:00:00Z"))
  }

  @Test("while another refit is at work a tick does nothing and says so")
  func busy() throws {
    let project = try EngineProject()
    try project.tick(0)
    guard case .acquired(let lock) = try WriterLock.acquire(path: project.directory.writerLock, waitUpTo: 10)
    else {
      Issue.record("the lock is free, and can't be taken")
      return
    }
    let report = try project.orchestrator.tick(at: EngineProject.time(1))
    #expect(report.wasBusy)
    #expect(report.decisions.isEmpty)
    _ = consume lock
    #expect(try project.tick(1).decisions.count == 1)
  }
}
