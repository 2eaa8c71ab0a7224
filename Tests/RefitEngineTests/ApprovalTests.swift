import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("Approval, promotion and rollback")
struct ApprovalTests {
  private func awaiting() throws -> EngineProject {
    let project = try EngineProject(.init { $0.promotion = "approval" })
    #expect(try project.trainFirst().state == .awaitingApproval)
    return project
  }

  /// A project with promoted versions, one for each of so many days from day 8.
  private func versions(_ count: Int) throws -> EngineProject {
    let project = try EngineProject()
    try project.trainFirst()
    for number in stride(from: 2, through: count, by: 1) {
      try project.live((6 + number)...(6 + number), version: number - 1)
      try project.scratch.write("\(number)\n", to: "weight")
      try project.tick(7 + number)
      let run = try project.orchestrator.retrain(project.model, because: "next")
      #expect(try project.orchestrator.run(run).state == .promoted)
    }
    return project
  }

  @Test("a candidate waits for a person, and serves once approved")
  func approved() throws {
    let project = try awaiting()
    #expect(project.link() == nil)
    #expect(
      try project.orchestrator.approve(.init(model: project.model, number: 1), because: "fine").state
        == .promoted)
    #expect(project.link() == "versions/1")
    let record = try #require(try project.reading { try $0.champion(project.model) })
    #expect(record.promotion.actor == "ada")
    #expect(record.promotion.because.contains("ada approved it"))
  }

  @Test("who approves twice is told so, and the first yes still counts once the pause is over")
  func approvedTwice() throws {
    let project = try awaiting()
    let id = RunID(model: project.model, number: 1)
    _ = try project.orchestrator.pause(nil, until: .open, because: "year-end close")
    #expect(try project.orchestrator.approve(id, because: "fine").state == .awaitingApproval)
    let error = #expect(throws: EngineError.self) { try project.orchestrator.approve(id, because: "again") }
    #expect(error?.description == "ada has approved loans#1 already; the next tick takes it on")
    _ = try project.orchestrator.resume(nil, because: "closed")
    #expect(try project.orchestrator.run(id).state == .promoted)
  }

  @Test("a rejected candidate never serves, and can't be approved any more")
  func rejected() throws {
    let project = try awaiting()
    let id = RunID(model: project.model, number: 1)
    #expect(try project.orchestrator.reject(id, because: "no").state == .rejected)
    #expect(throws: EngineError.self) { try project.orchestrator.approve(id, because: "after all") }
    #expect(project.link() == nil)
  }

  @Test("an approval that nobody gives expires after seven days, not before")
  func expires() throws {
    let project = try awaiting()
    try project.tick(15, hour: 2)
    #expect(try project.run(1).state == .awaitingApproval)
    try project.tick(15, hour: 3)
    #expect(try project.run(1).state == .rejected)
  }

  @Test("what is approved must still be what was judged: a byte that changed in the vault fails the run")
  func tampered() throws {
    let project = try awaiting()
    let version = try #require(
      try project.reading { try $0.version(.init(model: project.model, number: 1)) })
    let file = "\(project.orchestrator.vault.path(of: version.model))/weight"
    chmod(file, 0o644)
    try Data("9\n".utf8).write(to: URL(filePath: file))
    let run = try project.orchestrator.approve(.init(model: project.model, number: 1), because: "fine")
    #expect(run.state == .failed)
    #expect(run.reason?.contains("What was judged is not what would be promoted") == true)
    #expect(project.link() == nil)
  }

  @Test("after a rollback the candidate is judged again, and the approval given before does not count")
  func judgedAgain() throws {
    let project = try versions(2)
    var settings = EngineProject.Settings { $0.promotion = "approval" }
    settings.models[0].gates = EngineProject.ModelSettings().gates
    try project.configure(settings)
    try project.live(9...9, version: 2)
    try project.scratch.write("3\n", to: "weight")
    try project.tick(10)
    let id = try project.orchestrator.retrain(project.model, because: "third")
    #expect(try project.orchestrator.run(id).state == .awaitingApproval)
    _ = try project.orchestrator.rollback(project.model, to: nil, because: "2 is bad")
    #expect(project.link() == "versions/1")

    // The approval comes before any tick has seen the rollback: it is bound to a report against version 2.
    let run = try project.orchestrator.approve(id, because: "fine")
    #expect(run.state == .awaitingApproval)
    let reports = try project.reading { try $0.gateReports(id).map(\.report.champion) }
    #expect(reports == [2, 1])
    #expect(try project.events(.approvalVoided).count == 1)
    #expect(try project.orchestrator.approve(id, because: "still fine").state == .promoted)
    #expect(try project.reading { try $0.champion(project.model)?.promotion.previous } == 1)
  }

  @Test("a rollback goes to the version that served last before, not to the first")
  func rollback() throws {
    let project = try versions(3)
    #expect(try project.orchestrator.rollback(project.model, to: nil, because: "3 is bad").number == 2)
    #expect(project.link() == "versions/2")
    #expect(try project.orchestrator.rollback(project.model, to: 1, because: "2 too").number == 1)
    #expect(project.link() == "versions/1")
    #expect(throws: EngineError.self) {
      try project.orchestrator.rollback(project.model, to: 1, because: "again")
    }
    #expect(throws: EngineError.self) {
      try project.orchestrator.rollback(project.model, to: 9, because: "where")
    }
  }

  @Test("a damaged version is no target for a rollback")
  func damagedTarget() throws {
    let project = try versions(2)
    let version = try #require(
      try project.reading { try $0.version(.init(model: project.model, number: 1)) })
    let file = "\(project.orchestrator.vault.path(of: version.model))/weight"
    chmod(file, 0o644)
    try Data("9\n".utf8).write(to: URL(filePath: file))
    #expect(throws: EngineError.self) {
      try project.orchestrator.rollback(project.model, to: 1, because: "back")
    }
    #expect(project.link() == "versions/2")
  }

  @Test(
    "a rollback while the former champion is being scored: that attempt still ends, and the new one is scored"
  )
  func rollbackWhileScoring() throws {
    let project = try versions(2)
    // From now on the job that scores is called otherwise; the champions keep theirs.
    try project.configure(
      EngineProject.Settings {
        $0.score = "mark: {kind: score, needs: train, run: [python3, jobs/score.py]}"
      })
    try project.live(9...9, version: 2)
    try project.scratch.write("3\n", to: "weight")
    project.launcher.hold()
    try project.tick(10)
    _ = try project.orchestrator.retrain(project.model, because: "third")
    project.launcher.finishAll()
    try project.tick(10, hour: 4)
    #expect(try project.run(3).attempts.filter(\.state.isLive).map(\.version) == [3, 2])
    _ = try project.orchestrator.rollback(project.model, to: 1, because: "2 is bad")
    for hour in 5...8 {
      project.launcher.finishAll()
      try project.tick(10, hour: hour)
    }
    let run = try project.run(3)
    #expect(run.state == .promoted, "\(run.reason ?? "")")
    #expect(run.attempts.filter { $0.subject == .champion }.map(\.version) == [2, 1])
    #expect(try project.reading { try $0.gateReports(run.id).map(\.report.champion) } == [1])
  }
}
