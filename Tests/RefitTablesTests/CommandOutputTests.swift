import Foundation
import RefitTesting
import Synchronization
import Testing

@testable import RefitTables

@Suite struct CommandOutputTests {
  private struct Failed: Error {}

  private static func output(of arguments: [String]) throws(TableError) -> String {
    let command = try CommandOutput(arguments) { TableError(file: arguments[0], message: "\($0)") }
    var bytes = [UInt8](repeating: 0, count: 1 << 12)
    var count = 0
    while true {
      let received = try bytes.withUnsafeMutableBufferPointer { buffer throws(TableError) in
        try command.read(into: UnsafeMutableBufferPointer(rebasing: buffer[count...]))
      }
      if received == 0 { return String(decoding: bytes[..<count], as: UTF8.self) }
      count += received
    }
  }

  @Test func `what a command writes is read to its end`() throws {
    #expect(try Self.output(of: ["printf", "a\\nb"]) == "a\nb")
    let error = try #require(throws: TableError.self) {
      try Self.output(of: ["sh", "-c", "echo no >&2; exit 3"])
    }
    #expect(error.message.contains("no\\n"))
    #expect(throws: TableError.self) { try Self.output(of: ["no-such-command"]) }
  }

  /// A pipe's end in another child would keep the output open until that one ends.
  @Test func `children that start at the same time inherit nothing from one another`() throws {
    let listings = Mutex<[String]>([])
    Threads.run(4) {
      for _ in 0..<100 {
        let listing = try? Self.output(of: ["ls", "-l", "/proc/self/fd"])
        listings.withLock { $0.append(listing ?? "") }
      }
    }
    let all = listings.withLock { $0 }
    /// By child: its descriptors and what they are.
    let children = all.map { listing in
      listing.split(separator: "\n").compactMap { line -> (descriptor: Int, file: Substring)? in
        let words = line.split(separator: " ")
        guard let arrow = words.firstIndex(of: "->"), let descriptor = Int(words[arrow - 1]) else {
          return nil
        }
        return (descriptor, words[arrow + 1])
      }
    }
    let outputs = Set(children.flatMap { $0.filter { $0.descriptor == 1 }.map(\.file) })
    #expect(children.count == 400 && children.allSatisfy { $0.contains { $0.descriptor == 1 } })
    let inherited = children.flatMap { $0.filter { $0.descriptor > 2 } }
      .filter { outputs.contains($0.file) || $0.file.contains("refit-errors") }
    #expect(inherited.isEmpty)
  }
}
