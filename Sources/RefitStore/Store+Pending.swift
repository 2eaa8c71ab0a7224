internal import GRDB
import RefitCore

extension PendingOccurrence {
  public var key: ScheduleKey { ScheduleKey(model: model, schedule: schedule) }
}

extension Store {
  /// Lets an occurrence wait; with it, in one transaction, what nobody acts on and when the schedule is due next.
  /// An occurrence that is recorded already does not wait.
  public func hold(
    _ nominal: Instant, of key: ScheduleKey, because: String, passed: [PassedOccurrences],
    localTime: LocalTime? = nil, nextDue: Instant?, at now: Instant
  ) throws(StoreError) {
    try write(.holdOccurrence) { db in
      var entries = try passed.compactMap { try db.pass($0, of: key, at: now) }
      if try db.insertPending(nominal, of: key, at: now) {
        entries.append(
          LedgerEntry(
            kind: .occurrenceHeld, model: key.model, run: nil, actor: "refit", at: now,
            payload: [
              "schedule": .text(key.schedule.text), "nominal": .text(nominal.description),
              "because": .text(because),
            ]))
      }
      try db.appendToLedger(entries)
      try db.moveOn(key, past: nominal, localTime, to: nextDue)
    }
  }

  /// Notes that an occurrence waits for a run's end, and for no time.
  public func holdUntilRunEnds(_ pending: PendingOccurrence) throws(StoreError) {
    guard pending.attendAt != nil else { return }
    try write(.holdOccurrence) { db in try db.attend(pending, at: nil) }
  }

  /// Records a check that is about to be launched, or launched again; `attendAt`: when to look after it at the latest.
  /// A schedule has one check at a time: the database refuses another. Of those that have ended the newest of each
  /// occurrence that waits is kept.
  public func recordCheck(
    _ check: ReadyCheck, of pending: PendingOccurrence, attendAt: Instant
  ) throws(StoreError) {
    try write(.recordCheck) { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO ready_check (model, schedule, nominal, number, launches, token, started_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (model, schedule, nominal, number) DO UPDATE SET launches = excluded.launches
          """
      ).execute(arguments: [
        pending.model, pending.schedule, pending.nominal, check.number, check.launches, check.token,
        check.startedAt,
      ])
      try db.attend(pending, at: attendAt)
      try db.forgetChecks(before: check, of: pending)
    }
  }

  /// Records how a check ended; one that said yes makes its occurrence ready. `attendAt`: when to look after the
  /// occurrence again.
  public func recordEnd(
    _ end: ReadyCheck.End, of check: ReadyCheck, _ pending: PendingOccurrence, attendAt: Instant?
  ) throws(StoreError) {
    try write(.recordCheck) { db in
      try db.cachedStatement(
        sql: """
          UPDATE ready_check SET ended_at = ?, outcome = ?, sentence = ?
          WHERE model = ? AND schedule = ? AND nominal = ? AND number = ?
          """
      ).execute(arguments: [
        end.at, end.outcome, end.sentence, pending.model, pending.schedule, pending.nominal, check.number,
      ])
      try db.attend(pending, at: attendAt)
      guard end.outcome == .ready, try db.markReady(pending, at: end.at) else { return }
      try db.appendToLedger([
        LedgerEntry(
          kind: .occurrenceReady, model: pending.model, run: nil, actor: "refit", at: end.at,
          payload: [
            "schedule": .text(pending.schedule.text), "nominal": .text(pending.nominal.description),
            "checks": .whole(Int64(check.number)),
          ])
      ])
    }
  }
}

extension Database {
  /// False when the occurrence is recorded, or waits already.
  fileprivate func insertPending(_ nominal: Instant, of key: ScheduleKey, at now: Instant) throws -> Bool {
    let recorded = try cachedStatement(
      sql: "SELECT 1 FROM occurrence WHERE model = ? AND schedule = ? AND nominal = ?")
    guard try Int.fetchOne(recorded, arguments: [key.model, key.schedule, nominal]) == nil,
      try !isInSpan(nominal, of: key)
    else { return false }
    try cachedStatement(
      sql: """
        INSERT INTO occurrence_pending (model, schedule, nominal, since, attend_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (model, schedule, nominal) DO NOTHING
        """
    ).execute(arguments: [key.model, key.schedule, nominal, now, now])
    return changesCount == 1
  }

  fileprivate func attend(_ pending: PendingOccurrence, at instant: Instant?) throws {
    try cachedStatement(
      sql: "UPDATE occurrence_pending SET attend_at = ? WHERE model = ? AND schedule = ? AND nominal = ?"
    ).execute(arguments: [instant, pending.model, pending.schedule, pending.nominal])
  }

  /// Removes the ended checks of a schedule of which nothing is asked any more.
  fileprivate func forgetChecks(before check: ReadyCheck, of pending: PendingOccurrence) throws {
    try cachedStatement(
      sql: """
        DELETE FROM ready_check WHERE model = ?1 AND schedule = ?2 AND ended_at IS NOT NULL
          AND ((nominal = ?3 AND number < ?4)
            OR NOT EXISTS (SELECT 1 FROM occurrence_pending AS waiting WHERE waiting.model = ?1
              AND waiting.schedule = ?2 AND waiting.nominal = ready_check.nominal))
        """
    ).execute(arguments: [pending.model, pending.schedule, pending.nominal, check.number])
  }

  /// False when the occurrence waits no more.
  fileprivate func markReady(_ pending: PendingOccurrence, at now: Instant) throws -> Bool {
    try cachedStatement(
      sql: """
        UPDATE occurrence_pending SET ready_at = max(?, since)
        WHERE model = ? AND schedule = ? AND nominal = ? AND ready_at IS NULL
        """
    ).execute(arguments: [now, pending.model, pending.schedule, pending.nominal])
    return changesCount == 1
  }
}
