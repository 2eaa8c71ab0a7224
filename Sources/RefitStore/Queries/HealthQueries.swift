internal import GRDB
import RefitCore

/// How a database is as a file.
public struct DatabaseHealth: Hashable, Sendable {
  /// What `PRAGMA quick_check` objects to; empty for a sound one.
  public var complaints: [String]
  /// Of the SQLite that this program uses.
  public var library: String
  /// How many events the ledger has, and how many its tree has counted.
  public var events: Int64
  public var leaves: Int64
}

extension StoreQueries {
  public func health() throws(StoreError) -> DatabaseHealth {
    try read { db in
      let complaints = try String.fetchAll(db, sql: "PRAGMA quick_check(5)").filter { $0 != "ok" }
      return DatabaseHealth(
        complaints: complaints, library: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
        events: try Int64.fetchOne(db, sql: "SELECT count(*) FROM ledger") ?? 0,
        leaves: try db.ledgerFrontier().size)
    }
  }
}
