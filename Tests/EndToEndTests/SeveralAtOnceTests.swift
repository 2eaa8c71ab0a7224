import Foundation
import RefitTesting
import Testing

/// Several at the same instant, real processes all of them; and a run that ends each that drives it.
@Suite struct SeveralAtOnceTests {
  private func events(_ project: TestProject, _ kind: String) throws -> Int {
    (try project.json("audit", "log", "--kind", kind)["events"] as? [[String: Any]])?.count ?? 0
  }

  /// A project with a first version, whose policy asks for a retraining each day.
  private func ready(_ options: String = "") throws -> TestProject {
    let project = try TestProject(when: "{age: {over: 1s}}", options: options)
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(15)
    return project
  }

  @Test func `of eight ticks at the same instant one works, and all exit 0`() throws {
    let project = try ready()
    let ticks = try (0..<8).map { _ in
      try project.start("tick", "--now", TestProject.time(16), "--json")
    }
    let ended = ticks.map { $0.wait() }
    #expect(ended.allSatisfy { $0.status == 0 }, "\(ended.map(\.errors))")
    let reports = try ended.map {
      try JSONSerialization.jsonObject(with: Data($0.output.utf8)) as? [String: Any] ?? [:]
    }
    // Who came when the first had done its work was not kept from its own; it found nothing left to decide.
    #expect(reports.count { ($0["decisions"] as? [Any])?.isEmpty == false } == 1)
    #expect(try events(project, "occurrence-decided") == 1)
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test
  func `a tick that is stopped while it holds the lock is not waited for, and finishes when it goes on`()
    throws
  {
    let project = try ready()
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    // A tick that is at work for long: its logs are many.
    let stopped = try project.start("tick", "--now", TestProject.time(16))
    #expect(eventually { holdsLock(stopped.identifier, project) || !stopped.process.isRunning })
    stopped.kill(SIGSTOP)
    let isHeld = holdsLock(stopped.identifier, project)
    let other = try project.refit("tick", "--now", TestProject.time(16))
    #expect(other.status == 0)
    if isHeld { #expect(other.output.contains("Another tick is at work")) }
    stopped.kill(SIGCONT)
    #expect(stopped.wait().status == 0)
    try project.tick(16)
    #expect(try events(project, "occurrence-decided") == 1)
    #expect(try project.refit("audit", "verify").status == 0)
  }

  /// Whether /proc/locks says that the process's lock lies on the writer's lock file.
  private func holdsLock(_ process: pid_t, _ project: TestProject) -> Bool {
    var status = stat()
    guard stat(project.scratch.path("state/writer.lock"), &status) == 0 else { return false }
    let locks = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? ""
    return locks.contains(":\(status.st_ino) ")
  }

  @Test func `a person's retraining and a scheduled one at the same instant give one run`() throws {
    let project = try TestProject(train: "slow.sh", options: ", sandbox: none", extra: "")
    try project.scratch.write(TestProject.waitingJob, to: "jobs/slow.sh")
    let text = try project.scratch.read("refit.yaml").replacing("do: evaluate", with: "do: retrain")
    try project.scratch.write(text, to: "refit.yaml")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(15)
    let starts = try (0..<6).map { number in
      try number.isMultiple(of: 2)
        ? project.start("tick", "--now", TestProject.time(16))
        : project.start("retrain", "loans", "--because", "now")
    }
    let ended = starts.map { $0.wait() }
    #expect(ended.allSatisfy { [0, 1].contains($0.status) }, "\(ended.map(\.errors))")
    #expect(try project.runStates().count == 1, "\(ended.map(\.output))")
    #expect(try project.refit("audit", "verify").status == 0)
    try project.scratch.write("", to: "go")
    try project.tick(16)
  }

  @Test func `a run at which the program dies three times at one place is given up, and the rest goes on`()
    throws
  {
    let project = try ready()
    let time = TestProject.time(16)
    func tick(dyingAt point: String?) throws -> Command {
      let environment = point.map { ["REFIT_KILL_AT": $0] } ?? [:]
      return try Command.run(
        Products.path("refit"), ["tick", "--wait", "--now", time, "--project", project.path],
        environment: environment)
    }
    try project.refit("retrain", "loans", "--because", "first")
    for _ in 0..<3 { #expect(try tick(dyingAt: "before:seal-outputs").status == -SIGKILL) }
    #expect(try tick(dyingAt: nil).status == 0)
    #expect(try project.runStates() == ["failed"])
    #expect(try project.reason(ofRun: 1).contains("before:seal-outputs"))
    #expect(try project.refit("status").output.contains("loans#1 failed: Refit died 3 times in a row"))
    #expect(try project.refit("audit", "verify").status == 0)
    #expect(try project.processes().isEmpty)
    #expect(try project.refit("retrain", "loans", "--because", "again", "--wait").status == 0)
  }

  @Test func `a run at which the program dies at one place after another is not given up`() throws {
    let project = try ready()
    try project.refit("retrain", "loans", "--because", "first")
    for point in [
      "before:seal-outputs", "after:seal-outputs", "before:commit-transition", "before:seal-outputs",
      "after:seal-outputs",
    ] {
      _ = try Command.run(
        Products.path("refit"),
        ["tick", "--wait", "--now", TestProject.time(16), "--project", project.path],
        environment: ["REFIT_KILL_AT": point])
    }
    #expect(try project.tick(16).status == 0)
    #expect(try project.runStates() == ["promoted"])
  }
}
