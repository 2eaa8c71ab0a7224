import Foundation
import RefitTesting
import Testing

@testable import refit

@Suite struct LogTailTests {
  private let scratch: ScratchDirectory
  private var path: String { scratch.path("log") }

  init() throws { scratch = try ScratchDirectory("refit-tail") }

  private func bytes(_ text: String) -> LogTail.Piece { .bytes(Array(text.utf8)) }

  /// Writes at a place of the file, as the supervisor does, with a time of its own.
  private func write(_ text: String, at offset: UInt64, second: Int) throws {
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
    var times = [timespec(tv_sec: second, tv_nsec: 0), timespec(tv_sec: second, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
  }

  @Test func `a log that grows is shown piece by piece`() throws {
    var tail = LogTail()
    #expect(tail.read(path).isEmpty)
    #expect(!tail.isShown)
    try scratch.write("", to: "log")
    #expect(tail.read(path).isEmpty)
    #expect(tail.isShown)
    try write("one\n", at: 0, second: 1)
    #expect(tail.read(path) == [bytes("one\n")])
    try write("two\n", at: 4, second: 2)
    #expect(tail.read(path) == [bytes("two\n")])
    #expect(tail.read(path).isEmpty)
  }

  @Test func `past the cap it says so once, and shows the newest part when the job has ended`() throws {
    var tail = LogTail()
    try scratch.write("", to: "log")
    try write("head head tail tail ", at: 0, second: 1)
    #expect(tail.read(path) == [bytes("head head tail tail ")])
    try write("ring ", at: 10, second: 2)
    #expect(
      tail.read(path) == [.note("the log has reached its cap: what follows is shown when the job has ended")])
    try write("ring ", at: 15, second: 3)
    #expect(tail.read(path).isEmpty)

    try scratch.write("head head [mark] end", to: "log.tmp")
    #expect(rename(scratch.path("log.tmp"), path) == 0)
    #expect(
      tail.read(path) == [.note("the log was longer than its cap: its newest part"), bytes("[mark] end")])
    #expect(tail.read(path).isEmpty)
  }

  @Test func `a log that was cut is shown from its start`() throws {
    var tail = LogTail()
    try scratch.write("first attempt to start\n", to: "log")
    #expect(tail.read(path).count == 1)
    #expect(truncate(path, 0) == 0)
    try write("second\n", at: 0, second: 5)
    #expect(tail.read(path) == [.note("the log begins anew"), bytes("second\n")])
  }

  @Test func `what is no file of its own is not read`() throws {
    var tail = LogTail()
    #expect(symlink("/etc/passwd", path) == 0)
    #expect(tail.read(path).isEmpty)
    #expect(unlink(path) == 0)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(tail.read(path).isEmpty)
  }
}
