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

  /// Records what is due of a schedule as missed; call it before the schedule changes.
  mutating func record(_ key: ScheduleKey, in db: Database) throws {
    let next = try Instant.fetchOne(
      db.cachedStatement(
        sql: "SELECT next_due FROM schedule WHERE model = ? AND name = ? AND active = 1 AND next_due <= ?"),
      arguments: [key.model, key.schedule, now])
    guard let next else { return }
    // Without its rules the schedule's turn is all that is known.
    let missed =
      overdue[key]
      ?? PassedOccurrences(
        outcome: .missed, first: next, last: next, count: 1, instants: [next], because: Store.missedByChange)
    if let entry = try db.pass(missed, of: key, at: now) { told.append(entry) }
  }
}
