import Testing

/// Arrows between targets run one way, and siblings do not name each other (`Package.swift` says so too, but
/// the compiler lets an import through that some other target happens to build).
@Suite struct ArrowTests {
  /// Which of the project's own targets and of other people's packages a target may import. What an own
  /// target may import, those above it may import as well; packages are not passed on.
  private static let arrows: [String: Set<String>] = [
    "RefitStatistics": [],
    // The system's library, seen from Swift.
    "CZlib": [],
    "RefitBytes": [],
    "RefitTables": ["CZlib", "RefitBytes", "RefitLinux"],
    "RefitReport": [],
    "RefitLinux": [],
    "RefitCore": ["RefitStatistics"],
    "RefitConfiguration": ["RefitCore", "Yams", "CYaml", "Crypto"],
    "RefitStore": ["RefitCore", "GRDB", "Crypto"],
    "RefitExecution": ["RefitCore", "RefitTables", "Crypto"],
    "RefitConnectors": ["RefitCore"],
    "RefitEngine": [
      "RefitCore", "RefitTables", "RefitConfiguration", "RefitStore", "RefitExecution", "RefitConnectors",
      "RefitLinux", "Crypto",
    ],
    "refit": ["RefitEngine", "RefitReport", "ArgumentParser"],
    "refit-supervisor": [],
    "RefitSimulation": ["RefitEngine", "RefitTesting", "Crypto", "GRDB"],
    "refit-simulate": ["RefitSimulation", "ArgumentParser"],
    // Seen by tests alone, of which some know no more than one small target.
    "RefitTesting": [],
  ]

  private static let pure: Set<String> = ["RefitStatistics", "RefitTables", "RefitReport", "RefitCore"]
  /// Parts of the toolchain; the pure targets do without the whole of Foundation, which costs start-up and
  /// memory.
  private static let forPure: Set<String> = ["Glibc", "Synchronization", "FoundationEssentials"]
  private static let forOthers = forPure.union(["Foundation", "Dispatch"])

  private static func allowed(for target: String) -> Set<String> {
    let direct = arrows[target] ?? []
    let passedOn = direct.flatMap { allowed(for: $0).filter { arrows[$0] != nil } }
    return direct.union(passedOn)
  }

  @Test func importsFollowTheArrows() throws {
    expectNone(
      try SourceTree.swift(under: "Sources").flatMap { file in
        guard Self.arrows[file.target] != nil else { return [Finding]() }
        let system = Self.pure.contains(file.target) ? Self.forPure : Self.forOthers
        let allowed = Self.allowed(for: file.target).union(system)
        return try imports(of: file).filter { !allowed.contains($0.module) }.map { line, module in
          let names = allowed.sorted().joined(separator: ", ")
          return file.finding(
            line, "\(file.target) may not import \(module): pass what it needs as a value (it may: \(names))")
        }
      })
  }

  @Test func theExampleKnowsNothingOfRefit() throws {
    expectNone(
      try SourceTree.swift(under: "jobs").flatMap { file in
        try imports(of: file).filter { $0.module.lowercased().hasPrefix("refit") }.map { line, module in
          file.finding(line, "a job may not import \(module): the contract is files and variables")
        }
      })
  }

  @Test func everyTargetHasItsPlace() {
    let targets = Set(SourceTree.files.filter { $0.path.hasPrefix("Sources/") }.map(\.target))
    expectNone(
      targets.subtracting(Self.arrows.keys).sorted().map { target in
        Finding(
          path: "Sources/\(target)", sentence: "not in the table of ArrowTests: say there what it may import")
      })
    #expect(!targets.isEmpty)
  }

  /// The module of each import, with its line; `@testable` and imports of single symbols included.
  private func imports(of file: SourceFile) throws -> [(line: Int, module: String)] {
    let before = #"^\s*(?:@\w+(?:\(\w+\))?\s+|public\s+|internal\s+|package\s+)*"#
    let kind = "(?:(?:struct|class|enum|protocol|func|var|let|typealias)\\s+)?"
    let pattern = try Pattern(before + "import\\s+" + kind + "(\\w+)")
    return file.codeLines.enumerated().flatMap { offset, line in
      pattern.groups(in: line).map { (offset + 1, $0) }
    }
  }
}
