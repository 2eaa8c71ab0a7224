import Foundation
import RefitTesting
import Testing

/// What the command says when something is not as it should be.
@Suite struct TroubleTests {
  @Test(arguments: [nil, "", "yesterday\n"])
  func `without a simulated time, status says so and shows no other`(_ clock: String?) throws {
    let project = try TestProject()
    try project.live(0...2, truth: 1.5, version: nil, rows: 5)
    try project.tick(4)
    if let clock {
      try project.scratch.write(clock, to: "state/clock")
    } else {
      try FileManager.default.removeItem(atPath: "\(project.path)/state/clock")
    }
    let status = try project.refit("status")
    #expect(status.status == 70)
    #expect(status.output.isEmpty)
    #expect(status.errors.hasPrefix("refit: the simulated time is not known: "))
    #expect(status.errors.contains("state/clock"))
  }

  @Test func `the daemon tells a wrong refit.yaml by its errors, one a line`() throws {
    let project = try TestProject(when: RetrainingTests.policy)
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacingOccurrences(of: "do: evaluate", with: "do: retrain") + "colour: red\nsize: 3\n",
      to: "refit.yaml")
    #expect(try project.refit("check").errors.contains(": warning: nothing evaluates this policy"))
    let errors = project.scratch.path("errors")
    let serve = try Command.start(
      "/bin/sh",
      ["-c", "exec \"$0\" serve --project \"$1\" 2> \"$2\"", Products.path("refit"), project.path, errors])
    #expect(
      try eventually {
        try project.scratch.exists("errors") && project.scratch.read("errors").contains("size")
      })
    serve.kill(SIGTERM)
    #expect(serve.wait().status == 0)
    let told = try project.scratch.read("errors").split(separator: "\n")
    #expect(told.count == 2, "\(told)")
    #expect(told.allSatisfy { $0.hasPrefix("refit: refit.yaml:") }, "\(told)")
  }

  @Test func `following a log ends when the run awaits approval`() throws {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["awaiting-approval"])
    let logs = try project.start("logs", "-f", "loans#1")
    #expect(eventually { !logs.process.isRunning })
    logs.kill(SIGKILL)
    let followed = logs.wait()
    #expect(followed.status == 0)
    #expect(followed.output.contains("trained with seed"))
  }
}
