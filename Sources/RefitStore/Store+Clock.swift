internal import GRDB
import RefitCore

/// What the record knows of the clock and of the time zone data that it goes by.
public struct ClockState: Hashable, Sendable {
  /// The latest time that any event bears; nil before the first.
  public var highWater: Instant?
  /// Since when the clock has been behind it by so much that people were told.
  public var behindSince: Instant?
  /// When a person last accepted a clock that had gone back.
  public var acceptedAt: Instant?
  /// The version of the tz database by which the schedules' next occurrences were computed.
  public var zoneData: String?

  /// A clock may be behind the record by so much and nobody is asked.
  public static let tolerance = Timespan.hours(3)

  /// Whether a clock that shows `now` is behind by more than is tolerated.
  public func isBehind(_ now: Instant) -> Bool {
    highWater.map { now + Self.tolerance < $0 } ?? false
  }

  /// What people are told of a clock that is behind; it stays the same for as long as that lasts.
  public var alarm: String {
    "the clock is more than \(Self.tolerance) behind the record, which has reached "
      + "\(highWater.map { "\(Instant(seconds: $0.seconds))" } ?? "no time"): nothing is decided until it has caught up, or until "
      + "'refit clock accept --because …' says that it is right now"
  }
}

extension StoreQueries {
  public func clock() throws(StoreError) -> ClockState {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT high_water, behind_since, accepted_at, zone_data FROM clock")
      guard let row = try Row.fetchOne(statement) else { return ClockState() }
      return ClockState(
        highWater: try row.decode(atIndex: 0), behindSince: try row.decode(atIndex: 1),
        acceptedAt: try row.decode(atIndex: 2), zoneData: try row.decode(atIndex: 3))
    }
  }

  /// What the schedule's clock showed at its newest occurrence; nil before the first.
  public func issuedLocalTime(of key: ScheduleKey) throws(StoreError) -> String? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT issued_local FROM schedule WHERE model = ? AND name = ?")
      return try String?.fetchOne(statement, arguments: [key.model, key.schedule]) ?? nil
    }
  }
}

extension Store {
  /// Notes that the clock is behind, with the alert that says so.
  public func noteClockBehind(_ alarm: String, at now: Instant) throws(StoreError) {
    try write(.noteClock) { db in
      try db.execute(sql: "UPDATE clock SET behind_since = ?", arguments: [now])
      try db.appendToLedger([
        LedgerEntry(
          kind: .alert, model: nil, run: nil, actor: "refit", at: now, payload: ["sentence": .text(alarm)])
      ])
    }
  }

  /// Notes that the clock is behind no more.
  public func noteClockCaughtUp() throws(StoreError) {
    try write(.noteClock) { db in try db.execute(sql: "UPDATE clock SET behind_since = NULL") }
  }

  /// Takes the clock as it is for right, though the record has reached a later time.
  ///
  /// Each schedule starts from now. What was decided stays decided, for ever; what was only passed over of times that
  /// have not come yet is withdrawn, and will come due.
  ///
  /// - Parameter starts: when each active schedule is due next.
  public func acceptClock(
    _ starts: [ScheduleStart], because: String, actor: String, at now: Instant
  ) throws(StoreError) {
    try write(.acceptClock) { db in
      let reached = try Instant.fetchOne(db, sql: "SELECT high_water FROM clock")
      for start in starts {
        try db.cachedStatement(
          sql: """
            UPDATE schedule SET next_due = ?, issued_local = NULL WHERE model = ? AND name = ? AND active = 1
            """
        ).execute(arguments: [start.nextDue, start.model, start.schedule])
      }
      let withdrawn = try db.withdrawOccurrences(after: now)
      try db.appendToLedger([
        LedgerEntry(
          kind: .clockAccepted, model: nil, run: nil, actor: actor, at: now,
          payload: [
            "because": .text(because), "reached": .optional(reached?.description),
            "withdrawn": .whole(Int64(withdrawn)), "schedules": .whole(Int64(starts.count)),
          ])
      ])
      try db.execute(
        sql: "UPDATE clock SET high_water = ?1, behind_since = NULL, accepted_at = ?1", arguments: [now])
    }
  }

  /// Lets schedules be due when newer time zone data say, and notes the version of these.
  public func moveSchedules(
    _ moved: [ScheduleStart], byZoneData version: String?, at now: Instant
  ) throws(StoreError) {
    try write(.moveSchedules) { db in
      let former = try String?.fetchOne(db, sql: "SELECT zone_data FROM clock") ?? nil
      for start in moved {
        try db.cachedStatement(
          sql: "UPDATE schedule SET next_due = ? WHERE model = ? AND name = ? AND active = 1"
        ).execute(arguments: [start.nextDue, start.model, start.schedule])
      }
      try db.execute(sql: "UPDATE clock SET zone_data = ?", arguments: [version])
      guard let former else { return }
      try db.appendToLedger([
        LedgerEntry(
          kind: .zoneDataChanged, model: nil, run: nil, actor: "refit", at: now,
          payload: [
            "from": .text(former), "to": .optional(version), "moved": .whole(Int64(moved.count)),
            "schedules": .list(moved.prefix(100).map(\.told)),
          ])
      ])
    }
  }
}

extension ScheduleStart {
  fileprivate var told: Payload {
    ["schedule": .text("\(model)/\(schedule)"), "next": .optional(nextDue?.description)]
  }
}

extension Database {
  /// Withdraws what was passed over, or waits, of times later than `now`; gives how many records that concerns.
  fileprivate func withdrawOccurrences(after now: Instant) throws -> Int {
    var count = 0
    for sql in [
      """
      INSERT INTO occurrence_withdrawn (model, schedule, nominal, state, recorded_at, reason, zone_data, withdrawn_at)
      SELECT model, schedule, nominal, state, recorded_at, reason, zone_data, ?1 FROM occurrence
      WHERE nominal > ?1 AND state <> 'decided'
      """,
      "UPDATE occurrence_span SET withdrawn_after = ?1 WHERE last > ?1 AND ifnull(withdrawn_after, last) > ?1",
      "DELETE FROM occurrence_pending WHERE nominal > ?1",
    ] {
      try execute(sql: sql, arguments: [now])
      count += changesCount
    }
    try execute(sql: "DELETE FROM occurrence WHERE nominal > ?1 AND state <> 'decided'", arguments: [now])
    return count
  }
}
