internal import GRDB
import RefitCore

/// A file of the monitoring state, as it was when it was first read in this shape.
public struct DataFile: Hashable, Sendable {
  /// Relative to the project.
  public var path: String
  public var bytes: Int64
  /// Modification time in microseconds, and inode: while both and the size are the same, so are the bytes.
  public var modified: Instant
  public var inode: Int64
  public var digest: Digest
  public var firstReadAt: Instant

  public init(
    path: String, bytes: Int64, modified: Instant, inode: Int64, digest: Digest, firstReadAt: Instant
  ) {
    self.path = path
    self.bytes = bytes
    self.modified = modified
    self.inode = inode
    self.digest = digest
    self.firstReadAt = firstReadAt
  }
}

extension Store {
  /// Remembers a file as it is now. `evidenceChanged`: the event that tells that bytes which had been read are no
  /// longer what they were; nil where the file is new or has only grown.
  public func record(_ file: DataFile, evidenceChanged: LedgerEntry? = nil) throws(StoreError) {
    try write(.recordDataFile) { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO data_file (path, bytes, modified_us, inode, sha256, first_read_at) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified_us = excluded.modified_us,
            inode = excluded.inode, sha256 = excluded.sha256
          """
      ).execute(arguments: [
        file.path, file.bytes, file.modified, file.inode, file.digest, file.firstReadAt,
      ])
      if let evidenceChanged { try db.append(evidenceChanged) }
    }
  }

  /// Forgets a file that is there no more; the event tells what it was. Should it come back, it is a new one.
  public func forget(_ file: DataFile, evidenceChanged: LedgerEntry) throws(StoreError) {
    try write(.recordDataFile) { db in
      try db.cachedStatement(sql: "DELETE FROM data_file WHERE path = ?").execute(arguments: [file.path])
      try db.append(evidenceChanged)
    }
  }
}

extension Database {
  fileprivate func append(_ evidenceChanged: LedgerEntry) throws {
    guard evidenceChanged.kind == .evidenceChanged else {
      throw StoreError.refused("a file's change is told by the event 'evidence-changed'")
    }
    try appendToLedger([evidenceChanged])
  }
}

extension StoreQueries {
  /// The paths of all files that are known, sorted.
  public func knownPaths() throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(db.cachedStatement(sql: "SELECT path FROM data_file ORDER BY path"))
    }
  }

  /// The file as it was last recorded; nil for one that was never read.
  public func known(_ path: String) throws(StoreError) -> DataFile? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT path, bytes, modified_us, inode, sha256, first_read_at FROM data_file WHERE path = ?")
      return try Row.fetchOne(statement, arguments: [path]).map { row in
        DataFile(
          path: try row.decode(atIndex: 0), bytes: try row.decode(atIndex: 1),
          modified: try row.decode(atIndex: 2),
          inode: try row.decode(atIndex: 3), digest: try row.decode(atIndex: 4),
          firstReadAt: try row.decode(atIndex: 5))
      }
    }
  }
}
