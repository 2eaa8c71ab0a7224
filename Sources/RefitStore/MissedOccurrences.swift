internal import GRDB
import RefitCore

/// What a change of the configuration takes away: occurrences that were due and that nobody will decide.
struct MissedOccurrences {
  static let reason = "the schedule was changed before it was decided"

  /// Occurrences beside those that the schedules name as next.
  let overdue: [DueSchedule]
  let now: Instant
  /// What the ledger says of those that were recorded.
  private(set) var told: [Payload] = []

  init(overdue: [DueSchedule], now: Instant) {
    self.overdue = overdue
    self.now = now
  }

  /// Records what is due of a schedule as missed; call it before the schedule changes.
  mutating func record(_ model: Name, schedule: Name, in db: Database) throws {
    let next = try Instant.fetchOne(
      db.cachedStatement(
        sql: "SELECT next_due FROM schedule WHERE model = ? AND name = ? AND active = 1 AND next_due <= ?"),
      arguments: [model, schedule, now])
    guard let next else { return }
    let others = overdue.filter {
      $0.model == model && $0.schedule == schedule && $0.nextDue > next && $0.nextDue <= now
    }
    for nominal in [next] + others.map(\.nextDue).sorted() {
      try db.cachedStatement(
        sql: """
          INSERT INTO occurrence (model, schedule, nominal, state, recorded_at, reason)
          VALUES (?, ?, ?, 'missed', ?, ?) ON CONFLICT (model, schedule, nominal) DO NOTHING
          """
      ).execute(arguments: [model, schedule, nominal, now, Self.reason])
      guard db.changesCount == 1 else { continue }
      told.append(
        [
          "model": .text(model.text), "schedule": .text(schedule.text), "nominal": .text(nominal.description),
        ])
    }
  }
}
