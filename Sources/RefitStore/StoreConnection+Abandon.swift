internal import GRDB

extension StoreConnection {
  /// Closes the connection and leaves the write-ahead log as it is to the next process.
  ///
  /// SQLite empties the log into the database when the last connection is closed; after an error of storage that would
  /// write again what the disk has just refused. So one that may only read is closed last.
  func abandon() {
    var configuration = Configuration()
    configuration.label = "refit.last"
    configuration.readonly = true
    do {
      let last = try DatabaseQueue(path: path, configuration: configuration)
      // Only a connection that has read something is one.
      _ = try last.inDatabase { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
      try queue.close()
      try last.close()
    } catch {
      // The error that led here is told already, and nothing more can be done: the next process opens the file anew.
    }
  }
}

extension Store {
  /// Closes the database after an error, and writes nothing more to it; the store can't be used afterwards.
  public func abandon() {
    connection.abandon()
  }
}
