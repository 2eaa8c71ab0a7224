import RefitTesting
import Testing

/// The table of faults in Documentation/reliability.md names tests; each of them must be there.
@Suite struct ReliabilityTests {
  private static let page = "Documentation/reliability.md"

  @Test func everyFaultNamesATestThatExists() throws {
    let tests = SourceTree.swift(under: "Tests")
    let page = try #require(SourceTree.files.first { $0.path == Self.page })
    var count = 0
    for (index, line) in page.lines.enumerated()
    where line.hasPrefix("| ") && !line.hasPrefix("| fault |")
      && !line.hasPrefix("| --- ")
    {
      guard let cell = line.split(separator: "|").last, !cell.contains("not built") else { continue }
      let found = cell.matches(of: #/`(\w+)` \*([^*]+)\*/#)
      if found.isEmpty {
        expectNone([page.finding(index + 1, "this fault names no test: `Suite` *function*")])
      }
      for match in found {
        count += 1
        let (suite, function) = (match.1, match.2)
        let exists = tests.contains { file in
          (file.text.contains("struct \(suite) ") || file.text.contains("extension \(suite) "))
            && (file.text.contains("func `\(function)`") || file.text.contains("func \(function)("))
        }
        if !exists { expectNone([page.finding(index + 1, "there is no test \(suite).\(function)")]) }
      }
    }
    #expect(count > 50, "the table is there")
  }
}
