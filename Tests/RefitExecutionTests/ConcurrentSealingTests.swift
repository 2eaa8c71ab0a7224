import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import RefitExecution

@Suite("Several seal into one vault at once")
struct ConcurrentSealingTests {
  @Test("what several seal at the same time is there once, whole, and nothing of the work is left")
  func together() async throws {
    let scratch = try ScratchDirectory("refit-vault")
    let vault = ArtifactVault(directory: scratch.path("vault"))
    // Each seals a tree of its own and one that all have.
    for worker in 0..<4 {
      for file in 0..<20 {
        try scratch.write("shared \(file)\n", to: "work-\(worker)/shared/\(file)")
        try scratch.write("own \(worker) \(file)\n", to: "work-\(worker)/own/\(file)")
      }
    }
    let sealed = try await withThrowingTaskGroup(of: [Artifact].self) { group in
      for worker in 0..<4 {
        group.addTask {
          try (0..<6).flatMap { _ in
            [
              try vault.seal(scratch.path("work-\(worker)/shared")),
              try vault.seal(scratch.path("work-\(worker)/own")),
            ]
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(sealed.count == 48)
    let digests = Set(sealed.map(\.digest))
    #expect(digests.count == 5)
    for digest in digests { try vault.verify(digest) }
    #expect(try FileBytes.names(in: "\(vault.directory)/staging").isEmpty)
  }
}
