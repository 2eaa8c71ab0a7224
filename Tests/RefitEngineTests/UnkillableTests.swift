import Foundation
import RefitCore
import RefitExecution
import RefitStore
import RefitTesting
import Testing

@testable import RefitEngine

@Suite("Processes that could not be killed hold up their own model, for as long as they are there")
struct UnkillableTests {
  private static let sentence =
    "processes of loans#2, job train, attempt 1, could not be killed and are still there"

  /// A project whose second run has failed, since its train job could not be killed.
  private func stuck(_ change: (inout EngineProject.Settings) -> Void = { _ in }) throws -> EngineProject {
    var settings = EngineProject.Settings {
      $0.retrain = "{when: {feedback: {rows: 1}}, cooldown: 1h, after-failure: 1h}"
    }
    change(&settings)
    let project = try EngineProject(settings)
    try project.trainFirst()
    try project.live(8...14, version: 1)
    project.launcher.hold()
    let decided = try project.tick(10).decisions.first { $0.model == project.model }
    #expect(decided?.decision.verdict == .retrain)
    project.launcher.holdOnAll()
    project.launcher.hold(false)
    try project.tick(10, hour: 4)
    #expect(try project.run(2).state == .failed)
    #expect(try project.run(2).attempts.map(\.state) == [.unkillable])
    return project
  }

  @Test("no schedule opens a run while they are there, and the next one does when they are gone")
  func schedule() throws {
    let project = try stuck()
    for _ in 1...2 {
      let decision = try project.tick(11).decisions.first?.decision
      // Also in a process that remembers nothing.
      project.restart()
      guard let decision else { continue }
      #expect(decision.verdict == .restrained)
      #expect(decision.restraints == [Restraint(kind: .unkillable, sentence: Self.sentence)])
      #expect(decision.sentence.hasSuffix("but is restrained: \(Self.sentence)"))
      #expect(decision.nearestFlip == "restrained as long as \(Self.sentence)")
    }
    #expect(try project.tick(12).decisions.map(\.decision.verdict) == [.restrained])
    project.launcher.letGo()
    #expect(try project.tick(13).decisions.map(\.decision.verdict) == [.retrain])
    #expect(try project.states() == [.promoted, .failed, .promoted])
  }

  @Test("a person is refused with the reason until they are gone")
  func person() throws {
    let project = try stuck()
    let error = try #require(throws: EngineError.self) {
      try project.orchestrator.retrain(project.model, because: "now")
    }
    #expect("\(error)".hasPrefix("\(Self.sentence): no new run of loans until they are gone"))
    #expect(try project.states().count == 2)
    project.launcher.letGo()
    _ = try project.orchestrator.retrain(project.model, because: "now")
    #expect(try project.states().count == 3)
  }

  @Test("where their supervisor is gone too they are swept, and hold their model until none is left")
  func orphans() throws {
    let project = try stuck()
    project.launcher.loseHeld(sweeps: 1)
    #expect(try project.tick(12).decisions.map(\.decision.verdict) == [.restrained])
    #expect(try project.tick(13).decisions.map(\.decision.verdict) == [.retrain])
  }

  @Test("another model is not held up")
  func otherModel() throws {
    let project = try stuck { settings in
      var other = EngineProject.ModelSettings()
      other.name = "cards"
      settings.models.append(other)
    }
    try project.live(0...9, model: "cards")
    let cards = Name("cards")!
    let run = try project.orchestrator.retrain(cards, because: "first")
    #expect(try project.orchestrator.run(run).state == .promoted)
    #expect(throws: EngineError.self) { try project.orchestrator.retrain(project.model, because: "now") }
  }

  /// Opens a run as if they had not been known yet.
  private func open(_ project: EngineProject) throws {
    try project.orchestrator.write(at: .current, patience: .seconds(30)) { session in
      let (model, digest) = try #require(try session.store.model(project.model))
      _ = try session.store.openRun(
        RunOpening(
          trigger: .person("ada"), because: "in the moment before", model: model, configuration: digest,
          interval: DataInterval(start: nil, end: session.now), knownAt: session.now),
        at: session.now, actor: "ada")
    }
  }

  @Test("a run that was opened in the moment before waits in the queue until they are gone")
  func queuedRun() throws {
    let project = try stuck()
    try open(project)
    try project.tick(10, hour: 5)
    try project.tick(10, hour: 6)
    #expect(try project.run(3).state == .queued)
    project.launcher.letGo()
    try project.tick(10, hour: 7)
    #expect(try project.run(3).state == .promoted)
  }

  @Test("a run that waits for them can be cancelled")
  func cancelledRun() throws {
    let project = try stuck()
    try open(project)
    let id = RunID(model: project.model, number: 3)
    #expect(try project.orchestrator.cancel(id, because: "enough").state == .cancelled)
  }
}

@Suite("What kept the labels from the jobs")
struct BlindnessTests {
  private func blindness(_ guarantee: @escaping @Sendable (String) -> ExitRecord.Guarantee) throws -> String?
  {
    let project = try EngineProject()
    project.launcher.play { order in
      var record = PlayedJobs.play(order)
      record.guarantee = guarantee(order.environment["REFIT_JOB"] ?? "")
      return record
    }
    let run = try project.trainFirst()
    return try project.reading { try $0.gateReport(run.id)?.report.blind }
  }

  @Test("it was the sandbox where every job ran in it")
  func sandbox() throws {
    #expect(try blindness { _ in .namespace } == "by sandbox")
  }

  @Test("it was a convention where one did not, and the report says which")
  func convention() throws {
    #expect(try blindness { _ in .sweep } == "by convention (without sandbox: train, score)")
    #expect(
      try blindness { $0 == "train" ? .sweep : .namespace } == "by convention (without sandbox: train)")
  }
}

@Suite("Where the state may lie")
struct StatePlaceTests {
  @Test("the state of a project on a disk of this machine is made")
  func local() throws {
    let project = try EngineProject()
    try project.orchestrator.makeState()
    #expect(FileBytes.isDirectory(project.directory.state))
  }
}
