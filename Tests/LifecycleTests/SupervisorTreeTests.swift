import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("The whole tree of processes ends with the job")
struct SupervisorTreeTests {
  typealias Attempt = SupervisedAttempt

  @Test(arguments: [
    // Forks twice, so that init would be its parent, in a session of its own.
    "(setsid sleep 1000 &) ; (setsid setsid sleep 1000 &) ; exit 0",
    // Keeps the pipe of the log open.
    "sleep 1000 & exit 0",
    // Ignores TERM.
    "(trap '' TERM; setsid sleep 1000 &) ; exit 0",
    // Closes the pipe, and lives on.
    "(exec >/dev/null 2>&1 </dev/null; setsid sleep 1000 &) ; exit 0",
    // A chain of processes.
    "(setsid sh -c 'sh -c \"sh -c \\\"sleep 1000; :\\\"; :\"; :' &) ; exit 0",
    // Stopped.
    "(sh -c 'kill -STOP $$' &) ; exit 0",
  ])
  func strayIsSweptAndTheJobSucceeds(script: String) async throws {
    let attempt = try Attempt(shell: script, limits: .init(grace: 300))
    let record = try await attempt.run()
    #expect(record.reason == "exited")
    #expect(record.exitCode == 0)
    #expect(record.wallSeconds < 20)
    #expect(attempt.survivors() == [])
  }

  @Test func strayMayEndInOrderOnTerm() async throws {
    let stray = "trap 'echo bye; exit' TERM; echo up > \"$READY\"; while :; do sleep 0.05; done"
    let attempt = try Attempt(
      shell: "(setsid sh -c '\(stray.replacingOccurrences(of: "'", with: "'\\''"))' &) ; cat \"$READY\"",
      readyPipe: true)
    let record = try await attempt.run()
    #expect(record.exitCode == 0)
    #expect(try attempt.logText().hasPrefix("up\n"))
    #expect(try attempt.logText().contains("bye\n"))
  }

  @Test func manyProcessesThatForkOnAreSwept() async throws {
    let script = """
      $SIG{TERM} = 'IGNORE';
      for (1 .. 60) { unless (fork) { setpgrp; unless (fork) { sleep 1000 } sleep 1000 } }
      """
    let attempt = try Attempt(["perl", "-e", script], limits: .init(grace: 100))
    #expect(try await attempt.run().exitCode == 0)
    #expect(attempt.survivors() == [])
  }

  @Test func foreignProcessesAreLeftAlone() async throws {
    let bystander = try Attempt(shell: "echo up > \"$READY\"; exec sleep 1000", readyPipe: true)
    let bystanderPid = try bystander.start()
    #expect(try await bystander.line(from: "ready") == "up")
    let attempt = try Attempt(shell: "trap '' TERM; sleep 1000", limits: .init(timeout: 100, grace: 100))
    #expect(try await attempt.run().reason == "timed-out")
    #expect(try await Attempt.sweep(attempt.token) == 0)
    #expect(bystander.survivors().count == 2)
    try bystander.write("", to: "cancel")
    #expect(try await Attempt.status(of: bystanderPid) == 0)
    #expect(try bystander.record().reason == "cancelled")
  }

  @Test func mainProcessDiesWithAKilledSupervisor() async throws {
    // The job keeps the named pipe open: its end is the job's.
    let attempt = try Attempt(shell: "exec 3> \"$READY\"; echo up >&3; exec sleep 1000", readyPipe: true)
    let pid = try attempt.start()
    let path = attempt.path("ready")
    let (reader, count) = try await Patience.result(of: "a line from the job") {
      let reader = open(path, O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: 16)
      return (reader, read(reader, &bytes, 16))
    }
    defer { close(reader) }
    #expect(count == 3)
    kill(pid, SIGKILL)
    #expect(try await Attempt.status(of: pid) == 128 + Int(SIGKILL))
    let ended = try await Patience.result(of: "the end of the job") {
      var byte: UInt8 = 0
      return read(reader, &byte, 1) == 0
    }
    #expect(ended)
    #expect(!attempt.exists("exit.json"))
    #expect(attempt.exists("claim"))
  }

  @Test func termToTheSupervisorEndsTheTreeInOrder() async throws {
    let script = "trap 'exit 9' TERM; echo up > \"$READY\"; while :; do sleep 0.05; done"
    let attempt = try Attempt(shell: script, readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    kill(pid, SIGTERM)
    #expect(try await Attempt.status(of: pid) == 0)
    let record = try attempt.record()
    #expect(record.reason == "exited")
    #expect(record.exitCode == 9)
  }
}
