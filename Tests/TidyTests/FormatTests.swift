import Foundation
import RefitTesting
import Testing

@Suite struct FormatTests {
  @Test(.timeLimit(.minutes(5))) func theFormatterHasNothingToSay() throws {
    let swift = try #require(
      Self.swift, "no 'swift' in PATH, /opt/swift or /usr/libexec/swift: put it into PATH")
    let folders = ["Sources", "Tests", "jobs", "Benchmarks", "Package.swift"].filter {
      FileManager.default.fileExists(atPath: Repository.path($0))
    }
    let lint = try Command.run(
      swift, ["format", "lint", "--strict", "--parallel", "--recursive"] + folders, in: Repository.root)
    let text = lint.output + lint.errors
    let errors = text.split(separator: "\n").filter { $0.contains(": error: ") }
    for line in errors { Issue.record("\(line): run 'make format', or shorten the line") }
    #expect(lint.status == 0 || !errors.isEmpty, "\(text.suffix(2000))")
  }

  private static var swift: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      path.split(separator: ":").map(String.init)
      + ["/opt/swift/usr/bin", "/usr/libexec/swift/usr/bin", "/usr/libexec/swift/bin"]
    return folders.map { $0 + "/swift" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
