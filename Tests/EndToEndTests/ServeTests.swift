import Foundation
import RefitTesting
import Testing

/// The daemon as an operator meets it: real processes, the wall clock, and what it says.
@Suite struct ServeTests {
  /// A project that is trained without a holdout, by the wall clock.
  private static func project(train: String = "train.sh", options: String = "") throws -> TestProject {
    let project = try TestProject()
    try project.scratch.write(
      """
      version: 1
      project: test
      models:
        loans:
          mode: train
          schedules: {nightly: {cron: "0 3 * * *", do: evaluate}}
          pipeline:
            train: {kind: train, run: [/bin/sh, jobs/\(train)], training: training.csv, id: application\(options)}
      """, to: "refit.yaml")
    return project
  }

  /// A daemon, and its service manager, which hears of each turn.
  private struct Serving {
    let process: Command.Started
    let manager: NotifySocket

    /// Waits until it has made a turn that it had not told before.
    func awaitTurn() throws { try manager.wait(for: "READY=1") }
  }

  /// Starts the daemon and waits until it has made its first turn. What it complains of goes to the file `errors`.
  private func serve(_ project: TestProject) throws -> Serving {
    let socket = project.scratch.path("notify")
    unlink(socket)
    let manager = try NotifySocket(socket)
    let process = try Command.start(
      "/bin/sh",
      ["-c", "exec \"$0\" serve --project \"$1\" 2>> \"$1/errors\"", Products.path("refit"), project.path],
      environment: ["NOTIFY_SOCKET": socket])
    let serving = Serving(process: process, manager: manager)
    try serving.awaitTurn()
    return serving
  }

  private func stop(_ serving: Serving) -> Command {
    serving.process.kill(SIGTERM)
    return serving.process.wait()
  }

  private static let waiting = """
    echo $$ >> started
    while [ ! -e go ]; do sleep 0.05; done
    mkdir "$REFIT_OUTPUT/model"
    echo 1 > "$REFIT_OUTPUT/model/weight"
    echo application > "$REFIT_OUTPUT/training.csv"
    """

  @Test func `a second daemon of the same project is refused and named, a tick beside it works`() throws {
    let project = try Self.project()
    let serving = try serve(project)
    let second = try project.refit("serve")
    #expect(second.status == 75)
    #expect(second.errors.contains("refit serve is at work"))
    #expect(second.errors.contains("process \(serving.process.identifier) "))
    #expect(try project.refit("tick").status == 0)
    #expect(stop(serving).status == 0)
    let third = try serve(project)
    #expect(stop(third).status == 0)
  }

  @Test func `it stops after its turn, and the job that runs goes on to its end`() throws {
    let project = try Self.project(train: "slow.sh")
    try project.scratch.write(Self.waiting, to: "jobs/slow.sh")
    let serving = try serve(project)
    try project.refit("retrain", "loans", "--because", "first")
    #expect(eventually { project.scratch.exists("started") })
    #expect(stop(serving).status == 0)
    #expect(try !project.processes().isEmpty)
    try project.scratch.write("", to: "go")
    #expect(try eventually { try project.refit("tick").status == 0 && project.runStates() == ["judged"] })
    #expect(try project.scratch.read("started").split(separator: "\n").count == 1)
  }

  @Test func `a second signal ends it at once`() throws {
    let project = try Self.project()
    let serving = try serve(project)
    // Both are there before it gets to its loop again.
    serving.process.kill(SIGSTOP)
    serving.process.kill(SIGTERM)
    serving.process.kill(SIGINT)
    serving.process.kill(SIGCONT)
    #expect([128 + SIGTERM, 128 + SIGINT].contains(serving.process.wait().status))
  }

  @Test func `a job's end, a lost supervisor and the end of a backoff are noticed without being looked for`()
    throws
  {
    let project = try Self.project(
      train: "lost.sh", options: ", retries: {attempts: 3, backoff: 1s}, grace: 1s")
    try project.scratch.write(
      "echo $PPID >> started\nwhile [ \"$REFIT_ATTEMPT\" = 1 ] && [ ! -e go ]; do sleep 0.05; done\nexit 1\n",
      to: "jobs/lost.sh")
    let serving = try serve(project)
    try project.refit("retrain", "loans", "--because", "first")
    #expect(eventually { project.scratch.exists("started") })
    let supervisor = try #require(pid_t(project.scratch.read("started").split(separator: "\n")[0]))
    kill(supervisor, SIGKILL)
    #expect(try eventually(within: 40) { try project.runStates() == ["failed"] })
    let attempts = try project.json("show", "loans#1")["attempts"] as? [[String: Any]] ?? []
    #expect(attempts.map { $0["state"] as? String } == ["lost", "failed", "failed"])
    #expect(stop(serving).status == 0)
  }

  @Test func `SIGHUP and a change of refit.yaml are followed, a wrong one is told once and changes nothing`()
    throws
  {
    let project = try Self.project()
    let good = try project.scratch.read("refit.yaml")
    let serving = try serve(project)
    func told() throws -> String {
      project.scratch.exists("errors") ? try project.scratch.read("errors") : ""
    }
    try project.scratch.write(good + "\ncolour: red\n", to: "refit.yaml")
    #expect(try eventually { try told().contains("colour") })
    try project.scratch.write("x", to: "state/PAUSED")
    #expect(eventually { serving.process.output.contains("state/PAUSED") })
    #expect(try told().ranges(of: "colour").count == 1)
    try project.scratch.write(good.replacing("0 3 * * *", with: "0 4 * * *"), to: "refit.yaml")
    #expect(try eventually { try project.refit("schedule", "loans").output.contains("04:00") })
    #expect(try told().contains("what was wrong is over"))
    serving.process.kill(SIGHUP)
    #expect(eventually { serving.process.output.contains("refit.yaml is in force") })
    #expect(stop(serving).status == 0)
  }

  @Test func `a deleted state folder is made anew, and said so`() throws {
    let project = try Self.project()
    let serving = try serve(project)
    try FileManager.default.moveItem(
      atPath: project.scratch.path("state"), toPath: project.scratch.path("gone"))
    #expect(eventually { serving.process.output.contains("is not the file that it was") })
    #expect(try project.refit("audit", "verify").status == 0)
    #expect(try project.refit("serve").status == 75, "it holds the new folder's lock, too")
    #expect(stop(serving).status == 0)
  }

  @Test func `what stays wrong is told once and tried ever less often`() throws {
    let project = try Self.project()
    let serving = try serve(project)
    try project.scratch.write(String(repeating: "no database at all ", count: 400), to: "broken")
    #expect(rename(project.scratch.path("broken"), project.scratch.path("state/refit.db")) == 0)
    // The third turn waits for one and then for two seconds.
    var turns: [ContinuousClock.Instant] = []
    for _ in 0..<3 {
      try serving.awaitTurn()
      turns.append(.now)
    }
    #expect(turns[0].duration(to: turns[2]) > .milliseconds(2500))
    #expect(
      project.scratch.exists("state/refit.db-wal.former-1"), "the former log is not played into the new file")
    let told = try project.scratch.read("errors")
    #expect(told.split(separator: "\n").count == 1, "\(told)")
    #expect(stop(serving).status == 0)
  }
}
