import Foundation
import Glibc
import Testing

@Suite("How an attempt ends")
struct SupervisorEndTests {
  typealias Attempt = SupervisedAttempt

  @Test(arguments: [0, 1, 3, 75, 127, 255])
  func exitCodeIsRecorded(code: Int) async throws {
    let record = try await Attempt(shell: "exit \(code)").run()
    #expect(record.reason == "exited")
    #expect(record.exitCode == code)
    #expect(record.signal == nil)
    #expect(record.error == nil)
    #expect(record.guarantee == "sweep")
  }

  @Test(arguments: [1, 2, 6, 9, 11, 15])
  func signalIsRecorded(signal: Int) async throws {
    let record = try await Attempt(shell: "ulimit -c 0; kill -\(signal) $$").run()
    #expect(record.reason == "signalled")
    #expect(record.signal == signal)
    #expect(record.exitCode == nil)
  }

  @Test func resourcesAreRecorded() async throws {
    let attempt = try Attempt([
      "perl", "-e",
      "my $x = 'x' x 50_000_000; while (times() < 0.2) {} select undef, undef, undef, 0.1",
    ])
    let before = Date().timeIntervalSince1970
    let record = try await attempt.run()
    let after = Date().timeIntervalSince1970
    #expect(record.cpuSeconds > 0.19 && record.cpuSeconds < 2)
    #expect(record.wallSeconds > 0.29 && record.wallSeconds < 20)
    #expect(record.peakMemoryBytes > 50_000_000 && record.peakMemoryBytes < 200_000_000)
    let span = Double(record.endedAtUs - record.startedAtUs) / 1e6
    #expect(abs(span - record.wallSeconds) < 0.1)
    #expect(Double(record.startedAtUs) / 1e6 > before && Double(record.endedAtUs) / 1e6 < after)
  }

  struct Unstartable: Sendable, CustomTestStringConvertible {
    var command: [String]
    var errno: Int32
    var says: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Unstartable(command: ["no-such-command-here"], errno: ENOENT, says: "no such executable"),
    Unstartable(command: ["/no/such/file"], errno: ENOENT, says: "no such executable"),
    Unstartable(command: [""], errno: ENOENT, says: "no such executable"),
    Unstartable(command: ["/etc/passwd"], errno: EACCES, says: "not executable"),
    Unstartable(command: ["/etc"], errno: EISDIR, says: "it is a directory"),
  ])
  func commandThatCannotStartSaysWhy(example: Unstartable) async throws {
    let record = try await Attempt(example.command).run()
    #expect(record.reason == "not-started")
    #expect(record.errno == Int(example.errno))
    #expect(record.exitCode == nil && record.signal == nil)
    #expect(try #require(record.error).contains(example.says))
  }

  @Test(arguments: [
    ("#!/no/such/interpreter\n", ENOENT, "interpreter"),
    ("echo no first line\n", ENOEXEC, "neither a program nor a script"),
  ])
  func scriptThatCannotStartSaysWhy(text: String, errno: Int32, says: String) async throws {
    let directory = try Attempt(["unused"])
    try directory.write(text, to: "script")
    chmod(directory.path("script"), 0o755)
    let record = try await Attempt([directory.path("script")]).run()
    #expect(record.reason == "not-started")
    #expect(record.errno == Int(errno))
    #expect(try #require(record.error).contains(says))
  }

  @Test func missingWorkingDirectoryIsNamed() async throws {
    let record = try await Attempt(["true"], limits: .init(workingDirectory: "/no/such \"place\"\n")).run()
    #expect(record.reason == "not-started")
    #expect(try #require(record.error).contains("/no/such \"place\"\n"))
  }

  @Test func timeoutEndsAJobThatHonoursTerm() async throws {
    let script = "trap 'echo told; exit 7' TERM; while :; do sleep 0.05; done"
    let attempt = try Attempt(shell: script, limits: .init(timeout: 300, grace: 60_000))
    let record = try await attempt.run()
    #expect(record.reason == "timed-out")
    #expect(record.exitCode == 7)
    #expect(try attempt.logText().contains("told\n"))
    #expect(record.wallSeconds >= 0.3)
    #expect(attempt.survivors() == [])
  }

  @Test func timeoutKillsATreeThatIgnoresTerm() async throws {
    let script = "trap '' TERM; sleep 1000 & (setsid sleep 1000 &) ; sleep 1000"
    let attempt = try Attempt(shell: script, limits: .init(timeout: 200, grace: 300))
    let record = try await attempt.run()
    #expect(record.reason == "timed-out")
    #expect(record.signal == Int(SIGKILL))
    #expect(record.wallSeconds >= 0.5 && record.wallSeconds < 20)
    #expect(attempt.survivors() == [])
  }

  @Test func timeoutEndsAStoppedJob() async throws {
    let record = try await Attempt(shell: "kill -STOP $$", limits: .init(timeout: 200, grace: 60_000)).run()
    #expect(record.reason == "timed-out")
    #expect(record.signal == Int(SIGTERM))
  }

  @Test func jobThatEndsInTimeIsNotTimedOut() async throws {
    let record = try await Attempt(shell: "sleep 0.2", limits: .init(timeout: 60_000)).run()
    #expect(record.reason == "exited")
    #expect(record.wallSeconds < 30)
  }

  @Test(arguments: [true, false])
  func cancelEndsTheTree(byRename: Bool) async throws {
    let attempt = try Attempt(shell: "sleep 1000 & echo up > \"$READY\"; wait", readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    try attempt.write("", to: byRename ? "cancel.new" : "cancel")
    if byRename { rename(attempt.path("cancel.new"), attempt.path("cancel")) }
    #expect(try await Attempt.status(of: pid) == 0)
    #expect(try attempt.record().reason == "cancelled")
    #expect(attempt.survivors() == [])
  }

  @Test func cancelBeforeTheStartIsSeen() async throws {
    let attempt = try Attempt(shell: "sleep 1000")
    try attempt.write("", to: "cancel")
    #expect(try await attempt.run().reason == "cancelled")
  }

  @Test func memoryHogIsKilledAndSaidSo() async throws {
    let hog = ["perl", "-e", "my $x = 'x' x 200_000_000; sleep 1000"]
    let attempt = try Attempt(hog, limits: .init(memory: 100_000_000))
    let record = try await attempt.run()
    #expect(record.reason == "out-of-memory")
    #expect(record.signal == Int(SIGKILL))
    #expect(record.peakMemoryBytes > 100_000_000)
    #expect(attempt.survivors() == [])
  }

  @Test func memoryOfAChildCountsEvenWhenTheParentEndsWell() async throws {
    let script = "perl -e 'my $x = \"x\" x 200_000_000; sleep 1000'; exit 0"
    let attempt = try Attempt(shell: script, limits: .init(memory: 100_000_000))
    #expect(try await attempt.run().reason == "out-of-memory")
    #expect(attempt.survivors() == [])
  }

  @Test func memoryThatForkedChildrenShareCountsOnce() async throws {
    let script = """
      my $x = 'x' x 60_000_000;
      for (1 .. 4) { unless (fork) { select undef, undef, undef, 0.5; exit 0 } }
      1 while wait >= 0;
      """
    let record = try await Attempt(["perl", "-e", script], limits: .init(memory: 150_000_000)).run()
    #expect(record.reason == "exited")
    #expect(record.exitCode == 0)
    #expect(record.peakMemoryBytes > 60_000_000)
  }
}
