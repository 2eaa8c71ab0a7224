import Foundation
import RefitConnectors
import RefitCore
import Testing

@Suite struct ObservationFilesTests {
  private let line = #"{"metric":"m","value":1,"window":{"start":"2026-11-22","end":"2026-11-23"}}"# + "\n"

  private func read(_ scratch: Scratch) -> ObservationReading {
    ObservationFiles.read(directory: scratch.directory, relativeTo: scratch.project, now: readingTime)
  }

  @Test func readsFilesInTheOrderOfTheirNames() throws {
    let scratch = try Scratch()
    try scratch.write("b.jsonl", line + line)
    try scratch.write("a.prom", "up 1\n")
    try scratch.write("B.jsonl", "")
    try scratch.write("c.json", "{")
    try scratch.write(".hidden.jsonl", "half")
    try scratch.write("c.jsonl.tmp", "half")
    try scratch.setModified("a.prom", Instant("2026-11-23T05:00:00Z")!)
    let reading = read(scratch)
    #expect(reading.rejections.isEmpty)
    #expect(
      reading.observations.map(\.source) == [
        "state/monitoring/churn/a.prom", "state/monitoring/churn/b.jsonl", "state/monitoring/churn/b.jsonl",
      ])
    #expect(reading.observations[0].window.end == Instant("2026-11-23T05:00:00Z")!)
  }

  /// A hash for tests: the bytes themselves, as far as a digest has room.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> Digest {
    var sums = [UInt8](repeating: 0, count: 32)
    for (index, byte) in bytes.enumerated() { sums[index % 32] = sums[index % 32] &* 31 &+ byte }
    return Digest(bytes: sums)
  }

  private func read(
    _ scratch: Scratch, knowing known: [String: ObservationMemory.ReadThrough]
  ) -> ObservationReading {
    ObservationFiles.read(
      directory: scratch.directory, relativeTo: scratch.project, now: readingTime,
      memory: ObservationMemory(known: known, hash: Self.hash))
  }

  @Test func readsOnlyWhatIsNewOfFilesThatItKnows() throws {
    let scratch = try Scratch()
    let name = "state/monitoring/churn/a.jsonl"
    try scratch.write("a.jsonl", line + line)
    let first = read(scratch, knowing: [:])
    #expect(first.observations.count == 2)
    #expect(read(scratch, knowing: first.readThrough) == ObservationReading())

    let second = line.replacing("1", with: "2", maxReplacements: 1)
    try scratch.write("a.jsonl", line + line + second + "{\"metric\":")
    let grown = read(scratch, knowing: first.readThrough)
    #expect(grown.observations.map(\.value) == [2])
    #expect(grown.readThrough[name]?.bytes == Int64((line + line + second).utf8.count), "half a line waits")

    // A file that was written anew is read anew.
    try scratch.write("a.jsonl", second + line + second)
    #expect(read(scratch, knowing: grown.readThrough).observations.count == 3)
  }

  @Test func readsAFileWithSomethingWrongAgainAndTellsItsPlaceInTheWhole() throws {
    let scratch = try Scratch()
    try scratch.write("a.jsonl", line + line)
    let first = read(scratch, knowing: [:])
    try scratch.write("a.jsonl", line + line + "nonsense\n" + line)
    let wrong = read(scratch, knowing: first.readThrough)
    #expect(wrong.rejections.map(\.line) == [3])
    #expect(wrong.observations.count == 3)
    #expect(wrong.readThrough.isEmpty)
  }

  @Test func hasNothingToSayOfADirectoryThatDoesNotExist() throws {
    let scratch = try Scratch()
    let reading = ObservationFiles.read(
      directory: scratch.directory + "/none", relativeTo: scratch.project, now: readingTime)
    #expect(reading == ObservationReading())
  }

  @Test func namesAPlaceOutsideOfTheProjectInFull() throws {
    let scratch = try Scratch()
    try scratch.write("x.jsonl", "x\n")
    let reading = ObservationFiles.read(
      directory: scratch.directory, relativeTo: "/nowhere/", now: readingTime)
    #expect(reading.rejections.map(\.file) == [scratch.path("x.jsonl")])
    try scratch.write("file", "")
    let file = ObservationFiles.read(
      directory: scratch.path("file"), relativeTo: scratch.project, now: readingTime)
    #expect(
      file.rejections.map(\.description) == ["state/monitoring/churn/file: it can't be read: Not a directory"]
    )
  }

  /// Opening a pipe that nobody writes to would wait for ever.
  @Test(.timeLimit(.minutes(1))) func rejectsWhatIsNoFile() throws {
    let scratch = try Scratch()
    try #require(mkfifo(scratch.path("a.jsonl"), 0o600) == 0)
    try #require(mkdir(scratch.path("b.jsonl"), 0o700) == 0)
    try #require(symlink("/dev/zero", scratch.path("c.prom")) == 0)
    try #require(symlink("d.jsonl", scratch.path("d.jsonl")) == 0)
    try #require(symlink("a.jsonl", scratch.path("e.prom")) == 0)
    try #require(symlink("gone", scratch.path("f.prom")) == 0)
    try scratch.write("g.jsonl", line)
    let reading = read(scratch)
    #expect(reading.observations.map(\.source) == ["state/monitoring/churn/g.jsonl"])
    let place = "state/monitoring/churn"
    #expect(
      reading.rejections.map(\.description) == [
        "\(place)/a.jsonl: it is a named pipe; only a regular file, or a link to one, is read",
        "\(place)/b.jsonl: it is a directory; only a regular file, or a link to one, is read",
        "\(place)/c.prom: it is a device; only a regular file, or a link to one, is read",
        "\(place)/d.jsonl: it can't be read: Too many levels of symbolic links",
        "\(place)/e.prom: it is a named pipe; only a regular file, or a link to one, is read",
        "\(place)/f.prom: it can't be read: No such file or directory",
      ])
  }

  @Test func followsALinkToAFile() throws {
    let scratch = try Scratch()
    try scratch.write("kept", line)
    try #require(symlink("kept", scratch.path("x.jsonl")) == 0)
    #expect(read(scratch).observations.map(\.source) == ["state/monitoring/churn/x.jsonl"])
  }

  @Test func rejectsAFileThatIsTooLarge() throws {
    let scratch = try Scratch()
    try scratch.write("x.jsonl", "")
    try #require(truncate(scratch.path("x.jsonl"), 64 << 20 | 1) == 0)
    #expect(
      read(scratch).rejections.map(\.description) == [
        "state/monitoring/churn/x.jsonl: it has 67108865 bytes; "
          + "a file may have at most 67108864 (64 MiB): split it"
      ])
  }

  @Test func survivesAFileFromTheEndOfTime() throws {
    let scratch = try Scratch()
    try scratch.write("x.prom", "m 1\n")
    var times = [timespec(tv_sec: .max, tv_nsec: 0), timespec(tv_sec: .max, tv_nsec: 0)]
    // Not every file system can hold such a time; then there is nothing to survive.
    guard utimensat(AT_FDCWD, scratch.path("x.prom"), &times, 0) == 0 else { return }
    #expect(read(scratch).observations.isEmpty)
  }

  @Test func rejectsAFileThatMayNotBeRead() throws {
    guard geteuid() != 0 else { return }
    let scratch = try Scratch()
    try scratch.write("x.jsonl", line)
    chmod(scratch.path("x.jsonl"), 0)
    #expect(
      read(scratch).rejections.map(\.description) == [
        "state/monitoring/churn/x.jsonl: it can't be opened: Permission denied"
      ])
  }
}
