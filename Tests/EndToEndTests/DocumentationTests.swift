import Foundation
import RefitTesting
import Testing

/// What the pages print is what the command takes.
@Suite struct DocumentationTests {
  @Test(arguments: try Page.all.flatMap(\.projects))
  func `every project file in the pages is good`(file: Snippet) throws {
    let scratch = try ScratchDirectory("refit-page")
    try scratch.write(file.text, to: "refit.yaml")
    let check = try Command.run(try Products.path("refit"), ["check", "--project", scratch.path])
    #expect(check.status == 0, "\(file): \(check.errors)")
  }

  @Test func `there are project files to check`() throws {
    let places = try Page.all.flatMap(\.projects).map(\.place)
    #expect(places.contains { $0.hasPrefix("README.md") })
    #expect(places.contains { $0.hasPrefix("Documentation/configuration.md") })
  }

  @Test(arguments: [
    "", "Documentation/examples/churn", "Documentation/examples/adult", "Documentation/examples/electricity",
  ])
  func `every example project is good`(folder: String) throws {
    let check = try Command.run(try Products.path("refit"), ["check", "--project", Repository.path(folder)])
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test(arguments: ["refit.yaml", "jobs/train.py", "jobs/score.py"])
  func `the first page prints its example as it is`(name: String) throws {
    let readme = try Page(path: "README.md")
    let file = try Repository.text("\(Example.path)/\(name)")
    #expect(readme.blocks.contains { $0.text == file }, "\(name) differs from what README.md prints")
  }

  @Test(.timeLimit(.minutes(2)))
  func `the example of the first page gets its first champion`() throws {
    let example = try Example()
    for day in 0..<20 { try example.log(day: day) }
    #expect(try example.refit("tick", "--now", "2026-03-21T02:15:00Z").status == 0)
    let run = try example.refit("retrain", "churn", "--because", "the first version", "--wait")
    #expect(run.output.contains("churn#1 was promoted"), "\(run.output)\(run.errors)")
    #expect(try example.refit("audit", "verify").status == 0)
  }
}

/// A page of the documentation.
struct Page {
  /// The first page, and every one right under `Documentation/`.
  static var all: [Page] {
    get throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Documentation"))
      let pages = names.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
      return try (["README.md"] + pages).map { try Page(path: $0) }
    }
  }

  /// Its fenced blocks.
  let blocks: [Snippet]

  init(path: String) throws {
    let text = try Repository.text(path)
    var blocks: [Snippet] = []
    var open: (language: Substring, line: Int, lines: [Substring])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let block = open {
        if line == "```" {
          let body = block.lines.map { "\($0)\n" }.joined()
          blocks.append(Snippet(language: String(block.language), text: body, place: "\(path):\(block.line)"))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (line.dropFirst(3), index + 2, [])
      }
    }
    self.blocks = blocks
  }

  /// The blocks that are a whole `refit.yaml`.
  var projects: [Snippet] {
    blocks.filter { $0.language == "yaml" && $0.text.hasPrefix("version:") }
  }
}

/// A fenced block.
struct Snippet: Sendable, CustomTestStringConvertible {
  var language: String
  var text: String
  /// File and line.
  var place: String

  var testDescription: String { place }
}

/// A copy of `Documentation/examples/churn`.
struct Example {
  static let path = "Documentation/examples/churn"
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory("refit-example")
    for name in ["refit.yaml", "production.py", "jobs/train.py", "jobs/score.py"] {
      try scratch.write(Repository.text("\(Self.path)/\(name)"), to: name)
    }
  }

  func log(day: Int) throws {
    let logged = try Command.run(
      "/usr/bin/env", ["python3", "production.py", "\(day)"], in: scratch.path)
    #expect(logged.status == 0, "\(logged.errors)")
  }

  func refit(_ arguments: String...) throws -> Command {
    try Command.run(try Products.path("refit"), arguments + ["--project", scratch.path])
  }
}
