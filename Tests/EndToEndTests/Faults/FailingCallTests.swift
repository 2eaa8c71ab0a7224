import Foundation
import RefitTesting
import Testing

/// Each call of the file system fails once, at one place after the other, in the real command. `REFIT_FAULTS=all` tries
/// every place; else some of each kind are drawn.
@Suite struct FailingCallTests {
  enum Scene: String, CaseIterable, CustomTestStringConvertible {
    case beginning = "the first tick"
    case retraining = "a whole retraining"

    var testDescription: String { rawValue }

    var command: [String] {
      switch self {
      case .beginning: ["tick", "--now", TestProject.time(16)]
      case .retraining: ["retrain", "loans", "--because", "first", "--wait"]
      }
    }
  }

  /// What can happen to a call, and whether it goes on happening.
  private static let faults: [(kind: String, action: String, isLasting: Bool)] = [
    ("write", "ENOSPC", false), ("write", "ENOSPC", true), ("write", "EIO", false), ("write", "short", false),
    ("write", "EINTR", false), ("sync", "EIO", false), ("sync", "EIO", true), ("rename", "ENOSPC", false),
    ("mkdir", "ENOSPC", false), ("symlink", "ENOSPC", false), ("truncate", "EIO", false),
    ("unlink", "EIO", false), ("chmod", "EACCES", false), ("open", "EMFILE", false), ("open", "EROFS", false),
    ("read", "EIO", false), ("read", "EINTR", false), ("read", "short", false), ("lock", "EIO", false),
  ]

  @Test(arguments: Scene.allCases)
  func `whichever call fails, the next tick makes good what was begun`(_ scene: Scene) throws {
    let before = try Self.project(at: scene)
    let counting = try ProjectCopy(of: before.path)
    let whole = try counting.refit(scene.command, environment: FaultyCall.counting(in: counting.path))
    try #require(whole.status == 0, "\(whole.errors)")
    let calls = try FaultyCall.counted(in: counting.path)
    try #require(calls["write", default: 0] > 100 && calls["sync", default: 0] > 10, "\(calls)")
    var generator = SeededGenerator(seed: 20_261_123)
    for (kind, action, isLasting) in Self.faults {
      for number in Self.places(among: calls[kind] ?? 0, &generator) {
        let fault = FaultyCall(kind: kind, action: action, number: number, isLasting: isLasting)
        try check(fault, in: ProjectCopy(of: before.path), scene)
      }
    }
  }

  private static func project(at scene: Scene) throws -> TestProject {
    let project = try TestProject(
      gates: "        - metric: {name: roc_auc, at-least: 0.6}\n        - leakage: {}")
    try project.live(0...14, truth: 1.5, version: nil, rows: 30)
    if scene == .retraining { try #require(try project.tick(16).status == 0) }
    return project
  }

  /// Every place, or one of each third.
  private static func places(among count: Int, _ generator: inout SeededGenerator) -> [Int] {
    if ProcessInfo.processInfo.environment["REFIT_FAULTS"] == "all" { return Array(1..<(count + 1)) }
    guard count > 3 else { return Array(1..<(count + 1)) }
    return (0..<3).map { third in
      Int.random(in: (1 + third * count / 3)...((third + 1) * count / 3), using: &generator)
    }
  }

  private func check(_ fault: FaultyCall, in project: ProjectCopy, _ scene: Scene) throws {
    let struck = try project.refit(scene.command, environment: try fault.environment(of: project.path))
    // Done all the same, something of the machine's, nothing to be read: never a crash, a hang or a run that failed.
    #expect([0, 70, 75, 78].contains(struck.status), "\(fault): \(struck)")
    #expect(struck.status == 0 || struck.errors.hasPrefix("refit: "), "\(fault): \(struck)")

    let next = try project.refit(["tick", "--now", TestProject.time(16), "--wait"])
    #expect(next.status == 0, "\(fault): \(struck.errors)then \(next)")
    if scene == .retraining {
      if try project.runStates() == [] { try project.refit(scene.command) }
      #expect(try project.runStates() == ["promoted"], "\(fault): \(struck.errors)\(next)")
      #expect(project.scratch.exists("state/models/loans/champion/weight"), "\(fault)")
    }
    let verified = try project.refit(["audit", "verify"])
    #expect(verified.status == 0, "\(fault): \(verified.output)\(verified.errors)")
  }

  @Test func `after a sync of the database has failed the process writes no more to it`() throws {
    let before = try Self.project(at: .retraining)
    let counting = try ProjectCopy(of: before.path)
    try counting.refit(
      Scene.retraining.command, environment: FaultyCall.counting(in: counting.path, named: "refit.db"))
    let syncs = try #require(try FaultyCall.counted(in: counting.path)["sync"])
    try #require(syncs > 4)
    for number in 1...(syncs - 1) {
      let project = try ProjectCopy(of: before.path)
      let fault = FaultyCall(kind: "sync", action: "EIO", number: number, named: "refit.db")
      let struck = try project.refit(
        Scene.retraining.command, environment: try fault.environment(of: project.path))
      #expect(struck.status == 70, "\(fault): \(struck)")
      #expect(struck.errors.contains("refit.db could not be read or written"), "\(fault): \(struck)")
      let calls = try FaultyCall.counted(in: project.path)
      #expect(calls["writes-after"] == 0, "\(fault): \(calls)")
    }
  }
}
