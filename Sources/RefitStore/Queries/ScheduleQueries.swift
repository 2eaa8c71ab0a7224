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

  /// When the next schedule comes due after this time; nil when none ever does.
  public func nextDue(after now: Instant) throws(StoreError) -> Instant? {
    try read { db in
      try Instant.fetchOne(db.cachedStatement(sql: ScheduleSQL.nextAfter), arguments: [now])
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
}
