internal import GRDB
import RefitCore

extension Store {
  /// Why what is due of a schedule that changes or goes is missed.
  public static let missedByChange = "the schedule was changed before it was decided"
}

/// What a change of the configuration takes away: occurrences that were due and that nobody will decide.
struct MissedOccurrences {
  /// What is due of the schedules under the configuration that is about to go.
  let overdue: [ScheduleKey: PassedOccurrences]
  let now: Instant
  /// What the ledger says of those that were recorded.
  private(set) var told: [LedgerEntry] = []

  init(overdue: [ScheduleKey: PassedOccurrences], now: Instant) {
    self.overdue = overdue
    self.now = now
  }

  /// Records what waits and what is due of a schedule as missed; call it before the schedule changes.
  mutating func record(_ key: ScheduleKey, in db: Database) throws {
    for missed in [try waiting(key, in: db), try due(key, in: db)].compactMap(\.self) {
      if let entry = try db.pass(missed, of: key, at: now) { told.append(entry) }
    }
  }

  private func waiting(_ key: ScheduleKey, in db: Database) throws -> PassedOccurrences? {
    let nominals = try Instant.fetchAll(
      db.cachedStatement(
        sql: "SELECT nominal FROM occurrence_pending WHERE model = ? AND schedule = ? ORDER BY nominal"),
      arguments: [key.model, key.schedule])
    return PassedOccurrences(nominals, outcome: .missed, because: Store.missedByChange)
  }

  private func due(_ key: ScheduleKey, in db: Database) throws -> PassedOccurrences? {
    let next = try Instant.fetchOne(
      db.cachedStatement(
        sql: "SELECT next_due FROM schedule WHERE model = ? AND name = ? AND active = 1 AND next_due <= ?"),
      arguments: [key.model, key.schedule, now])
    // Without its rules the schedule's turn is all that is known.
    return next.flatMap {
      overdue[key] ?? PassedOccurrences([$0], outcome: .missed, because: Store.missedByChange)
    }
  }
}
