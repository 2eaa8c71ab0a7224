import Foundation
import RefitCore
import RefitExecution
import RefitTesting
import Synchronization
import Testing

@testable import RefitEngine

@Suite("A run that takes the orchestrator down with it")
struct QuarantineTests {
  private let first = RunID(model: Name("loans")!, number: 1)

  /// A process that dies at a fail point; it is another one at each call.
  private func dying(_ project: EngineProject, at point: FailPoint?, after skipped: Int = 0) -> Orchestrator {
    let left = Mutex(skipped)
    let launcher = project.launcher
    return Orchestrator(
      project: project.directory,
      world: World(
        now: { EngineProject.time(0) }, elapsed: { .seconds(launcher.calls.count) },
        randomBytes: { launcher.randomBytes($0) }, launcher: launcher, actor: "ada",
        host: World.Host(name: "test", system: "Linux"),
        reach: { reached in
          let isTime = left.withLock { left in
            guard reached == point else { return false }
            left -= 1
            return left < 0
          }
          if isTime { throw Interruption(at: reached) }
        }))
  }

  /// A run whose train job has ended, and waits to be collected.
  private func trained(_ models: [String] = []) throws -> EngineProject {
    var settings = EngineProject.Settings()
    settings.models += models.map { EngineProject.ModelSettings(name: $0) }
    let project = try EngineProject(settings)
    project.launcher.hold()
    try project.trainFirst()
    for model in models {
      try project.live(0...7, model: model)
      _ = try project.orchestrator.retrain(Name(model)!, because: "first")
    }
    project.launcher.finishAll()
    return project
  }

  private func die(_ project: EngineProject, at point: FailPoint, times: Int) throws {
    for hour in 0..<times {
      let time = EngineProject.time(8, hour: 4 + hour)
      #expect(throws: EngineError.self) { try dying(project, at: point).tick(at: time) }
    }
  }

  private static let sealing = FailPoint(.before, .sealOutputs)

  @Test("is given up once it has died three times at one place, with the place as the reason")
  func third() throws {
    let project = try trained()
    try die(project, at: Self.sealing, times: 3)
    #expect(try project.run(1).state == .running)
    project.restart()
    try project.tick(8, hour: 8)
    let run = try project.run(1)
    #expect(run.state == .failed)
    #expect(run.reason?.contains("died 3 times") == true)
    #expect(run.reason?.contains("before:seal-outputs") == true)
    #expect(run.attempts.allSatisfy { !$0.state.isLive })
    #expect(try project.events(.alert).contains { $0.payload?.contains("loans#1") == true })
    #expect(!FileBytes.exists(project.directory.drivingNote))
    #expect(try project.reading { try $0.liveRuns() }.isEmpty)
  }

  @Test("goes on after two deaths, and nothing is remembered of them once it has been driven")
  func second() throws {
    let project = try trained()
    for _ in 0..<3 {
      try die(project, at: Self.sealing, times: 2)
      // The job that is held now runs on: the run is driven, and makes no progress.
      project.launcher.hold()
      project.restart()
      try project.tick(8, hour: 7)
    }
    #expect(try project.run(1).state == .running)
    #expect(!FileBytes.exists(project.directory.drivingNote))
  }

  @Test("is not one that died at three different places")
  func differentPlaces() throws {
    let project = try trained()
    for point in [
      FailPoint(.before, .sealOutputs), FailPoint(.after, .sealOutputs),
      FailPoint(.before, .commitTransition), FailPoint(.before, .sealOutputs),
      FailPoint(.after, .sealOutputs),
    ] {
      try die(project, at: point, times: 1)
    }
    project.restart()
    try project.tick(8, hour: 9)
    project.launcher.finishAll()
    try project.tick(8, hour: 10)
    #expect(try project.run(1).state == .promoted)
  }

  @Test("is not one that makes progress between its deaths")
  func progress() throws {
    let project = try trained()
    // Each commit of the run is durable, and each process dies right after it.
    var deaths = 0
    for hour in 4..<24 {
      let isDead: Bool
      do {
        _ = try dying(project, at: FailPoint(.after, .commitTransition)).tick(
          at: EngineProject.time(8, hour: hour))
        isDead = false
      } catch {
        isDead = true
      }
      if isDead { deaths += 1 }
      project.launcher.finishAll()
    }
    #expect(deaths >= 3)
    #expect(try project.run(1).reason?.contains("died") != true)
  }

  @Test("lets all other runs have their turn before it is tried again")
  func others() throws {
    let project = try trained(["churn"])
    try die(project, at: Self.sealing, times: 1)
    // The run of loans would be first by age; the sealing of churn goes through, and then loans dies again.
    #expect(throws: EngineError.self) {
      try dying(project, at: Self.sealing, after: 1).tick(at: EngineProject.time(8, hour: 9))
    }
    #expect(try project.orchestrator.run(RunID(model: Name("churn")!, number: 1)).candidate == 1)
    #expect(try project.run(1).candidate == nil)
  }

  @Test("is not seen in a failure that the process lives to tell")
  func failure() throws {
    let project = try trained()
    project.launcher.finishAll()
    project.launcher.breakDown()
    for hour in 4..<6 {
      project.restart()
      try project.tick(8, hour: hour)
    }
    #expect(!FileBytes.exists(project.directory.drivingNote))
    #expect(try project.run(1).state == .running)
  }

  @Test(
    "is not made up from a note that is no note",
    arguments: ["", "nonsense", "\u{0}\u{1}", "loans#1 x\n\n\n"])
  func badNote(_ text: String) throws {
    let project = try trained()
    try project.scratch.write(text, to: "state/driving")
    project.restart()
    try project.tick(8, hour: 5)
    project.launcher.finishAll()
    try project.tick(8, hour: 6)
    #expect(try project.run(1).state == .promoted)
  }
}
