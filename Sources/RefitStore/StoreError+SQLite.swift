internal import GRDB
import RefitCore

extension StoreError {
  /// What an error of SQLite, of row decoding or of JSON means for the database at `path`.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as Interruption: self = .interrupted(error.point)
    case let error as DatabaseError: self = Self.meaning(of: error, path: path)
    case let error as DecodingError: self = .corrupt(path: path, detail: "\(error)")
    case let error as LedgerDamage: self = .corrupt(path: path, detail: error.description)
    case let error as RowDecodingError: self = .corrupt(path: path, detail: "\(error)")
    default: self = .storage(path: path, detail: "\(error)")
    }
  }

  private static func meaning(of error: DatabaseError, path: String) -> StoreError {
    let detail = error.message ?? "\(error.resultCode)"
    if error.hasNoRoomForSharing { return .diskFull(path: path) }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(path: path, detail: detail)
    case .SQLITE_READONLY, .SQLITE_PERM: return .readOnly(path: path)
    case .SQLITE_FULL: return .diskFull(path: path)
    case .SQLITE_CONSTRAINT: return .refused("the database refuses this row: \(detail)")
    case .SQLITE_ABORT where error.extendedResultCode == .SQLITE_ABORT_ROLLBACK: return .busy(path: path)
    default: return .storage(path: path, detail: detail)
    }
  }

  /// Whether the pages in memory may differ from those on disk, so that trying again could lose data.
  var stopsWriting: Bool {
    switch self {
    case .storage, .corrupt, .interrupted: true
    default: false
    }
  }
}

extension DatabaseError {
  /// The file beside the database by which connections share its log could not be made as large as it must be.
  var hasNoRoomForSharing: Bool {
    [.SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP].contains(extendedResultCode)
  }
}
