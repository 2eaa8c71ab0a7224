internal import FoundationEssentials
internal import GRDB
import RefitCore
import Synchronization

/// The one writer of a project's database. Whoever has one holds the `WriterLock`, from before `init` until after
/// `close`.
///
/// Every change and the ledger events that tell it are one transaction: after an error nothing of it is there.
public final class Store: StoreQueries {
  public let connection: StoreConnection
  private let reach: @Sendable (FailPoint) throws -> Void
  private let condition = Mutex(Condition())

  private struct Condition {
    /// The error after which nothing more may be written.
    var stopped: StoreError?
    /// Rows changed since the last checkpoint.
    var unsavedChanges = 0
  }

  /// So many changed rows are about 4 MB of write-ahead log.
  private static let changesBetweenCheckpoints = 1000

  /// Opens the database at `path`, makes it where there is none, and brings an older one up to date after copying
  /// it to `PATH.backup-vN-TIME`.
  ///
  /// - Parameters:
  ///   - project: recorded as created now, where none is; nil leaves that to `begin`, for who can tell the time of
  ///     the project only once it is open.
  ///   - reach: called within each transaction once all of it is written, and after it is durable.
  public convenience init(
    path: String, now: Instant, project: Name?,
    reach: @escaping @Sendable (FailPoint) throws -> Void = { _ in }
  ) throws(StoreError) {
    try self.init(path: path, now: now, project: project, schema: Schema(), patience: 5, reach: reach)
  }

  /// `patience`: seconds to wait for a foreign program that holds the database.
  init(
    path: String, now: Instant, project: Name?, schema: Schema, patience: Double,
    reach: @escaping @Sendable (FailPoint) throws -> Void = { _ in }
  ) throws(StoreError) {
    self.reach = reach
    try DatabaseFile.check(path)
    var opened: StoreConnection?
    do {
      var configuration = Configuration()
      configuration.label = "refit.store"
      configuration.busyMode = .timeout(patience)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      connection = StoreConnection(queue: queue, path: path)
      opened = connection
      try queue.inDatabase { db in
        let found = try schema.version(of: db, path: path)
        try db.execute(
          sql: """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
            PRAGMA cache_size = -2000
            """)
        if found < schema.current {
          try schema.migrate(
            db, from: found, backup: "\(path).backup-v\(found)-\(now.microseconds)", reach: reach)
        }
      }
    } catch {
      opened?.abandon()
      throw StoreError(error, path: path)
    }
    if let project { try begin(project, at: now) }
  }

  /// Moves what the write-ahead log holds into the database file. Call it at the end of a tick, under the lock;
  /// it returns at once when nothing was written since the last time.
  public func checkpoint() throws(StoreError) {
    guard condition.withLock({ $0.unsavedChanges > 0 }) else { return }
    do {
      try connection.queue.inDatabase { db in
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
    } catch {
      throw stopping(StoreError(error, path: connection.path))
    }
    condition.withLock { $0.unsavedChanges = 0 }
  }

  /// Checkpoints and closes the database, under the lock; the store can't be used afterwards.
  public func close() throws(StoreError) {
    do throws(StoreError) {
      try checkpoint()
    } catch {
      abandon()
      throw error
    }
    do {
      try connection.queue.close()
    } catch {
      throw StoreError(error, path: connection.path)
    }
  }

  /// Runs `body` as one transaction: all of it is durable when this returns, or nothing of it is there.
  func write<Value>(
    _ deed: FailPoint.Deed, _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    if let stopped = condition.withLock({ $0.stopped }) { throw stopped }
    do {
      let (value, changes) = try connection.queue.inDatabase { db in
        let before = db.totalChangesCount
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          try reach(FailPoint(.before, deed))
          return .commit
        }
        try reach(FailPoint(.after, deed))
        return (value!, db.totalChangesCount - before)
      }
      let due = condition.withLock { condition in
        condition.unsavedChanges += changes
        return condition.unsavedChanges >= Self.changesBetweenCheckpoints
      }
      if due { try checkpoint() }
      return value
    } catch {
      throw stopping(StoreError(error, path: connection.path))
    }
  }

  /// Remembers an error after which the pages in memory can't be trusted: trying again could lose data.
  private func stopping(_ error: StoreError) -> StoreError {
    if error.stopsWriting { condition.withLock { $0.stopped = error } }
    return error
  }

  /// Records that the project was created, unless that is recorded.
  public func begin(_ project: Name, at now: Instant) throws(StoreError) {
    let exists = try read { db in try Bool.fetchOne(db, sql: "SELECT count(*) FROM project") ?? false }
    if exists { return }
    try write(.createProject) { db in
      try db.execute(
        sql: "INSERT INTO project (id, name, created_at) VALUES (1, ?, ?)", arguments: [project, now])
      try db.appendToLedger([
        LedgerEntry(
          kind: .projectCreated, model: nil, run: nil, actor: "refit", at: now,
          payload: ["project": .text(project.text)])
      ])
    }
  }
}
