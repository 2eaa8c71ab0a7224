import Glibc
import RefitCore

/// Copies content to a new file of its own and tells the digest of what was written.
enum FileCopy {
  /// `ioctl` request for a copy that shares its blocks until one side is written to (FICLONE).
  private static let clone: UInt = 0x4004_9409

  /// Copies the regular file at `source`, which must still be the one with this signature, durably to a new
  /// file.
  static func make(
    of source: String, _ signature: FileTree.Signature, at target: String, mode: mode_t
  ) throws(VaultError) -> Digest {
    let from = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard from >= 0 else { throw .failed(source, doing: "can't be opened") }
    defer { close(from) }
    var status = stat()
    guard fstat(from, &status) == 0 else { throw .failed(source, doing: "can't be examined") }
    guard FileTree.Signature(status) == signature else { throw .changed(path: source) }
    return try create(target, mode: mode) { (to: Int32) throws(FileBytes.Failure) -> Digest in
      if ioctl(to, clone, CInt(from)) == 0 {
        return try FileDigest.artifact(of: to, target).digest
      }
      let copied = try FileDigest.artifact(of: from, source) { piece throws(FileBytes.Failure) in
        try write(piece, to: to, target)
      }
      return copied.digest
    }
  }

  /// Writes bytes durably to a new file.
  static func make(of bytes: [UInt8], at target: String, mode: mode_t) throws(VaultError) -> Digest {
    try create(target, mode: mode) { (file: Int32) throws(FileBytes.Failure) -> Digest in
      try bytes.span.withUnsafeBytes { bytes throws(FileBytes.Failure) in try write(bytes, to: file, target) }
      return FileDigest.digest(of: bytes)
    }
  }

  /// The SHA-256 of the regular file at this path, which is read where it lies.
  static func digest(at path: String) throws(VaultError) -> Digest {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { throw .failed(path, doing: "can't be opened") }
    defer { close(file) }
    do { return try FileDigest.artifact(of: file, path).digest } catch { throw .failed(error) }
  }

  private static func create(
    _ path: String, mode: mode_t, fill: (Int32) throws(FileBytes.Failure) -> Digest
  ) throws(VaultError) -> Digest {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .failed(path, doing: "can't be created") }
    defer { close(file) }
    let digest: Digest
    do { digest = try fill(file) } catch { throw .failed(error) }
    guard fchmod(file, mode) == 0 else { throw .failed(path, doing: "can't be made read-only") }
    guard fsync(file) == 0 else { throw .failed(path, doing: "can't be synced") }
    return digest
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String
  ) throws(FileBytes.Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(file, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileBytes.Failure(path: path, doing: "can't be written") }
      rest = rest.dropFirst(count)
    }
  }
}
