import struct Crypto.SHA256
import Glibc
import RefitCore

/// Hashes files where they lie.
public enum FileDigest {
  /// The file's SHA-256 and size.
  ///
  /// - Parameter prefix: hash only so many bytes from the start; nil: all of them.
  public static func artifact(at path: String, prefix: Int64? = nil) throws(FileBytes.Failure) -> Artifact {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileBytes.Failure(path: path, doing: "can't be opened") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileBytes.Failure(path: path, message: "is not a regular file")
    }
    var hash = SHA256()
    var left = prefix ?? Int64.max
    var total: Int64 = 0
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    while left > 0 {
      let count = read(file, chunk.baseAddress, min(chunk.count, Int(min(left, Int64(chunk.count)))))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileBytes.Failure(path: path, doing: "can't be read") }
      if count == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      left -= Int64(count)
      total += Int64(count)
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
