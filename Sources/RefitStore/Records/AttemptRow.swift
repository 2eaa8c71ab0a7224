internal import GRDB
import RefitCore

/// A row of `attempt`.
struct AttemptRow {
  var id: Int64
  var attempt: Attempt

  init(row: Row) throws {
    id = try row.decode(atIndex: 0)
    attempt = Attempt(
      job: try row.decode(atIndex: 1), subject: try row.decode(atIndex: 2),
      version: try row.decode(atIndex: 3),
      number: try row.decode(atIndex: 4), state: try row.decode(atIndex: 5),
      launches: try row.decode(atIndex: 6), createdAt: try row.decode(atIndex: 7),
      endedAt: try row.decode(atIndex: 8), reason: try row.decode(atIndex: 9),
      isRetriable: try row.decode(atIndex: 10))
  }
}

extension Database {
  /// The attempts of a run, in the order in which they were made.
  func attemptRows(run: Int64) throws -> [AttemptRow] {
    let statement = try cachedStatement(
      sql: """
        SELECT id, job, subject, version, number, state, launches, created_at, ended_at, reason, is_retriable
        FROM attempt WHERE run = ? ORDER BY id
        """)
    return try Row.fetchAll(statement, arguments: [run]).map(AttemptRow.init)
  }

  /// Writes a new attempt and returns its row's number.
  func insertAttempt(_ attempt: Attempt, run: Int64) throws -> Int64 {
    try cachedStatement(
      sql: """
        INSERT INTO attempt (run, job, subject, version, number, state, launches, created_at, ended_at, reason,
          is_retriable)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      run, attempt.job, attempt.subject, attempt.version, attempt.number, attempt.state, attempt.launches,
      attempt.createdAt, attempt.endedAt, attempt.reason, attempt.isRetriable,
    ])
    return lastInsertedRowID
  }

  /// Writes what may change of an attempt.
  func updateAttempt(_ attempt: Attempt, id: Int64) throws {
    try cachedStatement(
      sql: """
        UPDATE attempt SET state = ?, launches = ?, ended_at = ?, reason = ?, is_retriable = ? WHERE id = ?
        """
    ).execute(arguments: [
      attempt.state, attempt.launches, attempt.endedAt, attempt.reason, attempt.isRetriable, id,
    ])
  }
}
