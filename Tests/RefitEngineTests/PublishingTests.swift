import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("What serves, on disk and in the record")
struct PublishingTests {
  let project: EngineProject

  init() throws {
    project = try EngineProject()
    try project.trainFirst()
  }

  private var links: String { project.directory.published(project.model) }

  /// What can happen to the links of a champion.
  enum Mishap: CaseIterable {
    case removed, elsewhere, otherNumber, versionRemoved, versionElsewhere, directoryRemoved

    func befall(_ links: String) throws {
      let files = FileManager.default
      func relink(_ name: String, to target: String) throws {
        try files.removeItem(atPath: "\(links)/\(name)")
        try files.createSymbolicLink(atPath: "\(links)/\(name)", withDestinationPath: target)
      }
      switch self {
      case .removed: try files.removeItem(atPath: "\(links)/champion")
      case .elsewhere: try relink("champion", to: "/tmp/1")
      case .otherNumber: try relink("champion", to: "versions/7")
      case .versionRemoved: try files.removeItem(atPath: "\(links)/versions/1")
      case .versionElsewhere: try relink("versions/1", to: "/tmp")
      case .directoryRemoved: try files.removeItem(atPath: links)
      }
    }
  }

  @Test("a link that was removed or led elsewhere is mended by the next tick", arguments: Mishap.allCases)
  func mended(_ mishap: Mishap) throws {
    try mishap.befall(links)
    let damages = try project.orchestrator.damagedVersions().damages
    #expect(damages.count == 1)
    #expect(damages.first?.contains("but @1 serves") == true)
    try project.tick(8)
    #expect(project.link() == "versions/1")
    #expect(try project.scratch.read("state/models/loans/champion/weight") == "1\n")
    #expect(try project.orchestrator.damagedVersions().damages == [])
    #expect(try project.events(.published).count == 1)
  }

  @Test("a version's link to another version's bytes is told, although its number is right")
  func wrongBytes() throws {
    let vault = project.orchestrator.vault
    try project.scratch.write("other\n", to: "other/weight")
    let other = try vault.seal("\(project.scratch.path)/other")
    let target = "../../../../\(project.directory.relative(vault.path(of: other.digest)))"
    try FileManager.default.removeItem(atPath: "\(links)/versions/1")
    try FileManager.default.createSymbolicLink(
      atPath: "\(links)/versions/1", withDestinationPath: target)
    #expect(
      try project.orchestrator.damagedVersions().damages
        == ["loans: the link 'champion' does not lead to what was sealed, but @1 serves"])
  }

  @Test("the links are relative, so that a project that is moved serves what it served")
  func relative() throws {
    let moved = project.scratch.path + "-moved"
    try FileManager.default.moveItem(atPath: project.scratch.path, toPath: moved)
    defer { try? FileManager.default.moveItem(atPath: moved, toPath: project.scratch.path) }
    let weight = try String(contentsOfFile: "\(moved)/state/models/loans/champion/weight", encoding: .utf8)
    #expect(weight == "1\n")
  }

  @Test("there is a champion to read at every moment of a change", .timeLimit(.minutes(1)))
  func atomic() async throws {
    let publisher = Publisher(project: project.directory, vault: project.orchestrator.vault)
    let version = try #require(try project.reading { try $0.version(.init(model: project.model, number: 1)) })
    var other = version
    other.id = VersionID(model: project.model, number: 2)
    let path = "\(links)/champion/weight"
    let (reading, done) = AsyncStream.makeStream(of: Bool.self)
    let reader = Thread {
      var isAlwaysThere = true
      for _ in 0..<20_000 where access(path, R_OK) != 0 { isAlwaysThere = false }
      done.yield(isAlwaysThere)
      done.finish()
    }
    reader.start()
    while !reader.isFinished {
      try publisher.publish(other)
      try publisher.publish(version)
    }
    for await isAlwaysThere in reading { #expect(isAlwaysThere) }
    #expect(project.link() == "versions/1")
  }

  @Test(
    "bytes that were changed in the vault are found, and the version is named", arguments: ["model", "code"])
  func tampered(_ part: String) throws {
    let version = try #require(try project.reading { try $0.version(.init(model: project.model, number: 1)) })
    let digest = try #require(part == "model" ? version.model : version.code)
    let file = "\(project.orchestrator.vault.path(of: digest))/\(part == "model" ? "weight" : "score.py")"
    chmod(file, 0o644)
    try Data("9\n".utf8).write(to: URL(filePath: file))
    let check = try project.orchestrator.damagedVersions()
    #expect(check.checked == 1)
    #expect(check.damages.count == 1)
    #expect(check.damages.first?.hasPrefix("loans@1: the artifact \(digest.short)") == true)
  }

  @Test(
    "so is everything else that was sealed", arguments: ["holdout", "blinded", "withheld", "predictions"])
  func tamperedArtifact(_ part: String) throws {
    let run = RunID(model: project.model, number: 1)
    let holdout = try #require(try project.reading { try $0.holdout(run) })
    let digest =
      switch part {
      case "holdout": holdout.digest
      case "blinded": holdout.blinded
      case "withheld": holdout.withheld
      default:
        try #require(try project.reading { try $0.uses(run) }.first { $0.role == .predictions }).artifact
          .digest
      }
    let file = project.orchestrator.vault.path(of: digest)
    chmod(file, 0o644)
    try Data("id\n9\n".utf8).write(to: URL(filePath: file))
    let damages = try project.orchestrator.damagedVersions().damages
    #expect(damages.count == 1)
    #expect(damages.first?.hasPrefix("loans#1, ") == true)
    #expect(damages.first?.contains("the artifact \(digest.short)") == true)
  }

  @Test("a log that was changed is told; one that is gone is not")
  func changedLog() throws {
    let project = try EngineProject()
    project.launcher.hold()
    let opened = try project.trainFirst()
    let key = try #require(opened.attempts.first).key
    let path = "\(project.directory.attempt(key, of: opened.id))/log"
    try Data("it went badly\n".utf8).write(to: URL(filePath: path))
    project.launcher.finishAll()
    try project.tick(8, hour: 4)
    let log = try #require(try project.reading { try $0.attemptLogs() }.first)
    try Data("all is well\n".utf8).write(to: URL(filePath: path))
    #expect(
      try project.orchestrator.damagedVersions().damages
        == ["loans#1: \(log.name) is not the log that the attempt left"])
    try FileManager.default.removeItem(atPath: path)
    #expect(try project.orchestrator.damagedVersions().damages == [])
  }
}
