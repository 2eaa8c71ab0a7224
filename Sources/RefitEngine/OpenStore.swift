import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// The store of a project, opened when it is first asked for and again when another file lies at its path: a backup
/// that was restored, or a project that was made anew.
final class OpenStore {
  private var store: Store?
  private var path: String?
  private var identity: FileIdentity?
  /// The write-ahead log that goes with it.
  private var log: FileIdentity?
  /// Another file lay at the path than the one that was open before.
  private var wasExchanged = false
  private let reach: @Sendable (FailPoint) throws -> Void

  init(reach: @escaping @Sendable (FailPoint) throws -> Void) {
    self.reach = reach
  }

  private struct FileIdentity: Hashable {
    var device: dev_t
    var inode: ino_t

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = status.st_dev
      inode = status.st_ino
    }
  }

  var isOpen: Bool { store != nil }

  func store(at path: String, now: Instant) throws(StoreError) -> Store {
    let found = FileIdentity(path)
    if let store, found != nil, found == identity {
      log = FileIdentity("\(path)-wal") ?? log
      return store
    }
    let isExchanged = identity != nil && found != identity
    try close()
    if isExchanged {
      try keepFormerLogAside(path)
      wasExchanged = true
    }
    let opened = try Store(path: path, now: now, project: nil, reach: reach)
    store = opened
    self.path = path
    identity = FileIdentity(path)
    log = FileIdentity("\(path)-wal")
    return opened
  }

  /// The former database's log must not be played into the one that has taken its place; a log that came with the new
  /// one stays.
  private func keepFormerLogAside(_ path: String) throws(StoreError) {
    guard let log, FileIdentity("\(path)-wal") == log else { return }
    do { try FileBytes.moveAside("\(path)-wal") } catch { throw .storage(path: path, detail: "\(error)") }
    unlink("\(path)-shm")
  }

  /// Whether the database was exchanged since this was last asked.
  func takeExchange() -> Bool {
    defer { wasExchanged = false }
    return wasExchanged
  }

  /// Checkpoints and closes it; the caller holds the writer lock.
  func close() throws(StoreError) {
    let former = store
    store = nil
    try former?.close()
  }

  /// Moves the write-ahead log into the database once it is large; the caller holds the writer lock.
  func checkpointIfLarge() throws(StoreError) {
    var status = stat()
    guard let store, let path, stat("\(path)-wal", &status) == 0, status.st_size > 4 << 20 else { return }
    try store.checkpoint()
  }

  /// Forgets the store after a failure, so that the next tick opens it afresh.
  func forget() {
    store?.abandon()
    store = nil
  }
}
