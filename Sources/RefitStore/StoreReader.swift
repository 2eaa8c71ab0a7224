import Glibc
internal import GRDB
import RefitCore

/// Reads a project's database beside the writer. It holds no lock between questions, never writes and never
/// checkpoints.
public final class StoreReader: StoreQueries {
  public let connection: StoreConnection

  /// Opens the database at `path`, also in a folder that can't be written to or on a disk that is full. Throws
  /// `missing` where there is none, and `unreadable` or `diskFull` where a writer left its log there.
  public convenience init(path: String) throws(StoreError) {
    try self.init(path: path, schema: Schema(), patience: 5)
  }

  init(path: String, schema: Schema, patience: Double) throws(StoreError) {
    try DatabaseFile.check(path)
    do {
      connection = try Self.connect(to: path, path: path, schema, patience)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      connection = try Self.connectToUnchanging(path, schema, patience)
    } catch let error as DatabaseError where error.hasNoRoomForSharing {
      guard Self.hasNoLog(path) else { throw .diskFull(path: path) }
      connection = try Self.connectToUnchanging(path, schema, patience)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private static func hasNoLog(_ path: String) -> Bool {
    var log = stat()
    return stat("\(path)-wal", &log) != 0 || log.st_size == 0
  }

  /// `file`: the path, or a URI of it.
  private static func connect(
    to file: String, path: String, _ schema: Schema, _ patience: Double
  ) throws -> StoreConnection {
    var configuration = Configuration()
    configuration.label = "refit.reader"
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    let queue = try DatabaseQueue(path: file, configuration: configuration)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -2000")
      let found = try schema.version(of: db, path: path)
      guard found == schema.current else {
        throw found == 0
          ? StoreError.missing(path: path)
          : StoreError.olderSchema(path: path, found: found, known: schema.current)
      }
    }
    return StoreConnection(queue: queue, path: path)
  }

  /// SQLite reads a database with a log only where it can write beside it, unless it is told that the file does
  /// not change: in a folder that can't be written to, and without a log, it does not.
  static func connectToUnchanging(
    _ path: String, _ schema: Schema = Schema(), _ patience: Double = 0
  ) throws(StoreError) -> StoreConnection {
    guard access(path, R_OK) == 0 else {
      let reason = errno
      if reason == ENOENT || reason == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, because: String(cString: strerror(reason)))
    }
    guard hasNoLog(path) else {
      throw .unreadable(
        path: path,
        because:
          "its newest changes are in \(path)-wal, and reading those needs the right to write to the folder; "
          + "ask as the user who runs Refit")
    }
    do {
      return try connect(to: unchangingURI(of: path), path: path, schema, patience)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private static func unchangingURI(of path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var uri = Array("file:".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
        uri += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: uri.append(byte)
      }
    }
    return String(decoding: uri, as: UTF8.self) + "?immutable=1"
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
