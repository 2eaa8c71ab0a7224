internal import GRDB
import RefitCore

/// What became of one occurrence, or of several next to each other that were recorded as one.
public struct OccurrenceRecord: Hashable, Sendable {
  /// As it is recorded.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    case decided, skipped, coalesced, missed
  }

  public var first: Instant
  /// The same as `first` where it is one occurrence.
  public var last: Instant
  public var count: Int
  public var state: State
  public var recordedAt: Instant
  /// Why it was not decided, in one sentence; nil when it was.
  public var reason: String?
  /// The version of the time zone data by which it came due; nil where that was not told.
  public var zoneData: String?
}

extension StoreQueries {
  /// Whether the occurrence has been recorded, whatever became of it.
  public func isRecorded(_ nominal: Instant, of key: ScheduleKey) throws(StoreError) -> Bool {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT 1 FROM occurrence WHERE model = ? AND schedule = ? AND nominal = ?")
      if try Int.fetchOne(statement, arguments: [key.model, key.schedule, nominal]) != nil { return true }
      return try db.isInSpan(nominal, of: key)
    }
  }

  /// What became of a schedule's occurrences that lie in a stretch of time, or reach into it; oldest first.
  public func occurrences(
    of key: ScheduleKey, from start: Instant = Instant(microseconds: .min),
    through end: Instant = Instant(microseconds: .max)
  ) throws(StoreError) -> [OccurrenceRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT nominal, nominal, 1, state, recorded_at, reason, zone_data FROM occurrence
          WHERE model = ?1 AND schedule = ?2 AND nominal BETWEEN ?3 AND ?4
          UNION ALL
          SELECT first, last, count, state, recorded_at, reason, zone_data FROM occurrence_span
          WHERE model = ?1 AND schedule = ?2 AND last >= ?3 AND first <= ?4
          ORDER BY 1
          """)
      return try Row.fetchAll(statement, arguments: [key.model, key.schedule, start, end]).map { row in
        OccurrenceRecord(
          first: try row.decode(atIndex: 0), last: try row.decode(atIndex: 1),
          count: try row.decode(atIndex: 2),
          state: try row.decode(atIndex: 3), recordedAt: try row.decode(atIndex: 4),
          reason: try row.decode(atIndex: 5), zoneData: try row.decode(atIndex: 6))
      }
    }
  }
}
