import Foundation
import RefitCore
import RefitExecution
import RefitStore
import Testing

@testable import RefitEngine

@Suite("A run from its trigger to its end")
struct RunTests {
  @Test("a first run is promoted, published and resolves to what it came from")
  func firstRun() throws {
    let project = try EngineProject()
    let run = try project.trainFirst()
    #expect(run.state == .promoted, "\(run.reason ?? "")")
    #expect(run.interval == DataInterval(start: nil, end: EngineProject.time(7, hour: 2)))
    #expect(run.candidate == 1)
    #expect(project.link() == "versions/1")
    #expect(try project.scratch.read("state/models/loans/champion/weight") == "1\n")
    let roles = try project.reading { Set(try $0.uses(run.id).map(\.role)) }
    #expect(
      roles == [.holdout, .withheld, .predictionLog, .feedbackLog, .model, .code, .training, .predictions])
    #expect(try project.orchestrator.damagedVersions().damages == [])
  }

  @Test("each attempt leads to what it was given to read, and the run to the reference")
  func inputs() throws {
    let settings = EngineProject.Settings {
      $0.mode = "promote\n    reference: reference.csv"
      $0.train = ", needs: prepare}\n      prepare: {run: [python3, jobs/prepare.py]"
    }
    let project = try EngineProject(settings)
    try project.scratch.write("x\n1\n", to: "reference.csv")
    project.launcher.play { order in
      guard order.environment["REFIT_JOB"] == "prepare" else { return PlayedJobs.play(order) }
      do { try PlayedJobs.write("id\n1\n", to: "rows.csv", of: order) } catch {
        return ExitRecord(reason: .exited, exitCode: 1)
      }
      return PlayedJobs.succeeded
    }
    let first = try project.trainFirst()
    try project.live(8...14, version: 1)
    try project.tick(15)
    let second = try project.run(project.orchestrator.retrain(project.model, because: "again").number)
    try project.reading { reader in
      let uses = try reader.uses(second.id).filter { $0.direction == .input }
      func names(_ job: String, _ subject: Attempt.Subject = .candidate) -> [String] {
        uses.filter { $0.attempt?.job.text == job && $0.attempt?.subject == subject }.map(\.name)
      }
      #expect(names("prepare") == ["withheld.csv"])
      #expect(names("train") == ["prepare/rows.csv", "withheld.csv"])
      #expect(names("score") == ["model", "holdout.csv"])
      #expect(names("score", .champion) == ["model", "holdout.csv"])
      let champion = try #require(try reader.version(.init(model: project.model, number: 1)))
      let scored = uses.first { $0.attempt?.subject == .champion && $0.role == .model }
      #expect(scored?.artifact.digest == champion.model)
      #expect(scored?.artifact.form == .tree)
      #expect(uses.filter { $0.role == .reference }.map(\.name) == ["reference.csv"])
      let reached = try reader.downstream(ofArtifact: champion.model).map(\.run)
      #expect(Set(reached).isSuperset(of: [first.id, second.id]))
    }
  }

  @Test("scoring code that can't be sealed ends the run at once: training again would not help")
  func codeInTheWay() throws {
    let project = try EngineProject(.init { $0.train = ", retries: {attempts: 3, backoff: 1s}" })
    symlink("/etc/passwd", project.scratch.path("jobs/link"))
    let run = try project.trainFirst()
    #expect(run.state == .failed)
    #expect(run.attempts.count == 1)
    #expect(run.reason?.contains("the scoring code 'jobs' can't be sealed") == true)
  }

  @Test("the second run's data begin where the champion's ended")
  func dataInterval() throws {
    let project = try EngineProject()
    let first = try project.trainFirst()
    try project.live(8...14, version: 1)
    try project.tick(15)
    let second = try project.run(project.orchestrator.retrain(project.model, because: "again").number)
    #expect(second.interval.start == first.interval.end)
    #expect(second.interval.end == EngineProject.time(14))
  }

  @Test("a worse candidate is refused with the sentence of its gate, and takes a version number all the same")
  func refused() throws {
    let project = try EngineProject()
    try project.trainFirst()
    try project.scratch.write("-1\n", to: "weight")
    try project.tick(9)
    let run = try project.run(project.orchestrator.retrain(project.model, because: "try").number)
    #expect(run.state == .refused)
    #expect(run.reason?.contains("roc_auc") == true)
    #expect(try project.reading { try $0.versions(project.model).count } == 2)
    #expect(project.link() == "versions/1")
  }

  @Test("the champion is scored by its own sealed code and model, whatever the project has now")
  func ownCode() throws {
    let project = try EngineProject()
    try project.trainFirst()
    try project.scratch.write("the second code\n", to: "jobs/score.py")
    try project.scratch.write("2\n", to: "weight")
    try project.live(8...10, version: 1)
    try project.tick(11)
    _ = try project.orchestrator.retrain(project.model, because: "try")
    let scoring = project.launcher.orders.filter { $0.workingDirectory.contains("/score/") }
    let subjects = try scoring.suffix(2).map { order in
      [
        order.directory.contains("/champion-") ? "champion" : "candidate",
        try String(contentsOfFile: "\(order.workingDirectory)/jobs/score.py", encoding: .utf8),
        try String(contentsOfFile: "\(order.environment["REFIT_INPUT"]!)/model/weight", encoding: .utf8),
      ]
    }
    #expect(
      Set(subjects) == [
        ["champion", "the first code\n", "1\n"], ["candidate", "the second code\n", "2\n"],
      ])
  }

  @Test("what a train job must leave and does not leave fails the run with the true reason")
  func missingModel() throws {
    let project = try EngineProject()
    project.launcher.play { _ in PlayedJobs.succeeded }
    let run = try project.trainFirst()
    #expect(run.state == .failed)
    #expect(run.reason == "Job train did not succeed: exit 0 but the output 'model' is missing.")
  }

  @Test("an output with a name that no text can say fails the attempt, and the model can be trained again")
  func misnamedOutput() throws {
    let project = try EngineProject()
    project.launcher.play { order in
      let end = PlayedJobs.play(order)
      let bytes = Array("\(order.environment["REFIT_OUTPUT"]!)/".utf8) + [0xFF, 0xFE, 0]
      let file = bytes.withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o644) }
      }
      close(file)
      return end
    }
    let run = try project.trainFirst()
    #expect(run.state == .failed)
    #expect(run.reason?.contains("exit 0 but") == true)
    project.launcher.play(PlayedJobs.play)
    let next = try project.orchestrator.retrain(project.model, because: "again")
    #expect(try project.run(next.number).state == .promoted)
  }

  @Test("a failed job is tried again after its backoff, which doubles, and as often as was said")
  func retries() throws {
    let project = try EngineProject(.init { $0.train = ", retries: {attempts: 3, backoff: 2h}" })
    project.launcher.play { _ in ExitRecord(reason: .exited, exitCode: 75) }
    try project.trainFirst()
    var counts: [Int] = []
    for hour in 2...10 {
      try project.tick(8, hour: hour)
      counts.append(try project.run(1).attempts.count)
    }
    #expect(counts == [1, 1, 2, 2, 2, 2, 3, 3, 3])
    #expect(try project.run(1).state == .failed)
    #expect(try project.run(1).reason?.contains("at attempt 3 of 3") == true)
    let seeds = Set(project.launcher.orders.map { $0.environment["REFIT_SEED"] })
    #expect(seeds.count == 1)
  }

  @Test("a model without gates or holdout is not promoted by itself")
  func noGates() throws {
    let project = try EngineProject(
      .init {
        $0.holdout = "{draw: {from: feedback, last: 10d, share: 0.5}}"
        $0.gates = "[]"
      })
    let run = try project.trainFirst()
    #expect(run.state == .awaitingApproval)
    #expect(project.link() == nil)
  }

  @Test("in mode train a candidate is judged, and nothing is promoted")
  func modeTrain() throws {
    let project = try EngineProject(.init { $0.mode = "train" })
    #expect(try project.trainFirst().state == .judged)
    #expect(project.link() == nil)
  }

  @Test("a holdout that can't be drawn fails the run with the file and the place")
  func brokenHoldout() throws {
    let project = try EngineProject()
    try project.live(0...7)
    try project.scratch.write(
      "id,at,x,score,version\n9-9,yesterday,1,,\n", to: "data/loans/predictions/2000.csv")
    try project.tick(8, hour: 2)
    let run = try project.run(project.orchestrator.retrain(project.model, because: "first").number)
    #expect(run.state == .failed)
    #expect(run.reason?.contains("2000.csv:2: column 'at': 'yesterday' is not a time") == true)
  }

  @Test("a second run beside a live one is refused, also when a person asks")
  func oneLiveRun() throws {
    let project = try EngineProject()
    project.launcher.hold()
    try project.trainFirst()
    #expect(throws: EngineError.self) { try project.orchestrator.retrain(project.model, because: "another") }
    #expect(try project.states() == [.running])
  }

  @Test("a model that has gone from refit.yaml is not trained any more, but its run goes on")
  func removedModel() throws {
    let project = try EngineProject()
    project.launcher.hold()
    try project.trainFirst()
    var settings = EngineProject.Settings()
    settings.models[0].name = "other"
    try project.configure(settings)
    project.launcher.finishAll()
    project.launcher.hold(false)
    try project.tick(8)
    #expect(try project.states() == [.promoted])
    #expect {
      try project.orchestrator.retrain(project.model, because: "again")
    } throws: { "\($0)".contains("there is no model 'loans' in refit.yaml") }
  }
}
