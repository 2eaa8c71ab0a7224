internal import GRDB
import RefitCore

/// A schedule whose time has come.
public struct DueSchedule: Hashable, Sendable {
  public var model: Name
  public var schedule: Name
  /// The oldest occurrence that has not been acted on.
  public var nextDue: Instant

  public init(model: Name, schedule: Name, nextDue: Instant) {
    self.model = model
    self.schedule = schedule
    self.nextDue = nextDue
  }

  public var key: ScheduleKey { ScheduleKey(model: model, schedule: schedule) }
}

/// A schedule as the list of schedules shows it.
public struct ScheduleHeader: Hashable, Sendable {
  public var model: Name
  public var schedule: Name
  public var cron: String
  public var timezone: String
  public var action: Schedule.Action
  /// Whether the configuration in force still has it.
  public var isActive: Bool
  public var nextDue: Instant?
}

extension StoreQueries {
  /// The schedules that are due at this time, the longest due first.
  public func dueSchedules(at now: Instant) throws(StoreError) -> [DueSchedule] {
    try read { db in
      let statement = try db.cachedStatement(sql: ScheduleSQL.due)
      return try Row.fetchAll(statement, arguments: [now]).map { row in
        DueSchedule(
          model: try row.decode(atIndex: 0), schedule: try row.decode(atIndex: 1),
          nextDue: try row.decode(atIndex: 2))
      }
    }
  }

  /// When the next schedule comes due; nil when none ever does.
  public func nextDue() throws(StoreError) -> Instant? {
    try read { db in try Instant.fetchOne(db.cachedStatement(sql: ScheduleSQL.next)) }
  }

  /// When after this time the next schedule comes due, or an occurrence that waits is to be looked after; nil when
  /// neither ever is.
  public func nextDue(after now: Instant) throws(StoreError) -> Instant? {
    try read { db in
      try [ScheduleSQL.nextAfter, ScheduleSQL.nextPending].compactMap {
        try Instant.fetchOne(db.cachedStatement(sql: $0), arguments: [now])
      }.min()
    }
  }

  /// The schedules of a model, or of all of them, by name.
  public func schedules(of model: Name? = nil) throws(StoreError) -> [ScheduleHeader] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT model, name, cron, timezone, action, active, next_due FROM schedule
          WHERE model = ifnull(?, model) ORDER BY model, name
          """)
      return try Row.fetchAll(statement, arguments: [model]).map { row in
        ScheduleHeader(
          model: try row.decode(atIndex: 0), schedule: try row.decode(atIndex: 1),
          cron: try row.decode(atIndex: 2), timezone: try row.decode(atIndex: 3),
          action: try row.decode(atIndex: 4), isActive: try row.decode(atIndex: 5),
          nextDue: try row.decode(atIndex: 6))
      }
    }
  }
}

/// Questions that each tick asks; a test sees to it that they go through the index of what is due.
enum ScheduleSQL {
  static let due = """
    SELECT model, name, next_due FROM schedule
    WHERE active = 1 AND next_due IS NOT NULL AND next_due <= ? ORDER BY next_due, model, name
    """
  static let next = """
    SELECT next_due FROM schedule WHERE active = 1 AND next_due IS NOT NULL ORDER BY next_due LIMIT 1
    """
  static let nextAfter = """
    SELECT next_due FROM schedule
    WHERE active = 1 AND next_due IS NOT NULL AND next_due > ? ORDER BY next_due LIMIT 1
    """
  /// Behind a check of another occurrence of its schedule, an occurrence waits for the end of that.
  static let nextPending = """
    SELECT attend_at FROM occurrence_pending AS pending WHERE attend_at IS NOT NULL AND attend_at > ? AND NOT EXISTS (
      SELECT 1 FROM ready_check WHERE ready_check.model = pending.model
        AND ready_check.schedule = pending.schedule AND ended_at IS NULL AND ready_check.nominal <> pending.nominal)
    ORDER BY attend_at LIMIT 1
    """
}
