import Glibc
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("What one process forgets, the next one finds in the rows")
struct RestartTests {
  private let first = RunID(model: Name("loans")!, number: 1)

  /// Ticks through a whole run, each tick in a new process, and each job ending between two of them.
  private func playSlowly(_ project: EngineProject, from day: Int, ticks: Int = 12) throws {
    for hour in 4..<(4 + ticks) {
      project.restart()
      try project.tick(day, hour: hour)
      project.launcher.finishAll()
    }
  }

  @Test("a run goes through in as many processes as it has steps, and no command is started twice")
  func everyStep() throws {
    let project = try EngineProject()
    project.launcher.hold()
    try project.trainFirst()
    try playSlowly(project, from: 8)
    #expect(try project.run(1).state == .promoted)
    try project.live(8...9, version: 1)
    try project.tick(10)
    _ = try project.orchestrator.retrain(project.model, because: "second")
    try playSlowly(project, from: 10)
    #expect(try project.states() == [.promoted, .promoted])
    // Train and score, then train, score and the champion's score.
    #expect(project.launcher.starts.values.sorted() == [1, 1, 1, 1, 1])
    #expect(try project.run(2).attempts.map(\.launches) == [1, 1, 1])
  }

  @Test("the same run in one process and in many has the same decision, report and version")
  func sameOutcome() throws {
    let reports = try [false, true].map { isSlow in
      let project = try EngineProject()
      project.launcher.hold(isSlow)
      try project.trainFirst()
      if isSlow { try playSlowly(project, from: 8) }
      return try project.reading { reader in
        let version = try #require(try reader.version(.init(model: project.model, number: 1)))
        return [try reader.gateReport(first)?.digest, version.model, version.code, version.training]
      }
    }
    #expect(reports[0] == reports[1])
  }

  @Test("an attempt whose supervisor claimed nothing is launched again, and started once")
  func neverClaimed() throws {
    let project = try EngineProject()
    project.launcher.goDeaf()
    try project.trainFirst()
    project.restart()
    project.launcher.pass(.seconds(5))
    try project.tick(8, hour: 4)
    project.launcher.goDeaf(false)
    project.restart()
    project.launcher.pass(.seconds(5))
    try project.tick(8, hour: 5)
    #expect(try project.run(1).state == .promoted)
    #expect(try project.run(1).attempts.first?.launches == 3)
    #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
    #expect(Set(project.launcher.calls).count == 2)
  }

  @Test(
    "an attempt that a cancel gave up is told as cancelled, also when a crash came before that was recorded")
  func givenUp() throws {
    for isCrashed in [false, true] {
      let project = try EngineProject()
      project.launcher.goDeaf()
      try project.trainFirst()
      // As the crash leaves it: the claim is made, and no row tells of it.
      if isCrashed { _ = try project.launcher.void(directory: #require(project.launcher.calls.first)) }
      project.restart()
      _ = try project.orchestrator.cancel(first, because: "wrong data")
      #expect(try project.run(1).state == .cancelled)
      #expect(try project.run(1).attempts.map(\.state) == [.cancelled])
      #expect(try project.run(1).attempts.map(\.reason) == ["it was cancelled before it started"])
    }
  }

  @Test("after three launches that nobody took up the attempt is over, and so is the run")
  func nobody() throws {
    let project = try EngineProject()
    project.launcher.goDeaf()
    try project.trainFirst()
    for hour in 4...9 {
      project.restart()
      project.launcher.pass(.seconds(5))
      try project.tick(8, hour: hour)
    }
    #expect(try project.run(1).state == .failed)
    #expect(project.launcher.calls.count == 3)
    #expect(project.launcher.starts.isEmpty)
  }

  @Test(
    "a supervisor has time to take its attempt up, also where the process that started it is gone",
    arguments: [false, true])
  func patience(isRestarted: Bool) throws {
    let project = try EngineProject()
    project.launcher.goDeaf()
    try project.trainFirst()
    for hour in 4...9 {
      if isRestarted { project.restart() }
      try project.tick(8, hour: hour)
    }
    #expect(project.launcher.calls.count == 1)
    #expect(try project.run(1).state == .running)
  }

  @Test("a supervisor that can't be started is trouble that is told, and is tried again")
  func brokenLauncher() throws {
    let project = try EngineProject(.init { $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain}}"# })
    try project.live(0...7)
    try project.tick(7, hour: 4)
    project.launcher.breakDown()
    #expect(try project.tick(8).troubles == ["loans#1: refit-supervisor can't be started"])
    project.launcher.breakDown(false)
    project.restart()
    #expect(try project.tick(8, hour: 4).troubles.isEmpty)
    #expect(try project.run(1).state == .promoted)
  }

  @Test("where storage fails for a moment, the run goes on at the next tick", arguments: ["vault", "runs"])
  func storage(place: String) throws {
    let project = try EngineProject(.init { $0.schedules = #"{nightly: {cron: "0 3 * * *", do: retrain}}"# })
    try project.live(0...7)
    try project.tick(7, hour: 4)
    let block = place == "vault" ? "state/vault/staging" : "state/runs"
    try project.scratch.write("in the way", to: block)
    let troubles = try project.tick(8).troubles
    #expect(troubles.count == 1 && troubles[0].hasPrefix("loans#1: "), "\(troubles)")
    #expect(try project.run(1).state.isLive)
    #expect(unlink(project.scratch.path(block)) == 0)
    project.restart()
    #expect(try project.tick(8, hour: 4).troubles.isEmpty)
    #expect(try project.run(1).state == .promoted)
    #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
  }

  @Test("a lost attempt is followed by a new one, under another number", arguments: [true, false])
  func lost(sameBoot: Bool) throws {
    let project = try EngineProject(.init { $0.train = ", retries: {attempts: 2, backoff: 1s}" })
    project.launcher.hold()
    try project.trainFirst()
    project.launcher.loseAll(sameBoot: sameBoot)
    project.restart()
    project.launcher.hold(false)
    for hour in 4...6 { try project.tick(8, hour: hour) }
    let run = try project.run(1)
    #expect(run.attempts(of: Name("train")!).map(\.state) == [.lost, .succeeded])
    #expect(run.state == .promoted)
    #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
  }

  @Test("a cancelled run ends its jobs first, and the next run may start")
  func cancel() throws {
    let project = try EngineProject()
    project.launcher.hold()
    try project.trainFirst()
    try project.tick(8, hour: 4)
    _ = try project.orchestrator.cancel(first, because: "not now")
    project.restart()
    try project.tick(8, hour: 5)
    #expect(try project.run(1).state == .cancelled)
    #expect(try project.run(1).attempts.map(\.state) == [.cancelled])
    project.launcher.hold(false)
    let next = try project.orchestrator.retrain(project.model, because: "now")
    #expect(try project.orchestrator.run(next).state == .promoted)
  }

  @Test("no more attempts run at once than the project allows")
  func concurrency() throws {
    var settings = EngineProject.Settings()
    for name in ["b", "c", "d"] {
      settings.models.append(.init())
      settings.models[settings.models.count - 1].name = name
    }
    let project = try EngineProject(settings)
    for model in ["loans", "b", "c", "d"] { try project.live(0...7, model: model) }
    try project.tick(8, hour: 2)
    project.launcher.hold()
    for model in ["loans", "b", "c", "d"] {
      _ = try project.orchestrator.retrain(Name(model)!, because: "first")
    }
    var live: [Int] = []
    for hour in 4...16 {
      project.restart()
      live.append(try project.tick(8, hour: hour).liveAttempts)
      project.launcher.finishAll()
    }
    #expect(live.max() == 2)
    #expect(live.last == 0)
    #expect(project.launcher.starts.count == 8)
  }
}
