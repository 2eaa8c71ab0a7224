import GRDB
import RefitCore
import Testing

@testable import RefitStore

/// A database of the first schema, with occurrences in it, is brought to the one that knows of waiting.
@Suite struct OccurrenceMigrationTests {
  private func old(_ place: Workplace) throws {
    let first = Schema(migrations: [Migration.all[0]])
    let store = try Store(path: place.path, now: .day(0), project: "lending", schema: first, patience: 0)
    let coalesced = LedgerEntry(
      kind: .occurrenceCoalesced, model: "credit-risk", run: nil, actor: "refit", at: .day(2),
      payload: [
        "schedule": "nightly", "nominal": .text(Instant.day(1).description),
        "into": .text(Instant.day(2).description),
      ])
    let applied = LedgerEntry(
      kind: .configurationApplied, model: nil, run: nil, actor: "alice", at: .day(9),
      payload: ["missed": .list([["model": "credit-risk"]])])
    try store.append([coalesced, applied])
    try store.close()
    let model = Model.sample()
    try place.tamper(
      "INSERT INTO model_configuration VALUES (?, ?, ?)",
      [model.name, try model.digest, try CanonicalJSON.encode(model)])
    try place.tamper(
      "INSERT INTO model (name, mode, configuration, active) VALUES (?, 'promote', ?, 1)",
      [model.name, try model.digest])
    try place.tamper(
      "INSERT INTO schedule VALUES ('credit-risk', 'nightly', '15 2 * * *', 'UTC', 'evaluate', 1, ?)",
      [Instant.day(9)])
    for (nominal, state) in [(Int64(1), "coalesced"), (8, "missed")] {
      try place.tamper(
        """
        INSERT INTO occurrence (model, schedule, nominal, state, recorded_at, reason)
        VALUES ('credit-risk', 'nightly', ?, ?, ?, 'so')
        """, [Instant.day(nominal), state, Instant.day(nominal + 1)])
    }
  }

  @Test func nothingOfItIsLost() throws {
    let place = try Workplace()
    try old(place)
    let store = try place.open(at: .day(10))
    let key = PassedOccurrencesTests.key
    #expect(try store.occurrences(of: key).map(\.state) == [.coalesced, .missed])
    #expect(try store.clock().highWater == .day(9))
    #expect(try store.nextDue() == .day(9))
    #expect(try store.pendingOccurrences().isEmpty)
    #expect(try store.verify().isIntact)
    _ = try store.record(.sample(nominal: .day(9)))
    #expect(try store.clock().highWater == .day(9) + Timespan(seconds: 5))
    #expect(try store.verify().isIntact)
  }

  @Test func aStopWhileItMigratesLeavesTheOldSchemaOrTheNew() throws {
    for (moment, version) in [(FailPoint.Moment.before, 1), (.after, Schema().current)] {
      let place = try Workplace()
      try old(place)
      let point = FailPoint(moment, .migrate)
      #expect(throws: StoreError.interrupted(point)) {
        try Store(path: place.path, now: .day(10), project: "lending") { reached in
          if reached == point { throw Interruption(at: reached) }
        }
      }
      #expect(try place.raw { try Int.fetchOne($0, sql: "PRAGMA user_version") } == version)
      #expect(try place.open(at: .day(11)).verify().isIntact)
    }
  }

  /// What was recorded of schedules and rules before they could say more still reads.
  @Test func aScheduleAsItWasRecordedBeforeStillReads() throws {
    let json = #"{"cron":"15 2 * * *","do":"retrain","misfire":"once","timezone":"UTC"}"#
    let schedule = try CanonicalJSON.decode(Schedule.self, from: json)
    #expect(schedule.misfire == .once && schedule.overlap == .forbid && schedule.ready == nil)
  }
}
