internal import GRDB
import RefitCore

/// A schedule of a model, as a key.
public struct ScheduleKey: Hashable, Sendable {
  public var model: Name
  public var schedule: Name

  public init(model: Name, schedule: Name) {
    self.model = model
    self.schedule = schedule
  }
}

extension Store {
  /// Records what nobody acts on, and when the schedule is due next, in one transaction.
  ///
  /// The schedule's turn is only ever moved past occurrences that are recorded: where it is due later than
  /// `through` already, it stays.
  public func pass(
    _ passed: [PassedOccurrences], of key: ScheduleKey, through: Instant, localTime: LocalTime? = nil,
    nextDue: Instant?, at now: Instant
  ) throws(StoreError) {
    try write(.passOccurrences) { db in
      try db.appendToLedger(try passed.compactMap { try db.pass($0, of: key, at: now) })
      try db.moveOn(key, past: through, localTime, to: nextDue)
    }
  }
}

extension Database {
  /// Records occurrences that nobody acts on: up to `PassedOccurrences.mostListed` each by itself, more of them as one
  /// span.
  ///
  /// - Returns: the event that tells of those that had not been recorded before; nil when all had.
  func pass(_ passed: PassedOccurrences, of key: ScheduleKey, at now: Instant) throws -> LedgerEntry? {
    var told = passed
    if passed.instants.isEmpty {
      told.count -= try recordedOccurrences(of: key, from: passed.first, through: passed.last)
      guard told.count > 0 else { return nil }
      try cachedStatement(
        sql: """
          INSERT INTO occurrence_span (
            model, schedule, first, last, count, state, recorded_at, reason, zone_data)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT zone_data FROM clock))
          """
      ).execute(arguments: [
        key.model, key.schedule, told.first, told.last, told.count, told.outcome, now, told.because,
      ])
    } else {
      let fresh = try passed.instants.filter {
        try insertOccurrence(
          of: key, at: $0, state: passed.outcome.rawValue, reason: passed.because, now: now)
      }
      guard let first = fresh.first, let last = fresh.last else { return nil }
      (told.first, told.last, told.count) = (first, last, fresh.count)
    }
    return told.entry(of: key, at: now)
  }

  /// Writes an occurrence's row; false when it had been recorded before, by itself or in a span.
  func insertOccurrence(
    of key: ScheduleKey, at nominal: Instant, state: String, reason: String?, now: Instant
  ) throws -> Bool {
    // Whatever is recorded of it, it waits no more.
    try cachedStatement(
      sql: "DELETE FROM occurrence_pending WHERE model = ? AND schedule = ? AND nominal = ?"
    ).execute(arguments: [key.model, key.schedule, nominal])
    guard try !isInSpan(nominal, of: key) else { return false }
    try cachedStatement(
      sql: """
        INSERT INTO occurrence (model, schedule, nominal, state, recorded_at, reason, zone_data)
        VALUES (?, ?, ?, ?, ?, ?, (SELECT zone_data FROM clock))
        ON CONFLICT (model, schedule, nominal) DO NOTHING
        """
    ).execute(arguments: [key.model, key.schedule, nominal, state, now, reason])
    return changesCount == 1
  }

  /// Lets the schedule be due next at an instant, unless it is due later than `past` already; `localTime`: what the
  /// schedule's clock showed then.
  func moveOn(_ key: ScheduleKey, past: Instant, _ localTime: LocalTime?, to nextDue: Instant?) throws {
    try cachedStatement(
      sql: """
        UPDATE schedule SET next_due = ?, issued_local = ifnull(?, issued_local)
        WHERE model = ? AND name = ? AND active = 1 AND next_due <= ?
        """
    ).execute(arguments: [nextDue, localTime?.description, key.model, key.schedule, past])
  }

  func isInSpan(_ nominal: Instant, of key: ScheduleKey) throws -> Bool {
    let statement = try cachedStatement(
      sql: """
        SELECT 1 FROM occurrence_span WHERE model = ?1 AND schedule = ?2 AND last >= ?3 AND first <= ?3
          AND ifnull(withdrawn_after, last) >= ?3
        """)
    return try Int.fetchOne(statement, arguments: [key.model, key.schedule, nominal]) != nil
  }

  private func recordedOccurrences(of key: ScheduleKey, from: Instant, through: Instant) throws -> Int {
    let statement = try cachedStatement(
      sql:
        "SELECT count(*) FROM occurrence WHERE model = ? AND schedule = ? AND nominal BETWEEN ? AND ?")
    return try Int.fetchOne(statement, arguments: [key.model, key.schedule, from, through]) ?? 0
  }
}

extension PassedOccurrences {
  fileprivate func entry(of key: ScheduleKey, at now: Instant) -> LedgerEntry {
    var payload: [String: Payload] = [
      "schedule": .text(key.schedule.text), "count": .whole(Int64(count)), "first": .text(first.description),
      "last": .text(last.description), "because": .text(because),
    ]
    if let into { payload["into"] = .text(into.description) }
    return LedgerEntry(
      kind: outcome.event, model: key.model, run: nil, actor: "refit", at: now, payload: .object(payload))
  }
}

extension PassedOccurrences.Outcome {
  /// What the ledger calls it.
  var event: LedgerEvent.Kind {
    switch self {
    case .coalesced: .occurrenceCoalesced
    case .skipped: .occurrenceSkipped
    case .missed: .occurrenceMissed
    }
  }
}
