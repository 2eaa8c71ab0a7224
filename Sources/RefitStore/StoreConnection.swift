internal import GRDB
import RefitCore

/// An open connection to the database; only the store looks inside.
public struct StoreConnection: Sendable {
  let queue: DatabaseQueue
  let path: String
  let models: ModelCache

  init(queue: DatabaseQueue, path: String) {
    self.queue = queue
    self.path = path
    self.models = ModelCache()
  }

  /// Runs a read in one short transaction, so that all of it sees one state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.unsafeRead { db in
        var value: Value?
        try db.inTransaction(.deferred) {
          value = try body(db)
          return .commit
        }
        return value!
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }
}

/// What can be asked of the database; the writer and a reader answer alike.
public protocol StoreQueries: Sendable {
  var connection: StoreConnection { get }
}

extension StoreQueries {
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try connection.read(body)
  }
}
