import GRDB
import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

/// A database that the first version of Refit made, with a promoted run in it, under this one.
@Suite struct FirstSchemaTests {
  private static let night = Instant("2026-03-20T02:15:00Z")!

  private func old() throws -> Workplace {
    let place = try Workplace()
    let dump = try Repository.text("Tests/RefitStoreTests/Fixtures/first-schema.sql")
    try place.raw { try $0.execute(sql: dump) }
    return place
  }

  @Test func allThatIsInItIsThereAndVerified() throws {
    let store = try old().open(at: Self.night)
    #expect(try store.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema().current)
    let verification = try store.verify()
    #expect(verification.isIntact, "\(verification.findings)")
    // What 'refit audit verify' of that version printed.
    #expect(verification.head.size == 30 && verification.head.root.hex.hasPrefix("8abd4c6f6abf"))
    #expect(try store.champion("churn")?.version == VersionID("churn@1"))
    #expect(try store.run(RunID("churn#1")!)?.attempts.map(\.state) == [.succeeded, .succeeded])
    #expect(try store.decisions("churn", limit: 99).count == 18)
    #expect(try store.nextDue() == Instant("2026-03-21T02:15:00Z"))
  }

  @Test func lifeGoesOnInIt() throws {
    let store = try old().open(at: Self.night)
    let model: Name = "churn"
    try store.pause(
      Pause(model: model, origin: .command, since: Self.night, actor: "ada", because: "it is moved"),
      at: Self.night)
    #expect(try store.openPauses().map(\.model) == [model])
    let due = try #require(try store.nextDue())
    let key = ScheduleKey(model: model, schedule: "nightly")
    try store.hold(due, of: key, because: "it waits for data", passed: [], nextDue: due + .days(1), at: due)
    #expect(try store.pendingOccurrences().map(\.nominal) == [due])
    #expect(try store.verify().isIntact)
  }

  @Test(arguments: [(FailPoint.Moment.before, 1), (.after, Schema().current)])
  func aStopWhileItIsMigratedLeavesTheOldSchemaOrTheNew(_ moment: FailPoint.Moment, _ version: Int) throws {
    let place = try old()
    let point = FailPoint(moment, .migrate)
    #expect(throws: StoreError.interrupted(point)) {
      try Store(path: place.path, now: Self.night, project: "shop") { reached in
        if reached == point { throw Interruption(at: reached) }
      }
    }
    #expect(try place.raw { try Int.fetchOne($0, sql: "PRAGMA user_version") } == version)
    #expect(try place.open(at: Self.night).verify().isIntact)
  }
}
