import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("A pause")
struct PauseTests {
  private static let monthly = #"{nightly: {cron: "0 3 * * *", do: retrain}}"#
  private let first = RunID(model: Name("loans")!, number: 1)

  private func paused(
    _ settings: EngineProject.Settings, _ model: Name? = Name("loans")!, until: PauseEnd = .open
  ) throws -> EngineProject {
    let project = try EngineProject(settings)
    try project.live(0...7)
    try project.tick(8, hour: 2)
    _ = try project.orchestrator.pause(model, until: until, because: "year-end close")
    return project
  }

  @Test("restrains decisions with its reason, until it is ended", arguments: [Name("loans"), nil])
  func restrains(_ model: Name?) throws {
    let project = try paused(EngineProject.Settings { $0.schedules = Self.monthly }, model)
    let decided = try #require(try project.tick(8).decisions.first)
    #expect(decided.decision.verdict == .restrained)
    #expect(decided.decision.sentence.contains("paused by ada: year-end close"))
    #expect(decided.run == nil)
    #expect(try project.states().isEmpty)
    #expect(try project.orchestrator.resume(model, because: "done").isEmpty)
    #expect(try project.tick(9).decisions.first?.run != nil)
    #expect(try project.events(.paused).map(\.actor) == ["ada"])
    #expect(try project.events(.resumed).map(\.model) == [model])
  }

  @Test("of another model restrains nothing")
  func another() throws {
    var settings = EngineProject.Settings { $0.schedules = Self.monthly }
    settings.models.append(EngineProject.ModelSettings(name: "churn"))
    let project = try paused(settings, Name("churn"))
    #expect(try project.tick(8).decisions.contains { $0.run == first })
  }

  @Test("ends by itself, is closed by the next tick, and says so once")
  func ends() throws {
    let project = try paused(EngineProject.Settings { $0.schedules = Self.monthly }, until: .after(.days(1)))
    let night = try project.tick(8)
    let restraint = try #require(night.decisions.first?.decision.restraints.first)
    #expect(restraint.until == EngineProject.time(9, hour: 2))
    let next = try project.tick(9)
    #expect(next.news == ["loans goes on: the pause of ada is over"])
    #expect(next.decisions.first?.run == first)
    #expect(try project.tick(9, hour: 4).news.isEmpty)
    #expect(try project.events(.resumed).map(\.actor) == ["refit"])
  }

  @Test("that would be over before it begins is refused")
  func past() throws {
    let project = try EngineProject()
    try project.tick(8)
    #expect(throws: EngineError.self) {
      _ = try project.orchestrator.pause(nil, until: .at(EngineProject.time(8)), because: "late")
    }
  }

  @Test("refuses a person's retraining with its reason and its remedy")
  func retrain() throws {
    let project = try paused(EngineProject.Settings())
    let refusal = #expect(throws: EngineError.self) {
      try project.orchestrator.retrain(project.model, because: "now")
    }
    let sentence = try #require(refusal?.description)
    #expect(sentence.contains("loans is paused by ada: year-end close"))
    #expect(sentence.contains("refit resume loans"))
  }

  @Test("lets a live job end, and starts no other until the model goes on")
  func liveRun() throws {
    let project = try EngineProject()
    project.launcher.hold()
    try project.trainFirst()
    let (_, live) = try project.orchestrator.pause(project.model, until: .open, because: "freeze")
    #expect(live == [first])
    project.launcher.finishAll()
    let report = try project.tick(8, hour: 4)
    #expect(report.heldRuns == [first])
    #expect(report.waitingRuns == 0)
    #expect(try project.run(1).candidate == 1, "what the job made is sealed")
    #expect(project.launcher.orders.count == 1)
    _ = try project.orchestrator.resume(project.model, because: "done")
    #expect(project.launcher.orders.count == 2)
    project.launcher.finishAll()
    try project.tick(8, hour: 5)
    #expect(try project.run(1).state == .promoted)
  }

  @Test("holds an attempt back that was recorded before it and has not started")
  func recordedAttempt() throws {
    let project = try EngineProject()
    project.launcher.goDeaf()
    try project.trainFirst()
    _ = try project.orchestrator.pause(nil, until: .open, because: "freeze")
    project.launcher.goDeaf(false)
    project.launcher.pass(.seconds(5))
    project.restart()
    try project.tick(8, hour: 4)
    #expect(project.launcher.starts.isEmpty)
    _ = try project.orchestrator.resume(nil, because: "done")
    #expect(try project.run(1).state == .promoted)
  }

  @Test("keeps an approval, and promotes when it ends")
  func approval() throws {
    let project = try EngineProject(.init { $0.promotion = "approval" })
    #expect(try project.trainFirst().state == .awaitingApproval)
    _ = try project.orchestrator.pause(project.model, until: .after(.days(20)), because: "freeze")
    #expect(try project.orchestrator.approve(first, because: "fine").state == .awaitingApproval)
    #expect(project.link() == nil)
    try project.tick(20)
    #expect(try project.run(1).state == .awaitingApproval, "an approval that was given does not expire")
    try project.tick(28)
    #expect(try project.run(1).state == .promoted)
    #expect(project.link() == "versions/1")
  }

  @Test("leaves the way back open: a rollback goes through")
  func rollback() throws {
    let project = try EngineProject()
    try project.trainFirst()
    try project.live(8...8, version: 1)
    try project.scratch.write("2\n", to: "weight")
    try project.tick(9)
    _ = try project.orchestrator.retrain(project.model, because: "next")
    _ = try project.orchestrator.pause(nil, until: .open, because: "complaints")
    #expect(try project.orchestrator.rollback(project.model, to: nil, because: "complaints").number == 1)
    #expect(project.link() == "versions/1")
  }

  @Test("is said by the file state/PAUSED, and ends with it; both are recorded")
  func file() throws {
    let project = try EngineProject(.init { $0.schedules = Self.monthly })
    try project.live(0...7)
    try project.tick(8, hour: 2)
    try project.scratch.write("the disks are moved\n", to: "state/PAUSED")
    let night = try project.tick(8)
    #expect(night.news.count == 1)
    #expect(night.decisions.first?.decision.sentence.contains("state/PAUSED") == true)
    #expect(night.decisions.first?.decision.sentence.contains("the disks are moved") == true)
    #expect(try project.tick(8, hour: 4).news.isEmpty, "it is told once")
    #expect(throws: EngineError.self) { try project.orchestrator.resume(nil, because: "please") }
    try FileManager.default.removeItem(atPath: project.directory.pauseFile)
    #expect(try project.tick(9).decisions.first?.run == first)
    #expect(try project.events(.paused).count == 1)
    #expect(try project.events(.resumed).count == 1)
  }

  @Test("is in force from the file at once, also before a tick has noticed it")
  func unnoticed() throws {
    let project = try EngineProject()
    try project.tick(8)
    try project.scratch.makeDirectory("state/PAUSED")
    #expect(throws: EngineError.self) {
      try project.orchestrator.retrain(project.model, because: "now")
    }
  }

  @Test("ends only by the command that it was said with")
  func scopes() throws {
    let project = try paused(EngineProject.Settings(), nil)
    let refusal = #expect(throws: EngineError.self) {
      try project.orchestrator.resume(project.model, because: "mine")
    }
    #expect(refusal?.description.contains("the project is paused by ada") == true)
    _ = try project.orchestrator.pause(project.model, until: .open, because: "me too")
    #expect(try project.orchestrator.resume(project.model, because: "mine").count == 1)
    #expect(try project.orchestrator.resume(nil, because: "all").isEmpty)
  }
}
