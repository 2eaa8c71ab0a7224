import Testing

/// What is ambient stays in the shell: a decision gets its clock, its chance and its files from outside.
@Suite struct BanTests {
  @Test(arguments: Ban.every) func nothingIsBannedWhereItStands(ban: Ban) throws {
    let files = SourceTree.swift(under: "Sources").filter {
      ban.targets.contains($0.target) && ban.except[$0.path] == nil
    }
    expectNone(
      try files.flatMap { file in
        try file.codeLines(matching: ban.pattern).map { line in
          file.finding(line, "\(ban.name) has no place in \(file.target): \(ban.instead)")
        }
      })
  }

  @Test func everyExceptionIsStillNeeded() throws {
    let files = Dictionary(uniqueKeysWithValues: SourceTree.files.map { ($0.path, $0) })
    expectNone(
      try Ban.every.flatMap { ban in
        try ban.except.keys.filter { path in
          guard let file = files[path] else { return true }
          return try file.codeLines(matching: ban.pattern).isEmpty
        }
        .map {
          Finding(
            path: $0, sentence: "no longer needs its exception from '\(ban.name)': take it out of Ban.swift")
        }
      })
  }

  /// Each ban sees what it is there for, and lets through what only looks like it.
  @Test(arguments: [
    ("the wall clock", "let now = Date()", "let day = Date(timeIntervalSince1970: 0)"),
    ("a clock of the machine", "ContinuousClock().now", "let clock = Clock.simulated"),
    ("chance", "Int.random(in: 0..<3)", "Int.random(in: 0..<3, using: &generator)"),
    ("chance", "let id = UUID()", "let id = UUID(uuidString: text)"),
    ("starting processes", "posix_spawnp(&pid, path)", "let process = processes[0]"),
    ("the file manager", "FileManager.default.contents", "let manager = files"),
    ("the reader's zone and language", "TimeZone.current", "TimeZone(identifier: name)"),
    ("speaking", "  print(\"x\")", "blueprint(x); printer.print(y)"),
    ("the environment", "ProcessInfo.processInfo.environment", "order.environment"),
    ("sleeping", "usleep(10)", "table.sleep(10)"),
    ("ending the process", "exit(1)", "onExit(1); record.exit(2); try exit(attempt: 3)"),
    ("trapping on an error", "try! f()", "try f(); try? g()"),
    ("untyped JSON", "let x: [String: Any]", "let x: [String: any Sendable]"),
    ("going round the concurrency checks", "final class A: @unchecked  Sendable {}", "struct A: Sendable {}"),
  ])
  func bansWhatItIsFor(name: String, banned: String, allowed: String) throws {
    let bans = Ban.every.filter { $0.name == name }
    #expect(bans.count == 1)
    for ban in bans {
      #expect(try SourceFile(path: "Sources/A/a.swift", text: banned).codeLines(matching: ban.pattern) == [1])
      #expect(try SourceFile(path: "Sources/A/a.swift", text: allowed).codeLines(matching: ban.pattern) == [])
    }
  }

  @Test func everyBanIsTried() {
    #expect(Set(Ban.every.map(\.name)).count == Ban.every.count)
  }
}
