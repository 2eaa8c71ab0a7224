import Foundation
import RefitTesting
import Testing

/// What becomes of occurrences, with the real command, the real supervisor and a real command that says whether the
/// data have landed.
@Suite struct OccurrenceTests {
  private static let ready = "ready: {run: [/bin/sh, jobs/landed.sh], every: 1h, within: 3h}"

  private func project(_ schedule: String) throws -> TestProject {
    let project = try TestProject()
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacingOccurrences(of: "do: evaluate}", with: "do: evaluate, \(schedule)}"), to: "refit.yaml")
    try project.scratch.write(
      """
      echo "$REFIT_MODEL $REFIT_NOMINAL" >> witness
      test -e landed && exit 0
      echo "no file for $REFIT_NOMINAL yet"
      exit 1
      """, to: "jobs/landed.sh")
    try project.live(0...2, truth: 1.5, version: nil, rows: 20)
    try project.refit("tick", "--now", TestProject.time(3, hour: 1))
    return project
  }

  private func tick(_ project: TestProject, hour: Int) throws -> Command {
    try project.refit("tick", "--now", TestProject.time(3, hour: hour), "--wait")
  }

  @Test func `an occurrence waits until its data have landed, and says what it waits for`() throws {
    let project = try project(Self.ready)
    let held = try tick(project, hour: 3)
    #expect(held.status == 0)
    #expect(held.output.contains("nightly: it waits for /bin/sh jobs/landed.sh"))
    let words = "waits for /bin/sh jobs/landed.sh since"
    for arguments in [["status"], ["schedule", "loans"], ["explain", "loans"]] {
      let said = try Command.run(Products.path("refit"), arguments + ["--project", project.path]).output
      #expect(said.contains(words), "\(arguments): \(said)")
      #expect(
        said.contains("checked once, exit 1: no file for 2026-01-04T03:00:00Z yet"), "\(arguments): \(said)")
    }
    let models = try project.json("status")["models"] as? [[String: Any]]
    let waiting = try #require(models?.first?["waiting"] as? [[String: Any]])
    #expect(waiting.first?["nominal"] as? String == "2026-01-04T03:00:00Z")
    try project.scratch.write("", to: "landed")
    // The next check is an hour after the first.
    #expect(try tick(project, hour: 3).output.isEmpty)
    let decided = try tick(project, hour: 4)
    #expect(decided.output.contains("loans  no retraining"), "\(decided.output) \(decided.errors)")
    #expect(try project.json("explain", "loans")["nominal"] as? String == "2026-01-04T03:00:00Z")
    #expect(try project.scratch.read("witness").split(separator: "\n").count == 2)
    #expect(try project.refit("audit", "verify").status == 0)
    #expect(try !project.refit("status").output.contains(words))
  }

  @Test func `an occurrence whose data never land is missed, and the ledger says why`() throws {
    let project = try project(Self.ready)
    for hour in 3...5 { _ = try tick(project, hour: hour) }
    let last = try tick(project, hour: 6)
    #expect(
      last.output.contains(
        "was missed: /bin/sh jobs/landed.sh did not end with 0 within 3h: checked 3 times, exit 1"),
      "\(last.output)")
    #expect(
      try project.refit("audit", "log", "--kind", "occurrence-missed").output.contains("checked 3 times"))
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a tick that is killed while it begins a check begins no second one`() throws {
    for point in ["before:record-check", "after:record-check", "before:launch", "after:launch"] {
      let project = try project(Self.ready)
      try project.scratch.write("", to: "landed")
      let killed = try Command.run(
        "/usr/bin/env",
        [
          "REFIT_KILL_AT=\(point)", Products.path("refit"), "tick", "--now", TestProject.time(3), "--project",
          project.path,
        ])
      #expect(killed.status != 0, "\(point)")
      #expect(try tick(project, hour: 3).output.contains("no retraining"), "\(point)")
      #expect(try project.scratch.read("witness").split(separator: "\n").count == 1, "\(point)")
    }
  }

  @Test func `what is skipped is told, and the record agrees`() throws {
    let project = try project("misfire: skip")
    let late = try tick(project, hour: 9)
    #expect(late.output.contains("the occurrence of nightly at 2026-01-04 03:00"))
    #expect(late.output.contains("was skipped: later than the grace of 15m"))
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a clock is accepted only where it is behind`() throws {
    let project = try project("misfire: once")
    let simulated = try project.refit("clock", "accept", "--because", "so")
    #expect(simulated.status == 1)
    #expect(simulated.errors.contains("simulated time may not go back"))
    #expect(try project.refit("clock", "accept").status == 64)
  }
}
