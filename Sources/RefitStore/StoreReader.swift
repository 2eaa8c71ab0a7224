internal import GRDB
import RefitCore

/// Reads a project's database beside the writer. It holds no lock between questions, never writes and never
/// checkpoints.
public final class StoreReader: StoreQueries {
  public let connection: StoreConnection

  /// Opens the database at `path`; throws `missing` where there is none.
  public convenience init(path: String) throws(StoreError) {
    try self.init(path: path, schema: Schema(), patience: 5)
  }

  init(path: String, schema: Schema, patience: Double) throws(StoreError) {
    var configuration = Configuration()
    configuration.label = "refit.reader"
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      connection = StoreConnection(queue: queue, path: path)
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -2000")
        let found = try schema.version(of: db, path: path)
        guard found == schema.current else {
          throw found == 0
            ? StoreError.missing(path: path)
            : StoreError.olderSchema(path: path, found: found, known: schema.current)
        }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      throw .missing(path: path)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Closes the database; the reader can't be used afterwards.
  public func close() throws(StoreError) {
    do {
      try connection.queue.close()
    } catch {
      throw StoreError(error, path: connection.path)
    }
  }
}
