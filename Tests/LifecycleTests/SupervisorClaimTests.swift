import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("Lock, claim and record")
struct SupervisorClaimTests {
  typealias Attempt = SupervisedAttempt

  /// F_OFD_SETLK and its companions, which the C header hides behind a feature macro.
  private enum OpenFileLock {
    static let get: Int32 = 36
    static let take: Int32 = 37
    static let takeAndWait: Int32 = 38
  }

  private static func lock(_ attempt: Attempt, _ command: Int32, type: Int32 = F_WRLCK) -> (Int32, flock) {
    let file = open(attempt.path("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    var whole = flock()
    whole.l_type = Int16(type)
    return (fcntl(file, command, &whole) == 0 ? file : -1, whole)
  }

  @Test func claimTellsWhoRuns() async throws {
    let attempt = try Attempt(shell: "exit 0")
    let pid = try attempt.start()
    #expect(try await Attempt.status(of: pid) == 0)
    let claim = try attempt.claim()
    let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    #expect(claim.bootId == boot.trimmingCharacters(in: .newlines))
    #expect(claim.pid == pid)
    #expect(claim.token == attempt.token)
    #expect(try String(contentsOfFile: attempt.path("claim"), encoding: .utf8).last == "\n")
  }

  @Test func startTimeInTheClaimIsTheKernels() async throws {
    let attempt = try Attempt(shell: "echo up > \"$READY\"; sleep 1000", readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let fields = stat[stat.lastIndex(of: ")")!...].split(separator: " ")
    #expect(try attempt.claim().startTime == UInt64(fields[20]))
    try attempt.write("", to: "cancel")
    #expect(try await Attempt.status(of: pid) == 0)
  }

  @Test func voidedAttemptNeverStarts() async throws {
    let attempt = try Attempt(shell: "exit 0")
    try attempt.write("void\n", to: "claim")
    #expect(try await Attempt.status(of: attempt.start()) == 4)
    #expect(!attempt.exists("exit.json") && !attempt.exists("log"))
    #expect(try String(contentsOfFile: attempt.path("claim"), encoding: .utf8) == "void\n")
  }

  @Test func lockedAttemptIsLeftToItsSupervisor() async throws {
    let attempt = try Attempt(shell: "exit 0")
    let (file, _) = Self.lock(attempt, OpenFileLock.take)
    defer { close(file) }
    #expect(try await Attempt.status(of: attempt.start()) == 3)
    #expect(!attempt.exists("claim"))
  }

  @Test func oneOfManySupervisorsRunsTheJobOnce() async throws {
    let attempt = try Attempt(shell: "echo once")
    let pids = try (0..<12).map { _ in try attempt.start() }
    var statuses: [Int] = []
    for pid in pids { statuses.append(try await Attempt.status(of: pid)) }
    #expect(statuses.filter { $0 == 0 }.count == 1)
    #expect(statuses.allSatisfy { [0, 3, 4].contains($0) })
    #expect(try attempt.logText() == "once\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: attempt.directory).sorted()
    #expect(left == ["claim", "exit.json", "lock", "log"])
  }

  @Test func lockIsHeldUntilTheRecordIsThere() async throws {
    let script = "echo up > \"$READY\"; while [ ! -e \"$READY.go\" ]; do sleep 0.02; done"
    let attempt = try Attempt(shell: script, readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    let (probe, seen) = Self.lock(attempt, OpenFileLock.get)
    close(probe)
    #expect(seen.l_type == Int16(F_WRLCK))
    #expect(seen.l_pid == -1)
    let recordWasThere = Task {
      try await Patience.result(of: "the lock") {
        let (file, _) = Self.lock(attempt, OpenFileLock.takeAndWait)
        defer { close(file) }
        return attempt.exists("exit.json")
      }
    }
    #expect(!attempt.exists("exit.json"))
    try attempt.write("", to: "ready.go")
    #expect(try await recordWasThere.value)
    #expect(try await Attempt.status(of: pid) == 0)
  }

  @Test func jobDoesNotInheritTheLock() async throws {
    // A stray that outlives a killed supervisor must not make it look alive.
    let script = "(setsid sh -c 'echo up > \"$READY\"; exec sleep 1000' &) ; sleep 1000"
    let attempt = try Attempt(shell: script, readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    kill(pid, SIGKILL)
    #expect(try await Attempt.status(of: pid) == 128 + Int(SIGKILL))
    let (file, _) = Self.lock(attempt, OpenFileLock.take)
    #expect(file >= 0)
    close(file)
    #expect(!attempt.survivors().isEmpty)
    #expect(try await Attempt.sweep(attempt.token) == 0)
    #expect(attempt.survivors() == [])
  }

  @Test func endWakesWhoWatches() async throws {
    let place = try Attempt(["unused"])
    try place.write("", to: "wake")
    let watch = inotify_init1(0)
    defer { close(watch) }
    let mask = UInt32(0x4 | 0x8)  // IN_ATTRIB, IN_CLOSE_WRITE
    #expect(inotify_add_watch(watch, place.path("wake"), mask) >= 0)
    let attempt = try Attempt(shell: "exit 0", limits: .init(wake: place.path("wake")))
    let pid = try attempt.start()
    let recordWasThere = try await Patience.result(of: "a touch of the wake file") {
      var events = [UInt8](repeating: 0, count: 4096)
      return read(watch, &events, events.count) > 0 && attempt.exists("exit.json")
    }
    #expect(recordWasThere)
    #expect(try await Attempt.status(of: pid) == 0)
  }
}
