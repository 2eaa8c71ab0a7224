internal import GRDB
import RefitCore

/// An attempt with all that was recorded of it.
public struct AttemptRecord: Hashable, Sendable {
  public var attempt: Attempt
  /// What it was launched with.
  public var facts: AttemptFacts?
  /// How its processes ended; nil while it is live, and when they left no record.
  public var exit: ExitRecord?
  /// What it read and wrote.
  public var uses: [ArtifactUse]
}

extension StoreQueries {
  /// The attempts of a run with their facts, in the order in which they were made.
  public func attempts(_ run: RunID) throws(StoreError) -> [AttemptRecord] {
    try read { db in
      guard let row = try db.runRow(run) else { return [] }
      return try db.attemptRecords(run: row.id, uses: try db.uses(run: row.id))
    }
  }

  /// What an attempt was launched with; nil when it never was.
  public func facts(_ run: RunID, attempt: Attempt.Key) throws(StoreError) -> AttemptFacts? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT attempt.id FROM attempt JOIN run ON run.id = attempt.run
          WHERE run.model = ? AND run.number = ? AND job = ? AND subject = ? AND attempt.number = ?
          """)
      let id = try Int64.fetchOne(
        statement, arguments: [run.model, run.number, attempt.job, attempt.subject, attempt.number])
      return try id.flatMap { try db.launch(attempt: $0) }
    }
  }

  /// The attempts of a model that could not be killed when they should have ended, the oldest first.
  public func unkillableAttempts(_ model: Name) throws(StoreError) -> [HeldAttempt] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT run.number, job, subject, attempt.number
          FROM run JOIN attempt ON attempt.run = run.id
          WHERE run.model = ? AND attempt.state = 'unkillable' ORDER BY attempt.id
          """)
      return try Row.fetchAll(statement, arguments: [model]).map { row in
        HeldAttempt(
          run: RunID(model: model, number: try row.decode(atIndex: 0)),
          key: Attempt.Key(
            job: try row.decode(atIndex: 1), subject: try row.decode(atIndex: 2),
            number: try row.decode(atIndex: 3)))
      }
    }
  }

  /// What a run read and wrote, in the order in which it was recorded.
  public func uses(_ run: RunID) throws(StoreError) -> [ArtifactUse] {
    try read { db in try db.runRow(run).map { try db.uses(run: $0.id) } ?? [] }
  }
}

extension Database {
  func attemptRecords(run: Int64, uses: [ArtifactUse]) throws -> [AttemptRecord] {
    let byAttempt = Dictionary(grouping: uses, by: \.attempt)
    return try attemptRows(run: run).map { row in
      AttemptRecord(
        attempt: row.attempt, facts: try launch(attempt: row.id), exit: try exit(attempt: row.id),
        uses: byAttempt[row.attempt.key] ?? [])
    }
  }
}
