import Testing

/// A test that never runs, or can't fail, is worse than none: it reassures.
@Suite struct NeverRunTests {
  private let tests = SourceTree.swift(under: "Tests")

  @Test func everyFolderOfTestsIsCompiled() {
    let folders = Set(tests.map(\.target))
    #expect(!folders.isEmpty)
    expectNone(
      folders.sorted().filter { !SourceTree.package.text.contains("name: \"\($0)\"") }.map {
        Finding(path: "Tests/\($0)", sentence: "no target in Package.swift compiles it: its tests never run")
      })
  }

  @Test func noTestStandsWhereNoneIsLookedFor() throws {
    let others = SourceTree.swift(under: "Sources", "jobs", "Benchmarks")
    expectNone(
      try others.flatMap { file in
        try file.codeLines(matching: #"@(?:Test|Suite)\b"#).map {
          file.finding($0, "a test outside of Tests/ never runs: move it there")
        }
      })
  }

  @Test func everyFunctionNamedLikeATestIsOne() throws {
    expectNone(
      try tests.flatMap { file in
        let lines = file.codeLines
        return try file.codeLines(matching: #"\bfunc\s+test[A-Z_]\w*\s*\("#).filter { number in
          !isMarked(number, in: lines)
        }
        .map { file.finding($0, "named like a test, but not marked @Test: it never runs") }
      })
  }

  /// Whether `@Test` stands on the line or in the attributes right above it.
  private func isMarked(_ number: Int, in lines: [Substring]) -> Bool {
    var index = number - 1
    while index >= 0 {
      let line = lines[index]
      if line.contains("@Test") { return true }
      let trimmed = line.drop { $0 == " " }
      guard index == number - 1 || trimmed.hasPrefix("@") || trimmed.hasPrefix(")") || trimmed.hasPrefix("]")
      else { return false }
      index -= 1
    }
    return false
  }

  @Test func noTestIsSwitchedOff() throws {
    expectNone(
      try tests.flatMap { file in
        try file.codeLines(
          matching: #"\.disabled\(|@Test\(\s*\.disabled|\bimport\s+XCTest\b|#if\s+false|withKnownIssue"#
        )
        .map {
          file.finding($0, "a test that is switched off: make it pass or take it out (and use Swift Testing)")
        }
      })
  }

  @Test func everyTestCanFail() throws {
    let pattern = try Pattern(
      #"#expect|#require|\bIssue\.record|\bconfirmation\(|\btry\b|\b(?:expect|check|verify|require)\w*\("#)
    expectNone(
      tests.flatMap { file in
        file.markedFunctions().filter { !pattern.isFound(in: $0.body) }.map {
          file.finding($0.line, "nothing is expected in this test: it can't fail")
        }
      })
  }

  /// A file without a test is support, and support is used.
  @Test func everyFileWithoutATestIsUsed() throws {
    let declared = try Pattern(
      #"(?:struct|enum|class|actor|protocol|typealias|func|let|var|extension)\s+(\w+)"#)
    for (_, files) in Dictionary(grouping: tests, by: \.target) {
      let code = files.map { ($0, $0.code) }
      for (file, text) in code where !text.contains("@Test") {
        let names = declared.groups(in: text)
        let others = code.filter { $0.0.path != file.path }.map(\.1)
        let isUsed = try names.contains { name in
          let word = try Pattern("\\b\(name)\\b")
          return others.contains { word.isFound(in: $0) }
        }
        if !isUsed {
          expectNone([file.finding(nil, "holds no test, and no test beside it uses it: remove it")])
        }
      }
    }
  }
}

extension SourceFile {
  /// Each function marked `@Test`: the line of its mark and its code up to the next one.
  fileprivate func markedFunctions() -> [(line: Int, body: String)] {
    let lines = codeLines
    let marks = lines.indices.filter { lines[$0].contains("@Test") }
    return marks.enumerated().map { place, start in
      let end = place + 1 < marks.count ? marks[place + 1] : lines.endIndex
      return (start + 1, lines[start..<end].joined(separator: "\n"))
    }
  }
}
