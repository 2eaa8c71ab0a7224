import Foundation
import Glibc
import RefitTesting
import Testing

/// The supervisor is killed at a named place, as `kill -9` would by chance. Debug builds have these places.
@Suite("A supervisor that is killed between two steps")
struct SupervisorDeathTests {
  typealias Attempt = SupervisedAttempt

  private func killed(at point: String, sandbox: [String]? = nil) async throws -> Attempt {
    var limits = Attempt.Limits()
    limits.sandbox = sandbox
    let attempt = try Attempt(
      shell: "echo ran", environment: ["REFIT_FAIL_POINT": point], limits: limits)
    #expect(try await Attempt.status(of: attempt.start()) == 128 + Int(SIGKILL))
    return attempt
  }

  /// What the orchestrator takes for the proof of life.
  private func isLocked(_ attempt: Attempt) -> Bool {
    let file = open(attempt.path("lock"), O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var whole = flock()
    whole.l_type = Int16(F_WRLCK)
    let isAsked = fcntl(file, 36, &whole) == 0  // F_OFD_GETLK
    return !isAsked || Int32(whole.l_type) != F_UNLCK
  }

  @Test func betweenLockAndClaimAnotherMayStartIt() async throws {
    let attempt = try await killed(at: "locked")
    #expect(!isLocked(attempt) && !attempt.exists("claim") && !attempt.exists("log"))
    #expect(try await Attempt.status(of: attempt.restart()) == 0)
    #expect(try attempt.record().exitCode == 0)
    #expect(try attempt.logText() == "ran\n")
  }

  @Test(arguments: [nil, ["--sandbox", "auto"]])
  func betweenClaimAndStartItIsLostAndNeverStarted(sandbox: [String]?) async throws {
    let attempt = try await killed(at: "claimed", sandbox: sandbox)
    #expect(!isLocked(attempt) && attempt.exists("claim"))
    #expect(!attempt.exists("log") && !attempt.exists("exit.json"))
    #expect(try await Attempt.status(of: attempt.restart()) == 4)
    #expect(!attempt.exists("log"))
  }

  @Test(arguments: [nil, ["--sandbox", "auto"]])
  func betweenEndAndRecordItIsLost(sandbox: [String]?) async throws {
    let attempt = try await killed(at: "ended", sandbox: sandbox)
    #expect(!isLocked(attempt) && attempt.exists("claim") && !attempt.exists("exit.json"))
    #expect(try attempt.logText() == "ran\n")
    #expect(attempt.survivors() == [])
    #expect(try await Attempt.status(of: attempt.restart()) == 4)
    #expect(try attempt.logText() == "ran\n")
  }

  @Test func behindTheRecordNothingIsLost() async throws {
    let attempt = try await killed(at: "recorded")
    #expect(!isLocked(attempt))
    #expect(try attempt.record().exitCode == 0)
  }
}
