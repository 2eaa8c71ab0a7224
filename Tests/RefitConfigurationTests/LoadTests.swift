import Glibc
import RefitConfiguration
import RefitCore
import RefitTesting
import Testing

@Suite("Loading a project's file") struct LoadTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory("refit-load") }

  private var directory: String { scratch.path }
  private var file: String { scratch.path("refit.yaml") }

  private func refusal() -> String? {
    do throws(ConfigurationError) {
      _ = try ConfigurationFile.load(projectDirectory: directory)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func goodFile() throws {
    try scratch.write(SampleFile.lending, to: "refit.yaml")
    let loaded = try ConfigurationFile.load(projectDirectory: directory + "/")
    #expect(loaded.bytes == Array(SampleFile.lending.utf8))
    #expect(loaded.project == (try SampleFile.parse(SampleFile.lending)).project)
    #expect(loaded.warnings.count == 1)
  }

  @Test func zonesAreThoseOfTheMachine() throws {
    let parts = SampleFile.lending.split(separator: "America/New_York")
    let marked = MarkedText(parts.joined(separator: "«America/Atlantis"))
    try scratch.write(marked.text, to: "refit.yaml")
    let place = "refit.yaml:\(marked.line):\(marked.column)"
    #expect(refusal()?.contains("\(place): unknown time zone 'America/Atlantis'") == true)
  }

  /// In 2026 Berlin's clocks go forward at 01:00 UTC on 29 March and back at 01:00 UTC on 25 October.
  @Test("A check warns of what clock changes skip and double, at the schedule")
  func clockChanges() throws {
    let wildcard = SampleFile.lending.split(separator: "\"15 2 * * *\"").joined(separator: "\"*/30 2 * * *\"")
    let marked = MarkedText(wildcard.split(separator: "nightly:").joined(separator: "«nightly:"))
    try scratch.write(marked.text, to: "refit.yaml")
    var clocks: [Project.Clock] = []
    let checked = try ConfigurationFile.check(projectDirectory: directory) { clock in
      clocks.append(clock)
      return Instant(seconds: 1_767_225_600)
    }
    let place = "refit.yaml:\(marked.line):\(marked.column): warning: schedule 'nightly': 2026"
    let warnings = checked.warnings.map(\.description).filter { $0.hasPrefix(place) }
    #expect(warnings.count == 2)
    #expect(warnings.first?.contains("03-29 02:00 and 1 more do not exist in Europe/Berlin") == true)
    #expect(warnings.last?.contains("10-25 02:00 and 1 more come twice in Europe/Berlin") == true)
    #expect(clocks == [.wall])
    #expect(try ConfigurationFile.load(projectDirectory: directory).warnings.count == 1)
  }

  @Test("A time that is only moved is none to warn of")
  func movedTimes() throws {
    try scratch.write(SampleFile.lending, to: "refit.yaml")
    let checked = try ConfigurationFile.check(projectDirectory: directory) { _ in
      Instant(seconds: 1_767_225_600)
    }
    #expect(checked.warnings.count == 1)
  }

  @Test func missingFile() {
    #expect(
      refusal() == "refit.yaml:1:1: there is no refit.yaml in \(directory); "
        + "Documentation/configuration.md shows how to write one")
  }

  @Test func directoryInItsPlace() throws {
    try scratch.makeDirectory("refit.yaml")
    #expect(refusal() == "refit.yaml:1:1: \(file) is no regular file")
  }

  @Test("A FIFO is refused and not waited for", .timeLimit(.minutes(1)))
  func fifo() {
    #expect(mkfifo(file, 0o600) == 0)
    #expect(refusal() == "refit.yaml:1:1: \(file) is no regular file")
  }

  @Test func largeFile() throws {
    try scratch.write("", to: "refit.yaml")
    #expect(truncate(file, (8 << 20) + 1) == 0)
    #expect(refusal() == "refit.yaml:1:1: \(file) is larger than 8 MiB")
  }
}
