import RefitCore

/// What is known of files of observations that were read before, so that only what is new is read.
public struct ObservationMemory {
  /// How far a file was read, to the end of its last whole line, and how it was then.
  public struct ReadThrough: Hashable, Sendable {
    public var bytes: Int64
    public var modified: Instant
    public var inode: Int64
    /// Of the bytes that were read.
    public var digest: Digest

    public init(bytes: Int64, modified: Instant, inode: Int64, digest: Digest) {
      self.bytes = bytes
      self.modified = modified
      self.inode = inode
      self.digest = digest
    }
  }

  /// By the file's name, relative to the project.
  let known: [String: ReadThrough]
  let hash: (ArraySlice<UInt8>) -> Digest

  public init(known: [String: ReadThrough], hash: @escaping (ArraySlice<UInt8>) -> Digest) {
    self.known = known
    self.hash = hash
  }

  /// Of a file's bytes, what was not read before: all of them, unless those before are what they were.
  func fresh(_ bytes: [UInt8], since former: ReadThrough?) -> ArraySlice<UInt8> {
    guard let former, former.bytes <= bytes.count, hash(bytes[..<Int(former.bytes)]) == former.digest else {
      return bytes[...]
    }
    return bytes[Int(former.bytes)...]
  }

  /// How far a file of lines has been read now.
  func readThrough(_ content: RegularFile) -> ReadThrough {
    let end = content.bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return ReadThrough(
      bytes: Int64(end), modified: content.modified, inode: content.inode, digest: hash(content.bytes[..<end])
    )
  }
}
