import Foundation
import Testing

@Suite struct FormatTests {
  @Test(.timeLimit(.minutes(5))) func theFormatterHasNothingToSay() throws {
    let swift = try #require(
      Self.swift, "no 'swift' in PATH, /opt/swift or /usr/libexec/swift: put it into PATH")
    let folders = ["Sources", "Tests", "jobs", "Benchmarks", "Package.swift"].filter {
      FileManager.default.fileExists(atPath: SourceTree.root + "/" + $0)
    }
    let output = Pipe()
    let lint = Process()
    lint.executableURL = URL(fileURLWithPath: swift)
    lint.arguments = ["format", "lint", "--strict", "--parallel", "--recursive"] + folders
    lint.currentDirectoryURL = URL(fileURLWithPath: SourceTree.root)
    lint.standardOutput = output
    lint.standardError = output
    try lint.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    lint.waitUntilExit()
    let errors = text.split(separator: "\n").filter { $0.contains(": error: ") }
    for line in errors { Issue.record("\(line): run 'make format', or shorten the line") }
    #expect(lint.terminationStatus == 0 || !errors.isEmpty, "\(text.suffix(2000))")
  }

  private static var swift: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      path.split(separator: ":").map(String.init)
      + ["/opt/swift/usr/bin", "/usr/libexec/swift/usr/bin", "/usr/libexec/swift/bin"]
    return folders.map { $0 + "/swift" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
