import Foundation
import GRDB
import RefitCore

/// The rows of a project's database, read from outside with plain SQL.
struct Records {
  private let queue: DatabaseQueue

  /// Nil where there is no database, or it has no tables yet.
  init?(path: String) throws {
    guard access(path, F_OK) == 0 else { return nil }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    queue = try DatabaseQueue(path: path, configuration: configuration)
    let tables = try queue.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'") ?? 0
    }
    if tables == 0 { return nil }
  }

  func rows(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) throws -> [Row] {
    try queue.unsafeRead { db in
      try Row.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }
  }

  func number(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) throws -> Int64? {
    try rows(sql, arguments).first?[0]
  }

  func close() throws { try queue.close() }

  /// Runs a statement from outside; false where there is no table of Refit's yet.
  static func execute(_ sql: String, path: String) throws -> Bool {
    guard let records = try Records(path: path) else { return false }
    try records.close()
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in try db.execute(sql: sql) }
    try queue.close()
    return true
  }
}

extension Row {
  /// A time that is stored in microseconds, in seconds since 1970.
  func seconds(_ column: String) -> Int64? {
    (self[column] as Int64?).map { $0 / 1_000_000 }
  }

  func hex(_ column: String) -> String? {
    (self[column] as Data?).map { data in data.map { String(format: "%02x", $0) }.joined() }
  }
}

/// A time for sentences.
func spoken(_ seconds: Int64) -> String { Instant(seconds: seconds).description }
