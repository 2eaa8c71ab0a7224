internal import GRDB
import RefitCore

/// A run as the list of runs shows it.
public struct RunSummary: Hashable, Sendable {
  public var id: RunID
  public var state: Run.State
  public var trigger: Run.Trigger
  public var because: String
  public var openedAt: Instant
  /// The version that its candidate became.
  public var candidate: Int?
  public var endedAt: Instant?
  public var reason: String?
}

extension StoreQueries {
  /// All live runs with their attempts, the longest open first.
  public func liveRuns() throws(StoreError) -> [Run] {
    let models = connection.models
    return try read { db in
      let statement = try db.cachedStatement(sql: RunSQL.live)
      return try Row.fetchAll(statement).map { try db.run(RunRow(row: $0), cache: models) }
    }
  }

  /// The live run of a model; nil when it has none.
  public func liveRun(of model: Name) throws(StoreError) -> RunID? {
    try read { db in
      try Int.fetchOne(db.cachedStatement(sql: RunSQL.liveOfModel), arguments: [model])
        .map { RunID(model: model, number: $0) }
    }
  }

  /// The run with its attempts; nil for an unknown one.
  public func run(_ id: RunID) throws(StoreError) -> Run? {
    let models = connection.models
    return try read { db in try db.runRow(id).map { try db.run($0, cache: models) } }
  }

  /// The newest runs, of one model or of all, newest first.
  public func runs(_ model: Name? = nil, limit: Int) throws(StoreError) -> [RunSummary] {
    try read { db in
      let statement: Statement
      let arguments: StatementArguments
      if let model {
        statement = try db.cachedStatement(
          sql: RunRow.select + " WHERE run.model = ? ORDER BY run.number DESC LIMIT ?")
        arguments = [model, limit]
      } else {
        statement = try db.cachedStatement(sql: RunRow.select + " ORDER BY run.id DESC LIMIT ?")
        arguments = [limit]
      }
      return try Row.fetchAll(statement, arguments: arguments).map { RunSummary(try RunRow(row: $0)) }
    }
  }

  /// The run of a model that was the last to end in one of these states; nil when none has.
  public func lastRun(_ model: Name, in states: Set<Run.State>) throws(StoreError) -> Situation.EndedRun? {
    try read { db in
      let statement = try db.cachedStatement(sql: RunSQL.lastEnded)
      var newest: Situation.EndedRun?
      for state in states where !state.isLive {
        guard let row = try Row.fetchOne(statement, arguments: [model, state]) else { continue }
        let run = Situation.EndedRun(
          run: RunID(model: model, number: try row.decode(atIndex: 0)), state: state,
          endedAt: try row.decode(atIndex: 1), intervalEnd: try row.decode(atIndex: 2))
        if newest.map({ ($0.endedAt, $0.run.number) < (run.endedAt, run.run.number) }) ?? true {
          newest = run
        }
      }
      return newest
    }
  }
}

/// Questions that each tick asks; a test sees to it that they go through their indexes.
enum RunSQL {
  static let live =
    RunRow.select + """
       WHERE run.state IN ('queued', 'running', 'gating', 'awaiting-approval') ORDER BY run.opened_at, run.id
      """
  static let liveOfModel = """
    SELECT number FROM run
    WHERE model = ? AND state IN ('queued', 'running', 'gating', 'awaiting-approval')
    """
  static let lastEnded = """
    SELECT number, ended_at, interval_end FROM run
    WHERE model = ? AND state = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT 1
    """
}

extension Database {
  /// The run as a whole.
  func run(_ row: RunRow, cache: ModelCache) throws -> Run {
    Run(
      id: row.run, state: row.state, trigger: row.trigger, because: row.because,
      model: try model(row.run.model, configuration: row.configuration, cache: cache),
      configuration: row.configuration, interval: row.interval, knownAt: row.knownAt, openedAt: row.openedAt,
      holdout: row.holdout, candidate: row.candidate, endedAt: row.endedAt, reason: row.reason,
      cancelRequested: row.cancelRequested, attempts: try attemptRows(run: row.id).map(\.attempt))
  }
}

extension RunSummary {
  fileprivate init(_ row: RunRow) {
    self.init(
      id: row.run, state: row.state, trigger: row.trigger, because: row.because, openedAt: row.openedAt,
      candidate: row.candidate, endedAt: row.endedAt, reason: row.reason)
  }
}
