import Foundation
import RefitTesting
import Testing

/// What happens to the machine around Refit: processes that are killed, pids that are given again, a new boot, a
/// terminal that is closed, output that goes nowhere.
@Suite struct HostFaultTests {
  private static let because = ["--because", "a fault"]

  /// A project whose train job of `loans#1` runs and waits.
  private static func waiting(sandbox: TorturedProject.Sandbox = .auto) throws -> TorturedProject {
    let project = try TorturedProject(.simulated, .calm, sandbox: sandbox)
    try project.tick(at: project.begin)
    try project.hold()
    #expect(try project.start(["retrain", "loans"] + because).wait() == .exited(0))
    try Scene.until(project) { $0.lines.contains { $0.word == .start } }
    return project
  }

  /// Lets jobs go, ticks some times, and expects that all is well.
  @discardableResult
  private static func settle(_ project: TorturedProject, from seconds: Double = 10) throws -> StateRows {
    project.letGo()
    for turn in 0..<4 {
      let tick = try project.tick(at: project.begin + seconds + Double(turn) * 5)
      #expect(tick.ending == .exited(0), "\(tick.printed)")
    }
    let inspection = try Inspection(of: project, at: project.begin + seconds + 15)
    for finding in inspection.findings { Issue.record(Comment(rawValue: finding)) }
    return inspection.rows
  }

  private static func attempts(_ rows: StateRows, of job: String = "train") -> [String] {
    rows.attempts.filter { $0.job == job && $0.subject == "candidate" }.map(\.state)
  }

  private static func supervisor(of project: TorturedProject) throws -> pid_t {
    try #require(ProcessTable.attempts(of: project.path).first { $0.isSupervisor }).pid
  }

  /// What tells that a process is alive and was not signalled: it would have ended.
  private static func bystander(_ environment: [String: String] = [:]) throws -> Subprocess {
    try Subprocess(
      "/bin/sleep", ["600"], environment: environment, output: .device("/dev/null"), ownSession: true)
  }

  // MARK: - Killed

  @Test(arguments: TorturedProject.Sandbox.allCases)
  func `a supervisor is killed: its job's tree ends, and only then another attempt begins`(
    _ sandbox: TorturedProject.Sandbox
  ) throws {
    let project = try Self.waiting(sandbox: sandbox)
    kill(try Self.supervisor(of: project), SIGKILL)
    #expect(eventually { ProcessTable.attempts(of: project.path).isEmpty })
    let rows = try Self.settle(project)
    #expect(Self.attempts(rows) == ["lost", "succeeded"])
    #expect(rows.runs.map(\.state) == ["promoted"])
  }

  @Test(arguments: TorturedProject.Sandbox.allCases)
  func `a supervisor is killed, and a stray that left its tree is swept before the retry`(
    _ sandbox: TorturedProject.Sandbox
  ) throws {
    let project = try TorturedProject(.simulated, .calm, sandbox: sandbox)
    let train = try String(contentsOfFile: "\(project.path)/jobs/train.sh", encoding: .utf8)
    // It executes itself again and again, in a session of its own, and ignores what it can.
    let stray = "#!/bin/sh\ntrap '' TERM HUP\n[ -e \"$STOP\" ] || exec /bin/sh jobs/stray.sh\n"
    try Data(stray.utf8).write(to: URL(filePath: "\(project.path)/jobs/stray.sh"))
    let first = "case $REFIT_ATTEMPT in 1) setsid sh jobs/stray.sh & ;; esac\n"
    try Data(train.replacingOccurrences(of: "mkdir ", with: "\(first)mkdir ").utf8)
      .write(to: URL(filePath: "\(project.path)/jobs/train.sh"))
    try project.hold()
    try project.tick(at: project.begin)
    #expect(try project.start(["retrain", "loans"] + Self.because).wait() == .exited(0))
    try Scene.until(project) { $0.lines.contains { $0.word == .start } }
    let supervisor = try Self.supervisor(of: project)
    project.letGo()
    // It is killed while the job is at work or while it ends what the job has left.
    usleep(30_000)
    kill(supervisor, SIGKILL)
    let rows = try Self.settle(project)
    #expect(rows.runs.map(\.state) == ["promoted"])
    #expect(Self.attempts(rows).last == "succeeded")
  }

  @Test func `the whole process group of a tick is killed: the job goes on, and so does its log`() throws {
    let project = try TorturedProject(.simulated, .calm)
    try project.hold()
    try project.tick(at: project.begin)
    let retrain = try project.start(["retrain", "loans", "--wait"] + Self.because)
    try Scene.until(project) { $0.lines.contains { $0.word == .start } }
    #expect(retrain.kill(SIGKILL, group: true))
    #expect(try retrain.wait() == .killed(by: SIGKILL))
    #expect(ProcessTable.attempts(of: project.path).count >= 2, "supervisor and job live")
    let rows = try Self.settle(project)
    #expect(Self.attempts(rows) == ["succeeded"])
    #expect(rows.runs.map(\.state) == ["promoted"])
  }

  @Test(arguments: [SIGKILL, SIGTERM]) func `the end of serve touches no job`(_ signal: Int32) throws {
    let project = try TorturedProject(.wall, .calm)
    try project.hold()
    let serve = try project.start(["serve"])
    #expect(
      eventually { FileManager.default.fileExists(atPath: "\(project.path)/state/wake") || serve.isRunning })
    #expect(try project.start(["tick"]).wait() == .exited(0))
    #expect(try project.start(["retrain", "loans"] + Self.because).wait() == .exited(0))
    try Scene.until(project) { $0.lines.contains { $0.word == .start } }
    serve.kill(signal)
    #expect(try serve.wait(within: 20) == (signal == SIGKILL ? .killed(by: SIGKILL) : .exited(0)))
    let running = ProcessTable.attempts(of: project.path)
    #expect(running.contains { $0.isSupervisor } && running.contains { !$0.isSupervisor })
    project.letGo()
    #expect(try project.start(["tick", "--wait"]).wait() == .exited(0))
    let rows = try StateRows(of: project)
    #expect(Set(rows.attempts.map(\.state)) == ["succeeded"])
    #expect(rows.champions.contains { $0.model == "loans" })
  }

  // MARK: - Pids and boots

  /// Writes a claim as a supervisor would have that is gone now, of the train job of `loans#1`.
  private static func forgeClaim(in project: TorturedProject, boot: String?, pid: pid_t) throws -> String {
    let folder = "\(project.path)/state/runs/loans/1/train/1"
    let token = try #require(StateRows(of: project).attempts.first).token
    let current = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let claim = """
      {"boot_id":"\(boot ?? current.trimmingCharacters(in: .newlines))","pid":\(pid),"start_time":17,\
      "token":"\(token)"}

      """
    try Data(claim.utf8).write(to: URL(filePath: "\(folder)/claim"))
    try Data().write(to: URL(filePath: "\(folder)/lock"))
    return token
  }

  /// A project whose train job of `loans#1` is recorded as launching, and was never launched.
  private static func unlaunched() throws -> TorturedProject {
    let project = try TorturedProject(.simulated, .calm)
    try project.tick(at: project.begin)
    let killed = try project.start(
      ["retrain", "loans"] + because, environment: ["REFIT_KILL_AT": "before:launch"])
    #expect(try killed.wait() == .killed(by: SIGKILL))
    return project
  }

  @Test func `a pid that was given to another process: it is neither adopted nor signalled`() throws {
    let project = try Self.unlaunched()
    let bystander = try Self.bystander()
    _ = try Self.forgeClaim(in: project, boot: nil, pid: bystander.pid)
    let rows = try Self.settle(project)
    #expect(bystander.isRunning)
    #expect(Self.attempts(rows) == ["lost", "succeeded"])
    #expect(try project.start(["cancel", "loans#1"] + Self.because).wait() == .exited(1))
    #expect(bystander.isRunning)
  }

  @Test func `after a reboot the attempt is lost, and nothing of this boot is swept`() throws {
    let project = try Self.unlaunched()
    let boot = "00000000-0000-4000-8000-000000000000"
    let token = try Self.forgeClaim(in: project, boot: boot, pid: 1)
    // No process of an earlier boot lives: who carries the token all the same is somebody else.
    let bystander = try Self.bystander(["REFIT_TOKEN": token])
    let rows = try Self.settle(project)
    #expect(bystander.isRunning)
    #expect(Self.attempts(rows) == ["lost", "succeeded"])
  }

  @Test func `in the same boot only what carries the token is swept`() throws {
    let project = try Self.unlaunched()
    let token = try Self.forgeClaim(in: project, boot: nil, pid: 1)
    let left = try Self.bystander(["REFIT_TOKEN": token])
    let other = try Self.bystander(["REFIT_TOKEN": String(token.reversed())])
    let rows = try Self.settle(project)
    #expect(try left.wait() == .killed(by: SIGKILL))
    #expect(other.isRunning)
    #expect(Self.attempts(rows) == ["lost", "succeeded"])
  }

  @Test func `a sweep also finds a process that is just executing another program`() throws {
    // It does so all the time; in that moment /proc shows it without an environment.
    let scratch = try ScratchDirectory("refit-sweep")
    let script = try scratch.write("exec /bin/sh \"$0\"\n", to: "again.sh")
    for turn in 0..<100 {
      let token = String(format: "%032x", 0x5EED_0000 + turn)
      let process = try Subprocess(
        "/bin/sh", [script], environment: ["REFIT_TOKEN": token], output: .device("/dev/null"),
        ownSession: true)
      usleep(UInt32(turn % 10) * 500)
      let sweep = try Subprocess(
        Products.path("refit-supervisor"), ["--sweep", token], output: .device("/dev/null"))
      #expect(try sweep.wait() == .exited(0))
      #expect(eventually(within: 2) { !process.isRunning }, "turn \(turn): it was not found")
    }
  }

  // MARK: - Terminals and output

  /// The near end of a new terminal, and the path of its far end.
  private static func terminal() throws -> (Int32, String) {
    let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
    let near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, number) = (Int32(0), Int32(0))
    try #require(near >= 0 && ioctl(near, setLock, &locked) == 0 && ioctl(near, getNumber, &number) == 0)
    return (near, "/dev/pts/\(number)")
  }

  @Test func `a terminal that is closed ends the command, and not its job`() throws {
    let project = try TorturedProject(.simulated, .calm)
    try project.hold()
    try project.tick(at: project.begin)
    let (terminal, name) = try Self.terminal()
    // The first terminal that a session opens is its own.
    let retrain = try project.start(
      ["retrain", "loans", "--wait"] + Self.because, output: .device(name), ownSession: true)
    try Scene.until(project) { $0.lines.contains { $0.word == .start } }
    close(terminal)
    #expect(try retrain.wait() == .killed(by: SIGHUP))
    let rows = try Self.settle(project)
    #expect(Self.attempts(rows) == ["succeeded"])
  }

  @Test func `nobody reads what a tick prints, and it does its work`() throws {
    let project = try TorturedProject(.simulated, .calm)
    try project.tick(at: project.begin)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    for end in ends { #expect(fcntl(end, F_SETFD, FD_CLOEXEC) == 0) }
    close(ends[0])
    for command in [["tick", "--wait"], ["retrain", "loans", "--wait"] + Self.because] {
      let isTick = command[0] == "tick"
      let piped = try project.start(
        command, at: isTick ? project.begin + 1300 : nil, output: .descriptor(ends[1]))
      let ending = try piped.wait()
      #expect(ending == .exited(0) || ending == .killed(by: SIGPIPE), "\(command) \(ending)")
    }
    close(ends[1])
    let rows = try Self.settle(project, from: 1310)
    #expect(rows.runs.map(\.state).contains("promoted"))
  }

  @Test func `the disk behind its output is full, and a tick does its work`() throws {
    let project = try TorturedProject(.simulated, .calm)
    let tick = try project.start(["tick"], at: project.begin, output: .device("/dev/full"))
    #expect(try tick.wait() == .exited(0))
    let full = try project.start(["retrain", "loans", "--wait"] + Self.because, output: .device("/dev/full"))
    #expect(try full.wait() == .exited(0))
    let rows = try Self.settle(project)
    #expect(rows.runs.map(\.state) == ["promoted"])
  }
}
