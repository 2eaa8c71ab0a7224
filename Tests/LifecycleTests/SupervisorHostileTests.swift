import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("Jobs that mean harm, or seem to")
struct SupervisorHostileTests {
  typealias Attempt = SupervisedAttempt

  static let modes: [[String]?] = SandboxSupport.isThere ? [nil, ["--sandbox", "required"]] : [nil]

  private let nap = "1\(UInt32.random(in: 100_000...999_999)).5"

  private func limits(_ sandbox: [String]?, _ change: (inout Attempt.Limits) -> Void = { _ in })
    -> Attempt.Limits
  {
    var limits = Attempt.Limits()
    limits.sandbox = sandbox
    change(&limits)
    return limits
  }

  /// Five hundred processes that end neither by themselves nor on TERM.
  @Test(arguments: modes)
  func forkBombEndsWithItsTime(sandbox: [String]?) async throws {
    let bomb = """
      $SIG{TERM} = 'IGNORE'; setpgrp; $0 = "bomb \(nap)";
      fork for 1 .. 9;
      sleep 1000 while 1;
      """
    let attempt = try Attempt(
      ["perl", "-e", bomb],
      limits: limits(sandbox) {
        $0.timeout = 1500
        $0.grace = 300
      })
    let record = try await attempt.run()
    #expect(record.reason == "timed-out")
    #expect(MachineProcesses.running(nap) == [])
  }

  @Test(arguments: modes)
  func hiddenTokenHidesNothing(sandbox: [String]?) async throws {
    let script = "(env -i setsid sh -c 'trap \"\" TERM; sleep \(nap); sleep \(nap)' &) ; exit 0"
    let attempt = try Attempt(shell: script, limits: limits(sandbox) { $0.grace = 200 })
    #expect(try await attempt.run().exitCode == 0)
    #expect(MachineProcesses.running(nap) == [])
  }

  @Test(arguments: modes)
  func closedOutputIsNoEnd(sandbox: [String]?) async throws {
    let attempt = try Attempt(
      shell: "exec >&- 2>&-; sleep 0.2; exit 4", limits: limits(sandbox))
    let record = try await attempt.run()
    #expect(record.reason == "exited" && record.exitCode == 4)
    #expect(record.wallSeconds >= 0.2)
    #expect(try attempt.log().isEmpty)
  }

  @Test(arguments: modes)
  func stoppedJobEndsWithItsTime(sandbox: [String]?) async throws {
    let attempt = try Attempt(
      shell: "kill -STOP $$", limits: limits(sandbox) { $0.timeout = 300 })
    let record = try await attempt.run()
    #expect(record.reason == "timed-out" && record.signal == Int(SIGTERM))
  }

  @Test(arguments: modes)
  func crashLeavesNoCoreFile(sandbox: [String]?) async throws {
    let attempt = try Attempt(
      shell: "ulimit -c; ulimit -c unlimited || kill -SEGV $$", limits: limits(sandbox))
    let record = try await attempt.run()
    #expect(try attempt.logText().hasPrefix("0\n"))
    // Root may raise it again.
    #expect(record.signal == Int(SIGSEGV) || geteuid() == 0)
  }

  /// Without a sandbox the attempt's directory is the job's to spoil. It finds it on its supervisor's command line.
  @Test func recordThatTheJobForgesIsNotBelieved() async throws {
    let script = """
      cd "$(tr '\\0' '\\n' < /proc/$PPID/cmdline | grep -A1 -x -e --directory | tail -1)" || exit 9
      echo '{"reason":"exited","exit_code":0}' > exit.json.forged
      mkdir -p exit.json.tmp/x exit.json/x; mv exit.json.forged exit.json/; mkfifo log.tmp
      yes | head -c 20000; exit 3
      """
    let attempt = try Attempt(shell: script, limits: .init(log: 4096))
    let record = try await attempt.run()
    #expect(record.reason == "exited" && record.exitCode == 3)
    #expect(record.logDroppedBytes > 15_000)
    #expect(try attempt.log().count <= 4096)
  }

  @Test(.whereThereAreNamespaces) func sandboxedJobFindsNoDirectoryToSpoil() async throws {
    let state = try ScratchDirectory("refit-state")
    let script = """
      directory="$(tr '\\0' '\\n' < /proc/$PPID/cmdline | grep -A1 -x -e --directory | tail -1)"
      ls -A "$directory" 2>&1; echo forged > "$directory/exit.json"; exit 3
      """
    let attempt = try Attempt(
      shell: script, limits: limits(["--sandbox", "required", "--empty", NSTemporaryDirectory()]))
    _ = state
    let record = try await attempt.run()
    #expect(record.exitCode == 3)
    #expect(try attempt.logText().contains("No such file or directory"))
  }

  /// The disk is a small one in memory. It is full until the job has failed of it; what the log could not take is
  /// counted, and the record is written as soon as there is room.
  @Test(.whereThereAreNamespaces) func fullDiskEndsTheJobAndTheRecordComesWhenThereIsRoom() async throws {
    let out = try ScratchDirectory("refit-full")
    let supervisor = try Products.path("refit-supervisor")
    let job = """
      cat /dev/zero > \"$DISK\"/fill 2>/dev/null; yes | head -c 300000; echo full > \"$OUT\"/full; exit 28
      """
    let script = """
      mkdir "$OUT/disk" && mount -t tmpfs -o size=256k,nr_inodes=50 tmpfs "$OUT/disk" || exit 1
      export DISK="$OUT/disk"
      "$SUPERVISOR" --directory "$DISK" --token 0123456789abcdef --timeout-ms 60000 --grace-ms 100 \
        --log-cap-bytes 200000 --cwd / -- /bin/sh -c "\(job)" &
      until grep -qs . "$OUT/full"; do sleep 0.02; done
      # Long enough for the record to have been tried in vain; what is asked for holds without it, too.
      sleep 0.3; rm "$DISK/fill"
      wait $!; echo "ended with $?"
      cp "$DISK/exit.json" "$OUT/"
      """
    let root = geteuid() == 0 ? [] : ["--map-root-user"]
    let started = try Command.start(
      "/usr/bin/unshare", root + ["--mount", "sh", "-c", script],
      environment: [
        "OUT": out.path, "SUPERVISOR": supervisor, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "REFIT_TOKEN": "0123456789abcdef",
      ])
    let command = try await Patience.result(of: "the job on a full disk") { started.wait() }
    #expect(command.output.contains("ended with 0"), "\(command.errors)")
    let record = try out.read("exit.json")
    #expect(record.contains("\"reason\":\"exited\",\"exit_code\":28"), "\(record)")
    #expect(!record.contains("\"log_dropped_bytes\":0,"))
  }
}
