import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("How the secrets of an attempt reach its supervisor")
struct SupervisorSecretsTests {
  typealias Attempt = SupervisedAttempt

  private static func makePipe() -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe")
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  @Test func secretsThatComeInPiecesAreReadWhole() async throws {
    let attempt = try Attempt(
      shell: "echo hunter22 swordfish", limits: .init(secrets: ["hunter22", "swordfish"]))
    let (reader, writer) = Self.makePipe()
    let pid = try attempt.start(input: reader)
    for piece in ["hunt", "er22\0sword", "fish\0"] {
      #expect(write(writer, piece, piece.utf8.count) == piece.utf8.count)
      try await Patience.until("the supervisor to read a piece") {
        var left: Int32 = 0
        return ioctl(reader, UInt(FIONREAD), &left) == 0 && left == 0
      }
      #expect(piece == "fish\0" || !attempt.exists("claim"))
    }
    close(reader)
    // The end of the input is not waited for: another process may hold it open.
    #expect(try await Attempt.status(of: pid) == 0)
    close(writer)
    #expect(try attempt.logText() == "*** ***\n")
  }

  @Test(arguments: ["", "hunter2", "hunter22", "hunter222"])
  func jobWithoutAllOfItsSecretsDoesNotStart(input: String) async throws {
    let attempt = try Attempt(shell: "echo hunter22", limits: .init(secrets: ["hunter22"]))
    let (reader, writer) = Self.makePipe()
    #expect(write(writer, input, input.utf8.count) == input.utf8.count)
    close(writer)
    let pid = try attempt.start(input: reader)
    close(reader)
    #expect(try await Attempt.status(of: pid) == 71)
    #expect(try FileManager.default.contentsOfDirectory(atPath: attempt.directory) == [])
  }

  @Test func moreSecretsThanTheLimitAreRefused() async throws {
    let long = String(repeating: "x", count: 16 << 20)
    let attempt = try Attempt(["true"], limits: .init(secrets: [long]))
    #expect(try await Attempt.status(of: attempt.start()) == 64)
  }

  @Test func longSecretsAreReplaced() async throws {
    let secret = (0..<30_000).map { String($0) }.joined(separator: " ")
    let source = try ScratchDirectory()
    try source.write("a \(secret) b", to: "text")
    let attempt = try Attempt(["cat", source.path("text")], limits: .init(secrets: [secret]))
    _ = try await attempt.run()
    #expect(try attempt.logText() == "a *** b")
  }
}
