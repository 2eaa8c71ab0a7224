import Foundation
import RefitCore
import RefitStore
import Synchronization
import Testing

@testable import RefitEngine

@Suite("Long work is done outside of the tick, and comes to the same")
struct LongWorkTests {
  private let first = RunID(model: Name("loans")!, number: 1)

  /// Ticks until the run has ended.
  private func play(_ project: EngineProject, from day: Int, run number: Int, ticks: Int = 40) throws {
    for minute in 0..<ticks where try project.run(number).state.isLive {
      project.restart()
      _ = try project.orchestrator.tick(at: EngineProject.time(day, hour: 4) + .minutes(Int64(minute)))
      project.launcher.finishAll()
    }
  }

  /// What two trainings come to, by their digests and the recorded decision.
  private func outcome(_ project: EngineProject) throws -> [String] {
    try project.trainFirst()
    try play(project, from: 8, run: 1)
    try project.live(8...9, version: 1)
    for minute in 0..<4 {
      project.restart()
      _ = try project.orchestrator.tick(at: EngineProject.time(10) + .minutes(Int64(minute)))
    }
    _ = try project.orchestrator.retrain(project.model, because: "second")
    try play(project, from: 10, run: 2)
    return try project.reading { reader in
      let versions = try reader.versions(project.model).map { "\($0.model) \($0.code?.hex ?? "")" }
      let reports = try (1...2).map {
        try reader.gateReport(RunID(model: project.model, number: $0))?.digest.hex ?? "none"
      }
      let decision = try reader.latestDecision(project.model)
      let observed = (decision?.situation.observations ?? []).map {
        "\($0.metric) \($0.value ?? -1) \($0.sampleSize ?? -1)"
      }
      return versions + reports + observed + (try project.states().map(\.rawValue))
    }
  }

  /// Nothing comes due while a run is watched.
  private var quiet: EngineProject.Settings {
    .init { $0.schedules = #"{yearly: {cron: "0 3 1 12 *", do: evaluate}}"# }
  }

  private func settings() -> EngineProject.Settings {
    .init {
      $0.retrain = "{when: {performance: {metric: roc_auc, below: 0.1, min-samples: 10}}, cooldown: 1h}"
    }
  }

  @Test("two trainings with every step done by a process of its own are those that are done at once")
  func sameOutcome() throws {
    let inline = try EngineProject(settings())
    let outside = try EngineProject(settings())
    outside.longWork = ByteCount(bytes: 0)
    let expected = try outcome(inline)
    #expect(try outcome(outside) == expected)
    #expect(expected.suffix(2) == ["promoted", "promoted"])
    let kinds = Set(
      outside.launcher.starts.keys.compactMap { directory in
        directory.contains("/long-work/")
          ? directory.split(separator: "/").dropLast().last?.split(separator: ".").first.map(String.init)
          : nil
      })
    #expect(kinds == ["prepare", "seal", "freeze", "judge", "verify", "observe"])
    #expect(outside.launcher.starts.values.allSatisfy { $0 == 1 })
    #expect(try outside.run(2).attempts.map(\.launches).allSatisfy { $0 == 1 })
    let left = try? FileManager.default.contentsOfDirectory(atPath: outside.directory.work)
    #expect(left == [], "nothing is left of work that is done")
    #expect(!inline.scratch.exists("state/long-work"))
  }

  @Test("the attempt runs on while its outputs are sealed, and status can tell")
  func underWay() throws {
    let project = try EngineProject(quiet)
    try project.trainFirstOutside()
    // The job has ended; who seals holds on.
    let work = try WorkUnderWay.all(in: project.directory)
    #expect(work.map(\.doing) == ["sealing"])
    #expect(work.first?.run == first && work.first?.job == Name("train"))
    #expect(try project.run(1).attempts.map(\.state) == [.running])
    for hour in 5...8 {
      project.restart()
      #expect(try project.tick(8, hour: hour).workUnderWay == 1)
    }
    #expect(project.launcher.calls.count { $0.contains("/seal.") } == 1)
    project.launcher.hold(false)
    project.launcher.finishAll()
    try play(project, from: 9, run: 1)
    #expect(try project.run(1).state == .promoted)
    #expect(try WorkUnderWay.all(in: project.directory).isEmpty)
  }

  @Test("an occurrence that is being observed is decided although the next has come, and that one after it")
  func slowObserving() throws {
    let project = try EngineProject()
    try project.live(0...12)
    try project.tick(8, hour: 2)
    project.longWork = ByteCount(bytes: 0)
    project.launcher.hold()
    var nominals: [Instant] = []
    var coalesced = 0
    for day in [8, 9, 9, 10, 10, 10] {
      project.restart()
      let report = try project.tick(day)
      #expect(report.troubles.isEmpty)
      nominals += report.decisions.map(\.nominal)
      coalesced += report.decisions.reduce(0) { $0 + $1.coalesced }
      // The first takes until the day after.
      if day > 8 { project.launcher.finishAll() }
    }
    #expect(nominals == [8, 9, 10].map { EngineProject.time($0) })
    #expect(coalesced == 0)
    #expect(project.launcher.starts.count == 3)
  }

  @Test("of one name there is one process at a time: other work waits for it, or has it end first")
  func oneAtATime() throws {
    let project = try EngineProject()
    project.longWork = ByteCount(bytes: 0)
    project.launcher.hold()
    func ask(_ day: Int, champion: Int) throws -> Bool {
      project.restart()
      let observing = Observing(
        model: project.model, configuration: Digest(bytes: [UInt8](repeating: 1, count: 32)),
        schedule: Name("nightly")!, nominal: EngineProject.time(day), champion: champion, services: [],
        reference: nil, feedbackSince: nil)
      let done = try project.orchestrator.result(
        of: .observe(observing), weighing: 1, at: EngineProject.time(day), { Done() })
      return done != nil
    }
    #expect(try !ask(8, champion: 1))
    // A later occurrence waits for the earlier one.
    #expect(try !ask(9, champion: 1))
    #expect(project.launcher.starts.count == 1)
    #expect(try project.launcher.isRunning(in: "observe.loans.nightly/1", of: project))
    // Another champion serves: what was begun is of no use any more.
    #expect(try !ask(8, champion: 2))
    #expect(project.launcher.starts.count == 1)
    #expect(try !project.launcher.isRunning(in: "observe.loans.nightly/1", of: project))
    #expect(try !ask(8, champion: 2))
    #expect(project.launcher.starts.count == 2)
  }

  @Test("a process that ends without a result is followed by another, in a directory of its own")
  func again() throws {
    let project = try EngineProject(quiet)
    try project.trainFirstOutside()
    project.launcher.loseAll(sameBoot: true)
    project.restart()
    try project.tick(8, hour: 5)
    project.launcher.finishAll()
    project.launcher.hold(false)
    try play(project, from: 9, run: 1)
    #expect(try project.run(1).state == .promoted)
    let sealing = project.launcher.starts.filter { $0.key.contains("/seal.loans.1.train") }
    #expect(sealing.count == 2 && sealing.values.allSatisfy { $0 == 1 })
    #expect(project.launcher.starts.count { $0.key.hasSuffix("/train/1") } == 1, "the job is not run again")
  }

  @Test("while some of a process can't be killed nobody begins the same again")
  func unkillable() throws {
    let project = try EngineProject(quiet)
    try project.trainFirstOutside()
    project.launcher.play { _ in ExitRecord(reason: .unkillable) }
    project.launcher.finishAll()
    for hour in 5...8 {
      project.restart()
      #expect(try project.tick(8, hour: hour).workUnderWay == 1)
    }
    #expect(project.launcher.calls.count { $0.contains("/seal.") } == 1)
    #expect(try project.run(1).state == .running)
  }

  @Test("after three that ended without a result the attempt has failed, and says where to look")
  func threeTimes() throws {
    let project = try EngineProject()
    project.longWork = ByteCount(bytes: 0)
    project.launcher.play { order in
      let isSealing = order.directory.contains("/seal.")
      return isSealing ? ExitRecord(reason: .signalled, signal: 9) : PlayedJobs.play(order)
    }
    try project.trainFirst()
    try play(project, from: 8, run: 1)
    let run = try project.run(1)
    #expect(run.state == .failed)
    #expect(
      run.reason?.contains("3 processes of Refit's own ended without a result (the last by signal 9)") == true
    )
    #expect(run.reason?.contains("state/long-work/seal.loans.1.train.candidate.1/3/log") == true)
    #expect(project.launcher.calls.count { $0.contains("/seal.") } == 3)
  }

  @Test("work that no supervisor takes up is given up after three in each of three directories")
  func neverClaimed() throws {
    let project = try EngineProject(quiet)
    project.longWork = ByteCount(bytes: 0)
    project.launcher.goDeaf()
    try project.trainFirst()
    for minute in 0..<40 where try project.run(1).state.isLive {
      project.restart()
      project.launcher.pass(.seconds(5))
      _ = try project.orchestrator.tick(at: EngineProject.time(8, hour: 4) + .minutes(Int64(minute)))
    }
    let run = try project.run(1)
    #expect(run.state == .failed)
    #expect(run.reason?.contains("without a result (three supervisors were started for it") == true)
    #expect(project.launcher.calls.count { $0.contains("/freeze.loans.1/") } == 9)
    #expect(Set(project.launcher.calls.filter { $0.contains("/freeze.loans.1/") }).count == 3)
  }

  @Test("outputs that are not what was promised fail the attempt with the same sentence as at once")
  func refused() throws {
    let reasons = try [Int64(0), 16 << 20].map { limit in
      let project = try EngineProject()
      project.longWork = ByteCount(bytes: limit)
      project.launcher.play { order in
        if order.environment["REFIT_JOB"] == "train" { return PlayedJobs.succeeded }
        return PlayedJobs.play(order)
      }
      try project.trainFirst()
      try play(project, from: 8, run: 1)
      return try project.run(1).reason
    }
    #expect(reasons[0] == reasons[1])
    #expect(reasons[0]?.contains("exit 0 but the output 'model' is missing") == true)
  }

  @Test("a cancelled run ends while its outputs are being sealed, and so does who seals them")
  func cancelled() throws {
    let project = try EngineProject(quiet)
    try project.trainFirstOutside()
    _ = try project.orchestrator.cancel(first, because: "not now")
    #expect(try project.run(1).state == .cancelled)
    for hour in 5...7 {
      project.restart()
      try project.tick(8, hour: hour)
    }
    #expect(try WorkUnderWay.all(in: project.directory).isEmpty)
  }

  @Test("a program that is gone leaves the work to the tick")
  func withoutProgram() throws {
    let project = try EngineProject()
    project.longWork = ByteCount(bytes: 0)
    project.program = "/nowhere/refit"
    project.restart()
    try project.trainFirst()
    #expect(try project.run(1).state == .promoted)
    #expect(!project.scratch.exists("state/long-work"))
  }

  @Test("an order of another version of Refit is not carried out by this one, and the tick does it itself")
  func otherVersion() throws {
    let project = try EngineProject()
    project.longWork = ByteCount(bytes: 0)
    project.launcher.play { order in
      if order.environment["REFIT_JOB"] == nil {
        // As if the program had been replaced after the order was written.
        let path = "\(order.directory)/order.json"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        let other = text?.replacingOccurrences(of: Orchestrator.version, with: "9.9.9")
        try? other?.write(toFile: path, atomically: true, encoding: .utf8)
        let record = PlayedJobs.play(order)
        try? text?.write(toFile: path, atomically: true, encoding: .utf8)
        return record
      }
      return PlayedJobs.play(order)
    }
    try project.trainFirst()
    try play(project, from: 8, run: 1)
    #expect(try project.run(1).state == .promoted)
  }

  @Test(
    "a tick that is stopped around long work loses none of it, and does none of it twice",
    arguments: [FailPoint.Deed.beginWork, .launch, .commitTransition, .clearWork, .recordEvaluation])
  func stopped(deed: FailPoint.Deed) throws {
    for moment in FailPoint.Moment.allCases {
      for time in [1, 3] {
        let project = try EngineProject(settings())
        project.longWork = ByteCount(bytes: 0)
        try project.live(0...7)
        try project.tick(8, hour: 2)
        let left = Atomic(time)
        let isStopped = Mutex(false)
        project.restart { point in
          guard point == FailPoint(moment, deed), left.subtract(1, ordering: .relaxed).newValue == 0 else {
            return
          }
          isStopped.withLock { $0 = true }
          throw Interruption(at: point)
        }
        _ = try? project.orchestrator.retrain(project.model, because: "the first version")
        for minute in 0..<40 where !(isStopped.withLock { $0 }) {
          _ = try? project.orchestrator.tick(at: EngineProject.time(8, hour: 4) + .minutes(Int64(minute)))
        }
        project.restart()
        if try project.states().isEmpty {
          _ = try project.orchestrator.retrain(project.model, because: "the first version")
        }
        try play(project, from: 9, run: 1)
        #expect(try project.run(1).state == .promoted, "stopped \(moment) \(deed) for the \(time). time")
        #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
      }
    }
  }
}

extension PlayedLauncher {
  fileprivate func isRunning(in work: String, of project: EngineProject) throws -> Bool {
    try probe(directory: "\(project.directory.work)/\(work)") == .running
  }
}

extension EngineProject {
  /// The first training, up to where its job has ended and whoever seals its outputs holds on.
  fileprivate func trainFirstOutside() throws {
    try live(0...7)
    try tick(8, hour: 2)
    launcher.hold()
    _ = try orchestrator.retrain(model, because: "the first version")
    launcher.finishAll()
    longWork = ByteCount(bytes: 0)
    restart()
    try tick(8, hour: 2)
  }
}
