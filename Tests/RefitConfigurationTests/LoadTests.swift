import Foundation
import Glibc
import RefitConfiguration
import Testing

@Suite("Loading a project's file") final class LoadTests {
  private let directory: String

  init() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "refit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    directory = path.path
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: directory) } catch { Issue.record(error) }
  }

  private var file: String { "\(directory)/refit.yaml" }

  private func refusal() -> String? {
    do throws(ConfigurationError) {
      _ = try ConfigurationFile.load(projectDirectory: directory)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func goodFile() throws {
    try SampleFile.lending.write(toFile: file, atomically: true, encoding: .utf8)
    let loaded = try ConfigurationFile.load(projectDirectory: directory + "/")
    #expect(loaded.bytes == Array(SampleFile.lending.utf8))
    #expect(loaded.project == (try SampleFile.parse(SampleFile.lending)).project)
    #expect(loaded.warnings.count == 1)
  }

  @Test func zonesAreThoseOfTheMachine() throws {
    let parts = SampleFile.lending.split(separator: "America/New_York")
    let marked = MarkedText(parts.joined(separator: "«America/Atlantis"))
    try marked.text.write(toFile: file, atomically: true, encoding: .utf8)
    let place = "refit.yaml:\(marked.line):\(marked.column)"
    #expect(refusal()?.contains("\(place): unknown time zone 'America/Atlantis'") == true)
  }

  @Test func missingFile() {
    #expect(
      refusal() == "refit.yaml:1:1: there is no refit.yaml in \(directory): `refit init` writes one")
  }

  @Test func directoryInItsPlace() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    #expect(refusal() == "refit.yaml:1:1: \(file) is no regular file")
  }

  @Test("A FIFO is refused and not waited for", .timeLimit(.minutes(1)))
  func fifo() {
    #expect(mkfifo(file, 0o600) == 0)
    #expect(refusal() == "refit.yaml:1:1: \(file) is no regular file")
  }

  @Test func largeFile() throws {
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(truncate(file, (8 << 20) + 1) == 0)
    #expect(refusal() == "refit.yaml:1:1: \(file) is larger than 8 MiB")
  }
}
