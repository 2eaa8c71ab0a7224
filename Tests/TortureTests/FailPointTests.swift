import Foundation
import RefitCore
import RefitTesting
import Synchronization
import Testing

/// Each fail point, with the real program killed there: afterwards all is as if it had not been.
@Suite struct FailPointTests {
  /// One way to be killed.
  private struct Case {
    let scene: Scene
    let point: FailPoint
  }

  /// Fail points that no command reaches here, each with the reason.
  private static let unreached = Dictionary(
    uniqueKeysWithValues: [
      (FailPoint.Deed.noteClock, "needs a wall clock that was set back"),
      (.acceptClock, "needs a wall clock that was set back"),
      (.moveSchedules, "needs other time zone data"),
    ].flatMap { deed, reason in
      FailPoint.Moment.allCases.map { (FailPoint($0, deed), "\(reason): the simulation is stopped there") }
    })

  @Test func `killed before and after each deed, a project comes to the same end`() throws {
    let cases = Scene.all.flatMap { scene in
      scene.deeds.flatMap { deed in
        FailPoint.Moment.allCases.map { Case(scene: scene, point: FailPoint($0, deed)) }
      }
    }
    let stages = Stages()
    let findings = Mutex<[String]>([])
    let reached = Mutex<[FailPoint: Int]>([:])
    let next = Atomic(0)
    let started = Date()
    DispatchQueue.concurrentPerform(iterations: 2 * ProcessInfo.processInfo.activeProcessorCount) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < cases.count else { return }
        do {
          let kills = try Self.play(cases[number], stages)
          reached.withLock { $0[cases[number].point, default: 0] += kills }
        } catch {
          findings.withLock { $0.append("\(cases[number].scene.name), \(cases[number].point): \(error)") }
        }
      }
    }
    for finding in findings.withLock({ $0 }) { Issue.record(Comment(rawValue: finding)) }
    let counts = reached.withLock { $0 }
    for point in FailPoint.all where counts[point, default: 0] == 0 {
      #expect(Self.unreached[point] != nil, "no scene is killed at \(point): add one, or say here why not")
    }
    let seconds = Int(Date().timeIntervalSince(started))
    print("\(counts.values.reduce(0, +)) kills at \(counts.count) fail points, \(seconds) s")
    for point in FailPoint.all { print("  \(counts[point, default: 0])  \(point)") }
  }

  /// Kills the command at the first, the second, … time that it reaches the point, until it does no more.
  ///
  /// - Returns: how often it was killed.
  private static func play(_ one: Case, _ stages: Stages) throws -> Int {
    let reference = try stages.outcome(of: one.scene)
    var time = 1
    while true {
      let project = try TorturedProject(copyOf: stages.project(of: one.scene))
      do {
        guard try isKilled(one, time, project) else { return time - 1 }
        let rows = try Stages.recover(one.scene, project)
        let differences = SceneOutcome(rows).differences(from: reference)
        guard differences.isEmpty else { throw SupportFailure(differences.joined(separator: "\n")) }
      } catch {
        project.keep()
        throw SupportFailure("killed at its time \(time): \(error)\nthe project is kept in \(project.path)")
      }
      time += 1
    }
  }

  private static func isKilled(_ one: Case, _ time: Int, _ project: TorturedProject) throws -> Bool {
    let takesTime = one.scene.command[0] == "tick"
    let command = try project.start(
      one.scene.command, at: takesTime ? one.scene.time : nil,
      environment: ["REFIT_KILL_AT": "\(one.point)#\(time)"])
    switch try command.wait() {
    case .killed(by: SIGKILL): return true
    case .exited(0): return false
    case let ending: throw SupportFailure("'\(one.scene.command)' \(ending): \(command.printed)")
    }
  }
}

/// The projects as they are before each scene's command, and what comes of them undisturbed; each is made once.
private final class Stages: Sendable {
  private let prepared = Mutex<[String: TorturedProject]>([:])
  private let outcomes = Mutex<[String: SceneOutcome]>([:])

  func project(of scene: Scene) throws -> TorturedProject {
    try prepared.withLock { prepared in
      if let project = prepared[scene.name] { return project }
      let project = try TorturedProject(.simulated, .calm)
      try scene.prepare(project)
      prepared[scene.name] = project
      return project
    }
  }

  func outcome(of scene: Scene) throws -> SceneOutcome {
    let original = try project(of: scene)
    return try outcomes.withLock { outcomes in
      if let outcome = outcomes[scene.name] { return outcome }
      let project = try TorturedProject(copyOf: original)
      let command = try project.start(scene.command, at: scene.command[0] == "tick" ? scene.time : nil)
      let ending = try command.wait()
      guard ending == .exited(0) else { throw SupportFailure("undisturbed it \(ending): \(command.printed)") }
      let outcome = SceneOutcome(try Self.recover(scene, project))
      outcomes[scene.name] = outcome
      return outcome
    }
  }

  /// What whoever gave the command does: gives it again if nothing of it is recorded, and lets ticks do the rest.
  static func recover(_ scene: Scene, _ project: TorturedProject) throws -> StateRows {
    var now = scene.time
    try tick(project, at: now, wait: false)
    if scene.command[0] != "tick", try !scene.isDone(StateRows(of: project)) {
      let command = try project.start(scene.command)
      let ending = try command.wait()
      guard ending == .exited(0) else {
        throw SupportFailure("given again, it \(ending): \(command.printed)")
      }
    }
    project.letGo()
    for _ in 0..<3 {
      now += 5
      try tick(project, at: now, wait: true)
    }
    let inspection = try Inspection(of: project, at: now, questions: .few)
    guard inspection.findings.isEmpty else {
      throw SupportFailure(inspection.findings.joined(separator: "\n"))
    }
    return inspection.rows
  }

  private static func tick(_ project: TorturedProject, at now: Date, wait: Bool) throws {
    let tick = try project.tick(at: now, wait: wait)
    guard tick.ending == .exited(0) else {
      throw SupportFailure("a tick afterwards \(tick.ending): \(tick.printed)")
    }
  }
}
