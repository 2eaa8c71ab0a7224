import Foundation
import Glibc
import RefitCore
import RefitTesting
import Testing

@testable import RefitExecution

@Suite("Launching and probing attempts")
struct LocalExecutorTests {
  let project = TemporaryDirectory()
  let executor: LocalExecutor
  let token = (0..<4).map { _ in String(format: "%08x", UInt32.random(in: .min ... .max)) }.joined()

  init() throws {
    executor = try LocalExecutor()
    project.makeDirectory("attempt")
    mkfifo(project.path("ready"), 0o600)
    project.write("", to: "wake")
  }

  private var directory: String { project.path("attempt") }

  private func order(
    _ command: [String], timeout: Timespan = .minutes(10), secrets: Set<String> = []
  ) -> LaunchOrder {
    let environment = ["PATH": "/usr/bin:/bin", "REFIT_TOKEN": token, "READY": project.path("ready")]
    return LaunchOrder(
      directory: directory, arguments: command, workingDirectory: "/", environment: environment,
      secrets: secrets, token: token, timeout: timeout, grace: Timespan(seconds: 1), memory: nil,
      log: ByteCount(bytes: 1 << 20), wake: project.path("wake"))
  }

  private func order(shell script: String) -> LaunchOrder { order(["/bin/sh", "-c", script]) }

  /// A job that says that it runs, and then waits to be ended.
  private var waiting: LaunchOrder { order(shell: "echo up > \"$READY\"; exec sleep 1000") }

  private func awaitReady() async throws {
    let path = project.path("ready")
    try await Patience.result(of: "a line from the job") {
      let file = open(path, O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: 16)
      _ = read(file, &bytes, 16)
      close(file)
    }
  }

  /// Waits for the lock of the attempt's supervisor to go, which is the end of the attempt, and probes it.
  @discardableResult
  private func awaitEnd() async throws -> AttemptProbe? {
    let path = directory + "/lock"
    try await Patience.result(of: "the lock of the attempt") {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      var lock = flock()
      lock.l_type = Int16(F_WRLCK)
      _ = fcntl(file, 38, &lock)
      close(file)
    }
    return try await probeToEnd(directory)
  }

  private func awaitClaim() async throws {
    let path = directory + "/claim"
    try await Patience.until("the claim of the attempt") { access(path, F_OK) == 0 }
  }

  private func supervisorPid() throws -> pid_t {
    guard case .claimed(let claim) = try AttemptDirectory(path: directory).decision() else { return 0 }
    return claim.pid
  }

  private func carriers() -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { pid in
      let variables = FileManager.default.contents(atPath: "/proc/\(pid)/environ") ?? Data()
      return variables.range(of: Data("REFIT_TOKEN=\(token)".utf8)) != nil
    }
  }

  @Test func supervisorIsFoundBesideTheProgram() throws {
    #expect(executor.supervisor.hasSuffix("/refit-supervisor"))
    #expect(access(executor.supervisor, X_OK) == 0)
  }

  @Test func missingSupervisorIsSaidSo() throws {
    let executor = LocalExecutor(supervisor: "/no/such/supervisor")
    let error = try #require(throws: LaunchError.self) { try executor.launch(waiting) }
    #expect("\(error)" == "/no/such/supervisor can't be started: No such file or directory")
    #expect(try executor.probe(directory: directory) == .notStarted)
  }

  @Test func attemptGoesFromNothingToItsRecord() async throws {
    #expect(try executor.probe(directory: directory) == .notStarted)
    try executor.launch(order(shell: "echo up > \"$READY\"; cat \"$READY\"; exit 3"))
    try await awaitReady()
    #expect(try executor.probe(directory: directory) == .running)
    try Data("go\n".utf8).write(to: URL(filePath: project.path("ready")))
    guard case .ended(let record) = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(record.reason == .exited)
    #expect(record.exitCode == 3)
    #expect(record.signal == nil)
    #expect(record.guarantee == .sweep)
    #expect(record.logBytes == 3)
    #expect(record.wallSeconds > 0)
  }

  @Test func orderReachesTheJob() async throws {
    var order = order(["printenv", "SECRET", "PLAIN"], secrets: ["canary-4711"])
    order.environment.merge(["SECRET": "canary-4711", "PLAIN": "plain"]) { $1 }
    try executor.launch(order)
    try await awaitClaim()
    try await awaitEnd()
    #expect(try FileBytes.read(directory + "/log", limit: 100) == Array("***\nplain\n".utf8))
  }

  @Test(arguments: [10, 5000, 100_000])
  func secretsAreOnNoCommandLineAndInNoFile(length: Int) async throws {
    let secret = "canary" + String(repeating: "4711-", count: length / 5)
    var order = order(shell: "echo \"$A\"; echo up > \"$READY\"; cat \"$READY\"")
    order.environment["A"] = secret
    order.secrets = [secret, "<\(secret)>"]
    try executor.launch(order)
    try await awaitReady()
    let commandLine = try FileBytes.read("/proc/\(try supervisorPid())/cmdline", limit: 1 << 20)
    #expect(commandLine.count > 100)
    #expect(Data(commandLine).range(of: Data("4711".utf8)) == nil)
    try Data("go\n".utf8).write(to: URL(filePath: project.path("ready")))
    try await awaitEnd()
    #expect(run("/bin/grep", "-rl", "-D", "skip", "4711", project.path) == "")
    #expect(try FileBytes.read(directory + "/log", limit: 100) == Array("***\ngo\n".utf8))
  }

  @Test func moreSecretsThanAPipeHoldsEndAsNotStarted() async throws {
    try executor.launch(order(["/bin/true"], secrets: [String(repeating: "x", count: 1 << 20)]))
    guard case .ended(let record) = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(record.reason == .notStarted)
    #expect(record.error == "its arguments and environment are too long")
  }

  @Test func limitsReachTheSupervisor() async throws {
    var order = order(["perl", "-e", "my $x = 'x' x 100_000_000; sleep 1000"], timeout: Timespan(seconds: 1))
    order.memory = ByteCount(bytes: 50_000_000)
    try executor.launch(order)
    try await awaitClaim()
    guard case .ended(let record) = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(record.reason == .outOfMemory)
  }

  @Test func launchingTwiceRunsOnce() async throws {
    let order = order(shell: "echo once")
    for _ in 0..<8 { try executor.launch(order) }
    try await awaitClaim()
    guard case .ended = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(try FileBytes.read(directory + "/log", limit: 100) == Array("once\n".utf8))
  }

  @Test func voidedAttemptNeverStarts() async throws {
    #expect(try executor.void(directory: directory))
    #expect(try executor.void(directory: directory))
    #expect(try executor.probe(directory: directory) == .void)
    try executor.launch(order(shell: "echo ran > \"$READY.ran\""))
    // The late supervisor takes the lock, sees the claim and goes.
    try await Patience.until("the late supervisor to go") { [executor, directory] in
      (try? executor.probe(directory: directory)) != .running
    }
    try await Patience.until("the end of whatever carries the token") { [self] in carriers().isEmpty }
    #expect(try executor.probe(directory: directory) == .void)
    #expect(access(project.path("ready.ran"), F_OK) != 0)
  }

  @Test func claimedAttemptCannotBeVoided() async throws {
    try executor.launch(waiting)
    try await awaitReady()
    #expect(try !executor.void(directory: directory))
    #expect(try executor.probe(directory: directory) == .running)
    try executor.cancel(directory: directory)
    guard case .ended(let record) = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(record.reason == .cancelled)
    #expect(try !executor.void(directory: directory))
  }

  @Test func ofThoseWhoVoidAndThoseWhoStartOneWins() async throws {
    for round in 0..<20 {
      let name = "race-\(round)"
      project.makeDirectory(name)
      var order = order(shell: "echo ran")
      order.directory = project.path(name)
      let racing = order
      async let voided = Task { try executor.void(directory: racing.directory) }.value
      try executor.launch(racing)
      let wasVoided = try await voided
      let end = try await probeToEnd(racing.directory)
      if wasVoided {
        #expect(end == .void)
        #expect(access(racing.directory + "/log", F_OK) != 0)
      } else {
        guard case .ended = end else {
          Issue.record("neither voided nor run: \(String(describing: end))")
          continue
        }
      }
    }
  }

  @Test func attemptThatJustStartsIsNeverCalledLost() async throws {
    for round in 0..<60 {
      let name = "quick-\(round)"
      project.makeDirectory(name)
      var order = order(["/bin/true"])
      order.directory = project.path(name)
      try executor.launch(order)
      let probe = try await probeToEnd(order.directory, starting: [.notStarted, .running])
      guard case .ended(let record) = probe, record.exitCode == 0 else {
        Issue.record("\(String(describing: probe))")
        return
      }
    }
  }

  /// Probes without a pause until the attempt is in none of these states; nil when it can't be probed.
  private func probeToEnd(
    _ directory: String, starting: Set<AttemptProbe> = [.running]
  ) async throws -> AttemptProbe? {
    let end = Date() + Patience.seconds
    while Date() < end {
      guard let probe = try? executor.probe(directory: directory) else { return nil }
      if !starting.contains(probe) { return probe }
      await Task.yield()
    }
    throw SupportFailure("waited \(Int(Patience.seconds)) s in vain for the end of the attempt")
  }

  @Test func killedSupervisorIsLostUntilASweepFindsNothing() async throws {
    try executor.launch(order(shell: "(setsid sh -c 'echo up > \"$READY\"; exec sleep 1000' &) ; sleep 1000"))
    try await awaitReady()
    let supervisor = try supervisorPid()
    #expect(try !executor.sweep(directory: directory, token: token))
    kill(supervisor, SIGKILL)
    #expect(try await awaitEnd() == .lost(sameBoot: true, token: token))
    #expect(!carriers().filter { $0 != supervisor }.isEmpty)
    #expect(try executor.sweep(directory: directory, token: token))
    // The supervisor itself is our child, and stays until it is taken note of.
    #expect(carriers().isEmpty)
    #expect(try executor.probe(directory: directory) == .lost(sameBoot: true, token: token))
  }

  /// The supervisor of a debug build dies where it is told to.
  @Test(arguments: [
    ("locked", AttemptProbe.notStarted), ("claimed", .lost(sameBoot: true, token: "")),
    ("ended", .lost(sameBoot: true, token: "")),
    ("recorded", .ended(ExitRecord(reason: .exited, exitCode: 5))),
  ])
  func supervisorThatDiesBetweenTwoStepsLeavesATrueAnswer(
    point: String, expected: AttemptProbe
  ) async throws {
    var order = order(shell: "exit 5")
    order.environment["REFIT_FAIL_POINT"] = point
    try executor.launch(order)
    let lock = directory + "/lock"
    try await Patience.until("the supervisor to have begun") { access(lock, F_OK) == 0 }
    try await Patience.until("the end of whatever carries the token") { [self] in
      _ = try? executor.probe(directory: directory)
      return carriers().isEmpty
    }
    switch (try executor.probe(directory: directory), expected) {
    case (.lost(let sameBoot, let lost), .lost): #expect(sameBoot && lost == token)
    case (.ended(let record), .ended): #expect(record.exitCode == 5)
    case (let probe, _): #expect(probe == expected)
    }
  }

  @Test func pipeInThePlaceOfTheLockIsNotWaitedFor() throws {
    mkfifo(directory + "/lock", 0o600)
    #expect(try executor.probe(directory: directory) == .notStarted)
  }

  @Test func heldAttemptIsOneWhoseLockSomebodyHas() throws {
    #expect(try !executor.isHeld(directory: directory))
    let held = try #require(try OpenFileLock.take(directory + "/lock"))
    #expect(try executor.isHeld(directory: directory))
    close(held)
    #expect(try !executor.isHeld(directory: directory))
  }

  @Test func claimOfAnotherBootIsLostWithoutASweep() throws {
    let boot = "00000000-0000-0000-0000-000000000000"
    project.write(
      "{\"boot_id\":\"\(boot)\",\"pid\":1,\"start_time\":1,\"token\":\"\(token)\"}\n", to: "attempt/claim")
    #expect(try executor.probe(directory: directory) == .lost(sameBoot: false, token: token))
  }

  @Test func recordFromBeforeARebootCounts() throws {
    let claim = "{\"boot_id\":\"other\",\"pid\":1,\"start_time\":1,\"token\":\"\(token)\"}\n"
    project.write(claim, to: "attempt/claim")
    let record = """
      {"reason":"signalled","exit_code":null,"signal":9,"error":null,"errno":null,"cpu_seconds":1.5,\
      "peak_memory_bytes":1024,"wall_seconds":2.5,"log_bytes":3,"log_dropped_bytes":4,"guarantee":"sweep",\
      "started_at_us":1,"ended_at_us":2}
      """
    project.write(record, to: "attempt/exit.json")
    let expected = ExitRecord(
      reason: .signalled, signal: 9, cpuSeconds: 1.5, peakMemoryBytes: 1024, wallSeconds: 2.5, logBytes: 3,
      logDroppedBytes: 4)
    #expect(try executor.probe(directory: directory) == .ended(expected))
  }

  @Test func unkillableIsToldWhileTheLockIsHeld() throws {
    let held = try #require(try OpenFileLock.take(directory + "/lock"))
    defer { close(held) }
    #expect(try executor.probe(directory: directory) == .running)
    project.write(try JSONEncoder().encode(ExitRecord(reason: .exited)), to: "attempt/exit.json")
    #expect(try executor.probe(directory: directory) == .running)
    let record = ExitRecord(reason: .unkillable)
    project.write(try JSONEncoder().encode(record), to: "attempt/exit.json")
    #expect(try executor.probe(directory: directory) == .ended(record))
  }

  @Test(arguments: ["", "{", "null", "\u{0}", "{\"pid\":1}"])
  func damagedClaimIsSaidSo(text: String) throws {
    project.write(text, to: "attempt/claim")
    let error = try #require(throws: LaunchError.self) { try executor.probe(directory: directory) }
    #expect("\(error)".contains("\(directory)/claim is not what a supervisor writes"))
  }

  @Test func commandThatIsTooLongEndsAsNotStarted() async throws {
    let piece = String(repeating: "x", count: 100_000)
    let order = order(["/bin/true"] + Array(repeating: piece, count: 100))
    try executor.launch(order)
    guard case .ended(let record) = try await awaitEnd() else {
      Issue.record("it did not end")
      return
    }
    #expect(record.reason == .notStarted)
    #expect(record.error == "its arguments and environment are too long")
    #expect(try !executor.void(directory: directory))
  }

  @Test func endedSupervisorsAreReapedAndOtherChildrenAreNot() async throws {
    let other = Process()
    other.executableURL = URL(filePath: "/bin/sh")
    other.arguments = ["-c", "exit 7"]
    try executor.launch(order(shell: "exit 0"))
    try other.run()
    try await awaitClaim()
    try await awaitEnd()
    let pid = try supervisorPid()
    // Gone for good, zombie included, once a probe has taken note of it.
    try await Patience.until("the end of the supervisor to be taken note of") { [executor, directory] in
      _ = try? executor.probe(directory: directory)
      return kill(pid, 0) != 0
    }
    try await Patience.result(of: "the end of another child") { other.waitUntilExit() }
    #expect(other.terminationStatus == 7)
  }
}
