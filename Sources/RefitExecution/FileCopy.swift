import struct Crypto.SHA256
import Glibc
import RefitCore

/// Copies content to a new file of its own and tells the digest of what was written.
enum FileCopy {
  /// `ioctl` request for a copy that shares its blocks until one side is written to (FICLONE).
  private static let clone: UInt = 0x4004_9409

  /// Copies the regular file at `source`, which must still be the one with this signature, durably to a new file.
  static func make(
    of source: String, _ signature: FileTree.Signature, at target: String, mode: mode_t
  ) throws(VaultError) -> Digest {
    let from = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard from >= 0 else { throw .failed(source, doing: "can't be opened") }
    defer { close(from) }
    var status = stat()
    guard fstat(from, &status) == 0 else { throw .failed(source, doing: "can't be examined") }
    guard FileTree.Signature(status) == signature else { throw .changed(path: source) }
    return try create(target, mode: mode) { (to: Int32) throws(VaultError) -> Digest in
      if ioctl(to, clone, CInt(from)) == 0 {
        return try digest(of: to, path: target)
      }
      return try stream(from, source, to: to, target)
    }
  }

  /// Writes bytes durably to a new file.
  static func make(of bytes: [UInt8], at target: String, mode: mode_t) throws(VaultError) -> Digest {
    try create(target, mode: mode) { (file: Int32) throws(VaultError) -> Digest in
      try bytes.span.withUnsafeBytes { bytes throws(VaultError) in try write(bytes, to: file, target) }
      return FileDigest.digest(of: bytes)
    }
  }

  /// The SHA-256 of the regular file at this path, which is read where it lies.
  static func digest(at path: String) throws(VaultError) -> Digest {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { throw .failed(path, doing: "can't be opened") }
    defer { close(file) }
    return try digest(of: file, path: path)
  }

  private static func create(
    _ path: String, mode: mode_t, fill: (Int32) throws(VaultError) -> Digest
  ) throws(VaultError) -> Digest {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .failed(path, doing: "can't be created") }
    defer { close(file) }
    let digest = try fill(file)
    guard fchmod(file, mode) == 0 else { throw .failed(path, doing: "can't be made read-only") }
    guard fsync(file) == 0 else { throw .failed(path, doing: "can't be synced") }
    return digest
  }

  private static func digest(of file: Int32, path: String) throws(VaultError) -> Digest {
    var hash = SHA256()
    try read(file, path) { chunk throws(VaultError) in hash.update(bufferPointer: chunk) }
    return Digest(bytes: hash.finalize())
  }

  /// Hashes the very bytes that it writes, so that the source is read once.
  private static func stream(
    _ from: Int32, _ source: String, to: Int32, _ target: String
  ) throws(VaultError) -> Digest {
    var hash = SHA256()
    try read(from, source) { chunk throws(VaultError) in
      hash.update(bufferPointer: chunk)
      try write(chunk, to: to, target)
    }
    return Digest(bytes: hash.finalize())
  }

  private static func read(
    _ file: Int32, _ path: String, take: (UnsafeRawBufferPointer) throws(VaultError) -> Void
  ) throws(VaultError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .failed(path, doing: "can't be read") }
      if count == 0 { return }
      try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String
  ) throws(VaultError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(file, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .failed(path, doing: "can't be written") }
      rest = rest.dropFirst(count)
    }
  }
}
