internal import GRDB
import RefitCore

extension Database {
  /// Writes how an attempt's processes ended.
  func writeExit(_ record: ExitRecord, attempt: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO attempt_exit (attempt, reason, exit_code, signal, error, cpu_seconds, peak_memory_bytes,
          wall_seconds, log_bytes, log_dropped_bytes, guarantee)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      attempt, record.reason, record.exitCode, record.signal, record.error, record.cpuSeconds,
      record.peakMemoryBytes, record.wallSeconds, record.logBytes, record.logDroppedBytes, record.guarantee,
    ])
  }

  /// How an attempt's processes ended; nil when they left no record.
  func exit(attempt: Int64) throws -> ExitRecord? {
    let statement = try cachedStatement(
      sql: """
        SELECT reason, exit_code, signal, error, cpu_seconds, peak_memory_bytes, wall_seconds, log_bytes,
          log_dropped_bytes, guarantee
        FROM attempt_exit WHERE attempt = ?
        """)
    return try Row.fetchOne(statement, arguments: [attempt]).map { row in
      ExitRecord(
        reason: try row.decode(atIndex: 0), exitCode: try row.decode(atIndex: 1),
        signal: try row.decode(atIndex: 2), error: try row.decode(atIndex: 3),
        cpuSeconds: try row.decode(atIndex: 4), peakMemoryBytes: try row.decode(atIndex: 5),
        wallSeconds: try row.decode(atIndex: 6), logBytes: try row.decode(atIndex: 7),
        logDroppedBytes: try row.decode(atIndex: 8), guarantee: try row.decode(atIndex: 9))
    }
  }
}
