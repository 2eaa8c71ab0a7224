internal import GRDB
import Glibc
import RefitCore

/// The schema as a list of steps, and how a database is brought to its end.
struct Schema: Sendable {
  /// Marks a database as one of Refit's: "RFIT" in `PRAGMA application_id`.
  static let applicationID: Int32 = 0x5246_4954

  var migrations: [Migration] = Migration.all

  /// What `PRAGMA user_version` says of a database that has seen every step.
  var current: Int { migrations.count }

  /// The schema that the database has; 0 for an empty one. Throws where it is not one that this Refit can use.
  func version(of db: Database, path: String) throws -> Int {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if application != Self.applicationID {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard tables == 0 else { throw StoreError.foreign(path: path) }
      return 0
    }
    if found > current { throw StoreError.newerSchema(path: path, found: found, known: current) }
    return found
  }

  /// Runs the steps that the database has not seen, all in one transaction. An older database is first copied to
  /// `backup`.
  func migrate(
    _ db: Database, from found: Int, backup: String, reach: (FailPoint) throws -> Void
  ) throws {
    if found > 0 {
      // What a stop has left half-written is no backup: it has its name only once it is whole.
      let unfinished = "\(backup).new"
      unlink(unfinished)
      try db.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
      guard rename(unfinished, backup) == 0 else {
        throw StoreError.storage(path: backup, detail: String(cString: strerror(errno)))
      }
    }
    try db.inTransaction(.immediate) {
      for migration in migrations[found...] {
        try db.execute(sql: migration.sql)
      }
      try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(current)")
      try reach(FailPoint(.before, .migrate))
      return .commit
    }
    try reach(FailPoint(.after, .migrate))
  }
}
