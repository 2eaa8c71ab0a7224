import Foundation
import RefitTesting
import Testing

@Suite struct InterruptionTests {
  @Test func `a tick that is killed while a job runs loses nothing: the next one finishes the run`() throws {
    let project = try TestProject.withWaitingJob()
    let retraining = try project.start("retrain", "loans", "--because", "first", "--wait")
    #expect(eventually { project.scratch.exists(TestProject.started) })
    retraining.kill(SIGKILL)
    _ = retraining.wait()
    #expect(try project.runStates() == ["running"])
    try project.scratch.write("", to: "go")
    #expect(try project.tick(16).status == 0)
    #expect(try project.runStates() == ["promoted"])
    #expect(try project.scratch.read(TestProject.started) == "started\n", "the job was started once")
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a training outlives the tick that started it, and is picked up by a later one`() throws {
    let project = try TestProject.withWaitingJob()
    #expect(try project.refit("retrain", "loans", "--because", "first").status == 0)
    #expect(eventually { project.scratch.exists(TestProject.started) })
    try project.tick(17, wait: false)
    #expect(try project.runStates() == ["running"])
    try project.scratch.write("", to: "go")
    try project.tick(18)
    #expect(try project.runStates() == ["promoted"])
  }

  @Test(arguments: ["auto", "none"])
  func `a supervisor that is killed loses its attempt, which is tried again`(sandbox: String) throws {
    let options = ", sandbox: \(sandbox), retries: {attempts: 2, backoff: 0s}"
    let project = try TestProject.inTraining(options: options)
    let pid = try #require(try Self.supervisor(in: project, "state/runs/loans/1/train/1"))
    kill(pid, SIGKILL)
    try project.scratch.write("", to: "go")
    #expect(try project.tick(16).status == 0)
    let attempts = try project.json("show", "loans#1")["attempts"] as? [[String: Any]] ?? []
    let trained = attempts.filter { $0["job"] as? String == "train" }.compactMap { $0["state"] as? String }
    #expect(trained == ["lost", "succeeded"])
    #expect(try project.runStates() == ["promoted"])
    #expect(try project.processes().isEmpty)
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `processes that could not be killed hold their model up until they are gone`() throws {
    let project = try TestProject.inTraining()
    let attempt = "state/runs/loans/1/train/1"
    let pid = try #require(try Self.supervisor(in: project, attempt))
    kill(pid, SIGKILL)
    // This test takes the supervisor's place, which has not got rid of them within a minute.
    let lock = open(project.scratch.path("\(attempt)/lock"), O_RDWR | O_CLOEXEC)
    var whole = flock()
    whole.l_type = Int16(F_WRLCK)
    #expect(eventually { fcntl(lock, 37, &whole) == 0 }, "the killed supervisor's lock goes with it")
    let record = """
      {"reason":"unkillable","exit_code":null,"signal":null,"error":null,"cpu_seconds":0,"peak_memory_bytes":0,\
      "wall_seconds":1,"log_bytes":0,"log_dropped_bytes":0,"guarantee":"sweep"}
      """
    try project.scratch.write(record, to: "\(attempt)/exit.json")
    try project.tick(16)
    #expect(try project.runStates() == ["failed"])
    let sentence = "processes of loans#1, job train, attempt 1, could not be killed and are still there"
    #expect(try project.refit("status").output.contains("\(sentence): no new run of loans"))
    try project.tick(17)
    #expect(try project.refit("explain", "loans").output.contains("held up now: \(sentence)"))
    let refusal = try project.refit("retrain", "loans", "--because", "again")
    #expect(refusal.status == 1)
    #expect(refusal.errors.contains(sentence))
    try project.scratch.write("", to: "go")
    close(lock)
    #expect(try !project.refit("status").output.contains(sentence))
    #expect(try project.refit("retrain", "loans", "--because", "again", "--wait").status == 0)
    #expect(try project.runStates() == ["failed", "promoted"])
  }

  /// Nil while nobody has claimed the attempt.
  private static func supervisor(in project: TestProject, _ attempt: String) throws -> pid_t? {
    let claim = try project.scratch.read("\(attempt)/claim")
    return claim.split(separator: "\"pid\":").last.flatMap { Int32($0.prefix { $0.isNumber }) }
  }

  @Test func `of several ticks at once one works and the others say so`() throws {
    let project = try TestProject(when: "{age: {over: 1d}}")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(15)
    let ticks = try (0..<6).map { _ in try project.start("tick", "--now", TestProject.time(16)) }
    let ended = ticks.map { $0.wait() }
    #expect(ended.allSatisfy { $0.status == 0 }, "\(ended.map(\.errors))")
    let events =
      try project.json("audit", "log", "--kind", "occurrence-decided")["events"] as? [[String: Any]]
    #expect(events?.count == 1, "the occurrence was decided once")
  }

  @Test func `a cancelled run kills its jobs and ends`() throws {
    let project = try TestProject.inTraining()
    #expect(try project.refit("cancel", "loans#1", "--because", "wrong data").status == 0)
    #expect(try project.tick(16).status == 0)
    #expect(try project.runStates() == ["cancelled"])
    #expect(try project.processes().isEmpty)
  }

  @Test func `serve decides, runs and stops on SIGTERM`() throws {
    let project = try TestProject()
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(text.replacingOccurrences(of: "clock: simulated\n", with: ""), to: "refit.yaml")
    try project.live(0...14, truth: 1.5, version: nil)
    let serving = try project.start("serve")
    #expect(eventually { project.scratch.exists("state/refit.db") })
    // Labels of 2026-01 are no longer among the newest ten days of the wall clock, so that the holdout is empty.
    #expect(try project.refit("retrain", "loans", "--because", "first").status == 0)
    #expect(try eventually { try project.runStates() == ["failed"] })
    serving.kill(SIGTERM)
    #expect(serving.wait().status == 0)
  }
}
