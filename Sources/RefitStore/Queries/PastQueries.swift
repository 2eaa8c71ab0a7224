internal import GRDB
import RefitCore

/// What the record says of an instant in the past. What happened at the very instant came of what was decided then,
/// and is not part of it: where time is simulated, a whole tick has one instant.
extension StoreQueries {
  /// The run of a model that had been the last to end in one of these states before an instant; nil when none had.
  public func lastRun(
    _ model: Name, in states: Set<Run.State>, endedBefore instant: Instant
  ) throws(StoreError) -> Situation.EndedRun? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT number, state, ended_at, interval_end FROM run
          WHERE model = ? AND state IN (SELECT value FROM json_each(?)) AND ended_at < ?
          ORDER BY ended_at DESC, number DESC LIMIT 1
          """)
      let names = states.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ",")
      return try Row.fetchOne(statement, arguments: [model, "[\(names)]", instant]).map { row in
        Situation.EndedRun(
          run: RunID(model: model, number: try row.decode(atIndex: 0)), state: try row.decode(atIndex: 1),
          endedAt: try row.decode(atIndex: 2), intervalEnd: try row.decode(atIndex: 3))
      }
    }
  }

  /// The run of a model that was live at an instant; nil when none was.
  public func liveRun(of model: Name, at instant: Instant) throws(StoreError) -> RunID? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT number FROM run WHERE model = ? AND opened_at < ? AND (ended_at IS NULL OR ended_at >= ?)
          ORDER BY number DESC LIMIT 1
          """)
      return try Int.fetchOne(statement, arguments: [model, instant, instant])
        .map { RunID(model: model, number: $0) }
    }
  }

  /// Nominal instants of a schedule's evaluations later than `since` and before `end`: at most the `newest` of them,
  /// oldest first.
  public func decidedEvaluations(
    _ model: Name, schedule: Name, since: Instant, before end: Instant, newest: Int
  ) throws(StoreError) -> [Instant] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT nominal FROM occurrence
          WHERE model = ? AND schedule = ? AND nominal > ? AND nominal < ? AND state = 'decided'
          ORDER BY nominal DESC LIMIT ?
          """)
      return try Instant.fetchAll(statement, arguments: [model, schedule, since, end, newest]).reversed()
    }
  }

  /// What was decided at an occurrence; nil when nothing was.
  public func verdict(
    _ model: Name, schedule: Name, nominal: Instant
  ) throws(StoreError) -> Decision.Verdict? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT verdict FROM decision JOIN occurrence ON occurrence.id = decision.occurrence
          WHERE occurrence.model = ? AND schedule = ? AND nominal = ?
          """)
      return try Decision.Verdict.fetchOne(statement, arguments: [model, schedule, nominal])
    }
  }
}
