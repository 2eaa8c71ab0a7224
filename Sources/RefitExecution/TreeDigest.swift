import struct Crypto.SHA256
import RefitCore

/// The digest of a tree of files.
///
/// It is the SHA-256 of a text: the line `refit tree 1`, then one record for each directory and each regular file
/// below the root, in ascending order of their relative paths compared as UTF-8 bytes. The record of a directory
/// is `d`, a space, its path and a NUL; that of a file is `x` if its owner may execute it, else `f`, a space, the
/// SHA-256 of its content as 64 lower-case hexadecimal digits, a space, its path and a NUL. The names of a path
/// are separated by `/`. Owners, times and other permissions don't count; empty directories do.
struct TreeDigest {
  private var hash = SHA256()

  init() {
    hash.update(data: Array("refit tree 1\n".utf8))
  }

  mutating func add(directory path: String) {
    hash.update(data: Array("d \(path)\0".utf8))
  }

  mutating func add(file path: String, isExecutable: Bool, content: Digest) {
    hash.update(data: Array("\(isExecutable ? "x" : "f") \(content.hex) \(path)\0".utf8))
  }

  func finalize() -> Digest { Digest(bytes: hash.finalize()) }
}
