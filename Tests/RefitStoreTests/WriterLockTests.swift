import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

@Suite struct WriterLockTests {
  /// A lock in a box, so that it can be asked for and put away.
  private final class Held {
    let hadToWait: Bool
    private let lock: WriterLock

    var isWanted: Bool { lock.queue.isWaiting }

    init(_ lock: consuming WriterLock) {
      hadToWait = lock.hadToWait
      self.lock = lock
    }
  }

  private func acquire(_ path: String) throws -> Held? {
    held(try WriterLock.acquire(path: path, waitUpTo: 0))
  }

  private func held(_ outcome: consuming WriterLock.Outcome) -> Held? {
    switch consume outcome {
    case .acquired(let lock): Held(lock)
    case .busy: nil
    }
  }

  @Test func oneHoldsItUntilTheEndOfItsLife() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    do {
      let first = try acquire(path)
      #expect(first?.hadToWait == false)
      let second = try acquire(path)
      #expect(second == nil)
    }
    let third = try acquire(path)
    #expect(third != nil)
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func whoWaitsGetsItWhenItIsReleasedAndKnowsThatItWaited() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    var first = try acquire(path)
    var pauses: [UInt32] = []
    let outcome = try WriterLock.acquire(path: path, waitUpTo: 60) { microseconds in
      pauses.append(microseconds)
      if pauses.count == 3 { first = nil }
    }
    let second = held(outcome)
    #expect(second?.hadToWait == true)
    #expect(first == nil)
    #expect(pauses == [1000, 2000, 4000])
  }

  @Test func aHolderSeesThatSomebodyWaitsAndNoLongerThan() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    var first = try acquire(path)
    #expect(first?.isWanted == false)
    let without = held(try WriterLock.acquire(path: path, waitUpTo: 0) { _ in })
    #expect(without == nil)
    #expect(first?.isWanted == false, "who does not wait is not waited for")
    var seen: [Bool?] = []
    let outcome = try WriterLock.acquire(path: path, waitUpTo: 60) { _ in
      seen.append(first?.isWanted)
      first = nil
    }
    let second = held(outcome)
    #expect(seen == [true])
    #expect(second?.isWanted == false)
  }

  @Test func whoGivesWayGetsItAfterThoseWhoWait() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    var first = try acquire(path)
    var turns: [String] = []
    // One waits; while it pauses the holder lets go, and comes back for it without the right to be first.
    let outcome = try WriterLock.acquire(path: path, waitUpTo: 60) { _ in
      first = nil
      let polite = try? WriterLock.acquire(path: path, waitUpTo: 0.05, .afterOthers) { _ in
        turns.append("polite")
      }
      if let polite, held(polite) == nil { turns.append("busy") }
    }
    let second = held(outcome)
    #expect(second?.hadToWait == true)
    #expect(first == nil)
    #expect(turns.contains("polite"), "it paused while another waited")
  }

  @Test func anotherProcessHoldsItToo() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: try Oracle.interpreter())
    holder.arguments = [
      "-c",
      """
      import fcntl, os, struct, sys
      fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
      fcntl.fcntl(fd, 37, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 0, 0))
      os.write(1, b"held")
      sys.stdin.read()
      """, path,
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held")
    let meanwhile = try acquire(path)
    #expect(meanwhile == nil)
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    let afterwards = try acquire(path)
    #expect(afterwards != nil)
  }

  @Test func aLockOnAFileThatWasReplacedGuardsNothing() throws {
    let place = try Workplace()
    let path = place.folder + "/writer.lock"
    let first = try acquire(path)
    try FileManager.default.removeItem(atPath: path)
    let second = try acquire(path)
    let third = try acquire(path)
    #expect(first != nil)
    #expect(second != nil)
    #expect(third == nil)
  }

  @Test func aLockThatCanNotBeMadeIsSaid() throws {
    let place = try Workplace()
    try FileManager.default.createSymbolicLink(
      atPath: place.folder + "/link", withDestinationPath: "/etc/passwd")
    for path in ["/nowhere/writer.lock", "/link"] {
      #expect(throws: StoreError.self) { _ = try acquire(place.folder + path) }
    }
  }
}
