import struct Crypto.SHA256
import Glibc
import RefitCore

/// Hashes files where they lie.
public enum FileDigest {
  /// The file's SHA-256 and size.
  ///
  /// - Parameter prefix: hash only so many bytes from the start; nil: all of them.
  public static func artifact(at path: String, prefix: Int64? = nil) throws(FileBytes.Failure) -> Artifact {
    let file = try FileBytes.openRegularFile(path)
    defer { close(file) }
    return try artifact(of: file, path, limit: prefix ?? .max)
  }

  /// The file's SHA-256 and size, and the SHA-256 of so many bytes from its start, where it has that many. It is read
  /// once.
  public static func artifact(
    at path: String, andPrefix length: Int64?
  ) throws(FileBytes.Failure) -> (whole: Artifact, prefix: Digest?) {
    let file = try FileBytes.openRegularFile(path)
    defer { close(file) }
    var (hash, total) = (SHA256(), Int64(0))
    let head = length ?? 0
    try FileBytes.forEachPiece(of: file, path, limit: head) { piece throws(FileBytes.Failure) in
      hash.update(bufferPointer: piece)
      total += Int64(piece.count)
    }
    // A copy of the hash so far: its value is that of the prefix.
    let prefix = length != nil && total == head ? Digest(bytes: hash.finalize()) : nil
    try FileBytes.forEachPiece(of: file, path) { piece throws(FileBytes.Failure) in
      hash.update(bufferPointer: piece)
      total += Int64(piece.count)
    }
    return (Artifact(digest: Digest(bytes: hash.finalize()), form: .file, bytes: total), prefix)
  }

  /// The SHA-256 and the size of what an open file has from here on, `limit` bytes at most.
  ///
  /// - Parameter take: gets the very bytes that are hashed, so that the file is read once.
  static func artifact(
    of file: Int32, _ path: String, limit: Int64 = .max,
    take: (UnsafeRawBufferPointer) throws(FileBytes.Failure) -> Void = { _ in }
  ) throws(FileBytes.Failure) -> Artifact {
    var hash = SHA256()
    var total: Int64 = 0
    try FileBytes.forEachPiece(of: file, path, limit: limit) { piece throws(FileBytes.Failure) in
      hash.update(bufferPointer: piece)
      total += Int64(piece.count)
      try take(piece)
    }
    return Artifact(digest: Digest(bytes: hash.finalize()), form: .file, bytes: total)
  }

  /// The SHA-256 of bytes in memory.
  public static func digest(of bytes: some Sequence<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    return Digest(bytes: hash.finalize())
  }

  static func size(of path: String) throws(FileBytes.Failure) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be examined") }
    return Int64(status.st_size)
  }
}
