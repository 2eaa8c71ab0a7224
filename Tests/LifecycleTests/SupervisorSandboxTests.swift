import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("An attempt in its sandbox", .whereThereAreNamespaces)
struct SupervisorSandboxTests {
  typealias Attempt = SupervisedAttempt

  /// A project with data, and the view that a job of it gets.
  struct Place {
    let scratch: ScratchDirectory
    var input: String { scratch.path("state/runs/1/input") }
    var output: String { scratch.path("state/runs/1/output") }

    init() throws {
      scratch = try ScratchDirectory("refit-sandbox")
      try scratch.write("the labels\n", to: "data/holdout.csv")
      try scratch.write("all rows\n", to: "data/labels.csv")
      try scratch.write("few rows\n", to: "state/covers/labels.csv")
      try scratch.write("the state\n", to: "state/refit.db")
      try scratch.write("given\n", to: "state/runs/1/input/given")
      try scratch.write("", to: "state/runs/1/output/.keep")
      try scratch.write("", to: "state/runs/1/progress")
    }

    func limits(_ sandbox: String = "required", _ change: (inout Attempt.Limits) -> Void = { _ in })
      -> Attempt.Limits
    {
      var limits = Attempt.Limits(workingDirectory: scratch.path)
      limits.sandbox = [
        "--sandbox", sandbox, "--read-only", scratch.path, "--empty", scratch.path("state"), "--show", input,
        "--write", output, "--write", scratch.path("state/runs/1/progress"), "--mask",
        scratch.path("data/holdout.csv"), "--cover", scratch.path("data/labels.csv"), "--with",
        scratch.path("state/covers/labels.csv"),
      ]
      change(&limits)
      return limits
    }
  }

  let place: Place
  /// A number of seconds that no other test sleeps.
  let nap = "1\(UInt32.random(in: 100_000...999_999)).5"

  init() throws { place = try Place() }

  private func run(_ script: String) async throws -> (Attempt.Record, log: String) {
    let attempt = try Attempt(shell: script, limits: place.limits())
    return (try await attempt.run(), try attempt.logText())
  }

  @Test(arguments: [0, 3, 75, 255])
  func exitCodeIsTheJobs(code: Int) async throws {
    let (record, _) = try await run("exit \(code)")
    #expect(record.reason == "exited")
    #expect(record.exitCode == code)
    #expect(record.guarantee == "pid-namespace")
  }

  @Test(arguments: [1, 6, 9, 11, 15])
  func signalIsToldAsASignal(signal: Int) async throws {
    let (record, _) = try await run("kill -\(signal) $$")
    #expect(record.reason == "signalled")
    #expect(record.signal == signal)
    #expect(record.exitCode == nil)
  }

  @Test func stateIsNotThereButForTheJobsOwn() async throws {
    let (record, log) = try await run("find state | sort; cat state/runs/1/input/given")
    #expect(record.exitCode == 0)
    #expect(
      log.split(separator: "\n") == [
        "state", "state/runs", "state/runs/1", "state/runs/1/input", "state/runs/1/input/given",
        "state/runs/1/output", "state/runs/1/output/.keep", "state/runs/1/progress", "given",
      ])
  }

  @Test func projectCanBeReadAndOnlyTheOutputWritten() async throws {
    let script = """
      for place in refit.yaml data/labels.csv data/new state/new state/runs/1/new state/runs/1/input/given; do
        (: >> $place) 2>/dev/null && echo wrote $place
      done
      echo made > state/runs/1/output/made && echo far >> state/runs/1/progress
      """
    let (record, log) = try await run(script)
    #expect(record.exitCode == 0)
    #expect(log == "")
    #expect(try place.scratch.read("state/runs/1/output/made") == "made\n")
    #expect(try place.scratch.read("state/runs/1/progress") == "far\n")
  }

  @Test func maskedFileIsDeniedAndCoveredFileIsAnother() async throws {
    let (_, log) = try await run("cat data/holdout.csv 2>&1; cat data/labels.csv")
    #expect(log == "cat: data/holdout.csv: Permission denied\nfew rows\n")
    #expect(try place.scratch.read("data/labels.csv") == "all rows\n")
  }

  /// Also as root of a user namespace of its own, in which it may mount.
  @Test func viewCannotBeTakenApart() async throws {
    let attack = """
      umount data/holdout.csv; umount -l data/labels.csv; umount -l state; mount -o remount,rw .
      mkdir -p /tmp/other; mount --bind data /tmp/other; mount --rbind data /tmp/other; umount -l /tmp/other/*
      mount --move data/holdout.csv /tmp/other
      cat data/holdout.csv data/labels.csv state/refit.db /tmp/other/holdout.csv /tmp/other/labels.csv
      cat /proc/1/root\(place.scratch.path)/data/holdout.csv /proc/2/root\(place.scratch.path)/state/refit.db
      """
    let nested = attack.replacingOccurrences(of: "'", with: "'\\''")
    let (_, log) = try await run("{ \(attack)\n unshare -Urm sh -c '\(nested)'; } 2>/dev/null")
    #expect(!log.contains("the labels") && !log.contains("all rows") && !log.contains("the state"))
    #expect(log.contains("few rows"))
  }

  @Test func jobHasNoPrivilegesToGain() async throws {
    let (_, log) = try await run(
      "grep -E '^(CapEff|NoNewPrivs)' /proc/self/status; echo 1 > /proc/sys/vm/swappiness")
    let lines = log.split(separator: "\n").map(String.init)
    #expect(lines.contains("NoNewPrivs:\t1"))
    let effective = try #require(UInt64(lines[0].split(separator: "\t")[1], radix: 16))
    // CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_MKNOD (capabilities(7)).
    for capability in [2, 19, 21, 27] { #expect(effective >> UInt64(capability) & 1 == 0) }
    #expect(lines.last?.contains("swappiness") == true)
  }

  @Test func tmpIsItsOwnAndGoesWithIt() async throws {
    let name = "refit-tmp-\(nap)"
    let attempt = try Attempt(
      shell:
        "ls -A /tmp | wc -l; mkdir -p /tmp/a/b && echo x > /tmp/a/b/\(name) && mkfifo /tmp/pipe; ls -A /tmp",
      limits: place.limits())
    #expect(try await attempt.run().exitCode == 0)
    // The project of this test lies in /tmp, and is there.
    let parts = place.scratch.path.split(separator: "/")
    let inTmp = parts[0] == "tmp" ? 1 : 0
    #expect(try attempt.logText().hasPrefix("\(inTmp)\n"))
    let names = Set(try attempt.logText().split(separator: "\n").dropFirst())
    #expect(names == Set(["a", "pipe"] + (inTmp == 1 ? [parts[1]] : [])))
    #expect(try FileManager.default.contentsOfDirectory(atPath: attempt.path("tmp.0")) == [])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/a/b/\(name)"))
  }

  /// Nothing of it carries the token, nor is it a child of anything that the supervisor knows.
  @Test(arguments: ["exit 0", "kill -9 $$", "exec sleep 1000"])
  func nothingOutlivesTheAttempt(end: String) async throws {
    let script = "(env -i setsid setsid sh -c 'trap \"\" TERM; sleep \(nap); sleep \(nap)' &) ; \(end)"
    let attempt = try Attempt(
      shell: script,
      limits: place.limits {
        $0.timeout = 500
        $0.grace = 200
      })
    let record = try await attempt.run()
    #expect(record.reason == (end == "exit 0" ? "exited" : end == "kill -9 $$" ? "signalled" : "timed-out"))
    #expect(MachineProcesses.running(nap) == [])
  }

  @Test func nothingOutlivesAKilledSupervisor() async throws {
    let script =
      "(env -i setsid sh -c 'trap \"\" TERM HUP; sleep \(nap); sleep \(nap)' &) ; echo up; sleep \(nap)"
    let attempt = try Attempt(shell: script, limits: place.limits())
    let pid = try attempt.start()
    try await Patience.until("the job to be up") {
      (try? attempt.logText()) == "up\n" && MachineProcesses.running("sleep\0\(nap)").count == 2
    }
    kill(pid, SIGKILL)
    #expect(try await Attempt.status(of: pid) == 128 + Int(SIGKILL))
    try await Patience.until("the end of its processes") { [nap] in MachineProcesses.running(nap) == [] }
    #expect(!attempt.exists("exit.json"))
  }

  @Test func timeoutIsToldAndThenEnforced() async throws {
    let polite = try Attempt(
      shell: "trap 'echo told; exit 7' TERM; while :; do sleep 0.05; done",
      limits: place.limits { $0.timeout = 300 })
    let record = try await polite.run()
    #expect(record.reason == "timed-out" && record.exitCode == 7)
    #expect(try polite.logText().contains("told\n"))

    let deaf = try Attempt(
      shell: "trap '' TERM; sleep \(nap) & sleep \(nap); sleep \(nap)",
      limits: place.limits {
        $0.timeout = 200
        $0.grace = 200
      })
    let second = try await deaf.run()
    #expect(second.reason == "timed-out" && second.signal == Int(SIGKILL))
    #expect(MachineProcesses.running(nap) == [])
  }

  @Test func whatAKilledJobHasUsedIsCounted() async throws {
    let burn = ["perl", "-e", "$SIG{TERM} = 'IGNORE'; 1 while times() < 0.3; sleep 1000"]
    let attempt = try Attempt(
      burn,
      limits: place.limits {
        $0.timeout = 3000
        $0.grace = 0
      })
    let record = try await attempt.run()
    #expect(record.reason == "timed-out")
    #expect(record.cpuSeconds > 0.29)
  }

  @Test func cancelEndsIt() async throws {
    let attempt = try Attempt(shell: "echo up; sleep \(nap)", limits: place.limits())
    let pid = try attempt.start()
    try await Patience.until("the job to be up") { (try? attempt.logText()) == "up\n" }
    try attempt.write("", to: "cancel")
    #expect(try await Attempt.status(of: pid) == 0)
    #expect(try attempt.record().reason == "cancelled")
    #expect(MachineProcesses.running(nap) == [])
  }

  @Test func memoryIsWatchedFromOutside() async throws {
    let hog = "perl -e 'my $x = \"x\" x 200_000_000; sleep 1000'; exit 0"
    let attempt = try Attempt(shell: hog, limits: place.limits { $0.memory = 100_000_000 })
    let record = try await attempt.run()
    #expect(record.reason == "out-of-memory")
    #expect(record.peakMemoryBytes > 100_000_000)
  }

  @Test func secretsStayOutOfTheLog() async throws {
    let attempt = try Attempt(
      shell: "echo a hunter22 b", limits: place.limits { $0.secrets = ["hunter22"] })
    #expect(try await attempt.run().exitCode == 0)
    #expect(try attempt.logText() == "a *** b\n")
  }

  @Test func commandThatCannotStartSaysWhy() async throws {
    let record = try await Attempt(["/no/such/file"], limits: place.limits()).run()
    #expect(record.reason == "not-started")
    #expect(record.error?.contains("no such executable") == true)
  }

  @Test func whatCannotBeHadIsDoneWithoutOrRefused() async throws {
    var limits = place.limits("auto")
    limits.sandbox = ["--sandbox", "auto", "--read-only", "/no/such/place"]
    let auto = try Attempt(shell: "echo ran", limits: limits)
    let record = try await auto.run()
    #expect(record.exitCode == 0)
    #expect(record.guarantee == "sweep")
    #expect(try auto.logText() == "ran\n")

    limits.sandbox = ["--sandbox", "required", "--read-only", "/no/such/place"]
    let required = try Attempt(shell: "echo ran", limits: limits)
    let refusal = try await required.run()
    #expect(refusal.reason == "not-started" && refusal.guarantee == "sweep")
    #expect(refusal.error == "its sandbox can't be set up: /no/such/place (No such file or directory)")
    #expect(try required.logText() == "")
  }

  @Test(arguments: [
    ["--sandbox", "maybe"], ["--read-only", "/usr"], ["--sandbox", "auto", "--show", "data"],
    ["--sandbox", "auto", "--cover", "/a"], ["--sandbox", "auto", "--with", "/a"],
  ])
  func wrongViewIsNoStart(options: [String]) async throws {
    var limits = Attempt.Limits()
    limits.sandbox = options
    let attempt = try Attempt(["true"], limits: limits)
    #expect(try await Attempt.status(of: attempt.start()) == 64)
  }
}
