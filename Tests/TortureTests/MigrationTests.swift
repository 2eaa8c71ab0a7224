import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

/// A database of an older Refit, brought up to date by a program that is killed.
@Suite struct MigrationTests {
  /// A project whose database has seen the first step of the schema only.
  private static func older() throws -> TorturedProject {
    let project = try TorturedProject(.simulated, .calm)
    let begun = Instant(seconds: Int64(project.begin.timeIntervalSince1970))
    let first = Schema(migrations: Array(Migration.all.prefix(1)))
    let store = try Store(
      path: "\(project.path)/state/refit.db", now: begun, project: Name("torture")!, schema: first,
      patience: 5)
    try store.close()
    return project
  }

  private static func backups(of project: TorturedProject) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(project.path)/state").filter {
      $0.contains(".backup-v1-")
    }
  }

  @Test(arguments: [(FailPoint.Moment.before, 1), (.after, Migration.all.count)])
  func `it is the old one or the new one, and the next tick goes on from there`(
    _ moment: FailPoint.Moment, _ schema: Int
  ) throws {
    let project = try Self.older()
    let before = try StateRows(of: project)
    try #require(before.schema == [1] && Migration.all.count > 1)
    let killed = try project.start(
      ["tick"], at: project.begin, environment: ["REFIT_KILL_AT": "\(FailPoint(moment, .migrate))"])
    #expect(try killed.wait() == .killed(by: SIGKILL))
    let between = try StateRows(of: project)
    #expect(between.schema == [schema])
    #expect(between.integrity == ["ok"])
    #expect(between.events.map(\.leaf) == before.events.map(\.leaf))

    let tick = try project.tick(at: project.begin + 60)
    #expect(tick.ending == .exited(0), "\(tick.printed)")
    let inspection = try Inspection(of: project, at: project.begin + 60)
    #expect(inspection.findings == [])
    #expect(inspection.rows.schema == [Migration.all.count])
    #expect(inspection.rows.events.map(\.leaf).starts(with: before.events.map(\.leaf)))
    #expect(try !Self.backups(of: project).isEmpty, "the old one is kept")
  }
}
