import Glibc
import RefitConfiguration
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
