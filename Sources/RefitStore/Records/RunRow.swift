internal import GRDB
import RefitCore

/// A row of `run`, with the digest of its frozen holdout.
struct RunRow {
  var id: Int64
  var run: RunID
  var state: Run.State
  var trigger: Run.Trigger
  var because: String
  var configuration: Digest
  var interval: DataInterval
  var knownAt: Instant
  var openedAt: Instant
  var candidate: Int?
  var endedAt: Instant?
  var reason: String?
  var cancelRequested: Bool
  var holdout: Digest?

  static let select = """
    SELECT run.id, run.model, run.number, run.state, run.trigger_schedule, run.trigger_nominal,
      run.trigger_person, run.because, run.configuration, run.interval_start, run.interval_end, run.known_at,
      run.opened_at, run.candidate, run.ended_at, run.reason, run.cancel_requested, holdout.digest
    FROM run LEFT JOIN holdout ON holdout.run = run.id
    """

  init(row: Row) throws {
    id = try row.decode(atIndex: 0)
    run = RunID(model: try row.decode(atIndex: 1), number: try row.decode(atIndex: 2))
    state = try row.decode(atIndex: 3)
    if let schedule: Name = try row.decode(atIndex: 4) {
      trigger = .schedule(schedule, nominal: try row.decode(atIndex: 5))
    } else {
      trigger = .person(try row.decode(atIndex: 6))
    }
    because = try row.decode(atIndex: 7)
    configuration = try row.decode(atIndex: 8)
    interval = DataInterval(start: try row.decode(atIndex: 9), end: try row.decode(atIndex: 10))
    knownAt = try row.decode(atIndex: 11)
    openedAt = try row.decode(atIndex: 12)
    candidate = try row.decode(atIndex: 13)
    endedAt = try row.decode(atIndex: 14)
    reason = try row.decode(atIndex: 15)
    cancelRequested = try row.decode(atIndex: 16)
    holdout = try row.decode(atIndex: 17)
  }
}

extension Database {
  func runRow(_ run: RunID) throws -> RunRow? {
    let statement = try cachedStatement(sql: RunRow.select + " WHERE run.model = ? AND run.number = ?")
    return try Row.fetchOne(statement, arguments: [run.model, run.number]).map(RunRow.init)
  }
}
