import Glibc
import RefitCore

/// Keeps artifacts by their content: `DIRECTORY/aa/DIGEST`, a read-only file or tree that nobody else holds a
/// link to.
///
/// A file's digest is the SHA-256 of its bytes, a tree's is that of `TreeDigest`. Sealing is atomic, durable
/// and idempotent; several processes may seal at once.
public struct ArtifactVault: Hashable, Sendable {
  /// Absolute, without a slash at the end.
  public let directory: String

  public init(directory: String) {
    self.directory = directory
  }

  /// Where the artifact lies, whether it is there or not. Read from it, never write to it.
  public func path(of digest: Digest) -> String {
    "\(directory)/\(digest.hex.prefix(2))/\(digest.hex)"
  }

  /// Whether the vault has something under this digest; `verify` tells whether it is still the same.
  public func contains(_ digest: Digest) -> Bool {
    FileBytes.exists(path(of: digest))
  }

  /// Copies a regular file or a directory into the vault and returns what it is known by from now on.
  ///
  /// The digest is that of the copy. An executable file stays executable.
  ///
  /// - Throws: `unsuitable` for a symbolic link, a named pipe, a socket, a device or a name that is not UTF-8,
  ///   also inside of a directory; `changed` when something wrote to it meanwhile.
  public func seal(_ path: String) throws(VaultError) -> Artifact {
    try seal(path) { _ in }
  }

  func seal(_ path: String, reach: (TreeCopy.Moment) -> Void) throws(VaultError) -> Artifact {
    try stage { staged throws(VaultError) in try TreeCopy.make(of: path, at: staged, reach: reach) }
  }

  /// Writes a file of these bytes into the vault.
  public func seal(bytes: [UInt8]) throws(VaultError) -> Artifact {
    try stage { staged throws(VaultError) in
      let digest = try FileCopy.make(of: bytes, at: staged, mode: 0o444)
      let artifact = Artifact(digest: digest, form: .file, bytes: Int64(bytes.count))
      return TreeCopy.Result(artifact: artifact, isExecutable: false)
    }
  }

  /// Reads the artifact again and throws `missing` or `damaged` unless it is, byte for byte, what was sealed.
  public func verify(_ digest: Digest) throws(VaultError) {
    let found: Digest
    do {
      let path = path(of: digest)
      let isDirectory = try signature(of: digest).mode & S_IFMT == S_IFDIR
      found = isDirectory ? try Self.treeDigest(at: path) : try FileCopy.digest(at: path)
    } catch {
      throw damage(error, to: digest)
    }
    guard found == digest else { throw .damaged(digest, because: "its content is now \(found.short)") }
  }

  /// Makes a read-only copy of the artifact at a path where nothing is yet; it is there whole or not at all.
  ///
  /// - Throws: `missing` or `damaged` when the vault does not have it any more as it was sealed.
  public func materialise(_ digest: Digest, at path: String) throws(VaultError) {
    let isDirectory = try signature(of: digest).mode & S_IFMT == S_IFDIR
    guard !FileBytes.exists(path) else {
      throw .failed(FileBytes.Failure(path: path, code: EEXIST, doing: "can't be made"))
    }
    // The same name each time: what a crash left is overwritten and never stays.
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let temporary = "\(parent)/.\(name).new"
    try FileTree.remove(temporary)
    do throws(VaultError) {
      let copied: TreeCopy.Result
      do { copied = try TreeCopy.make(of: self.path(of: digest), at: temporary) } catch {
        throw damage(error, to: digest)
      }
      guard copied.artifact.digest == digest else {
        throw .damaged(digest, because: "its content is now \(copied.artifact.digest.short)")
      }
      if isDirectory { try TreeCopy.close(directory: temporary) }
      guard rename(temporary, path) == 0 else { throw .failed(path, doing: "can't be made") }
      try TreeCopy.sync(directory: parent)
    } catch {
      try FileTree.remove(temporary)
      throw error
    }
  }

  // MARK: - Staging

  /// Puts an artifact together out of sight, then moves it to its place.
  private func stage(_ make: (String) throws(VaultError) -> TreeCopy.Result) throws(VaultError) -> Artifact {
    let staging = try VaultStaging(in: directory)
    let outcome: Result<Artifact, VaultError>
    do throws(VaultError) {
      let result = try make(staging.path)
      try commit(staging.path, result)
      outcome = .success(result.artifact)
    } catch {
      outcome = .failure(error)
    }
    try staging.discard()
    return try outcome.get()
  }

  private func commit(_ staged: String, _ result: TreeCopy.Result) throws(VaultError) {
    let place = path(of: result.artifact.digest)
    let shelf = String(place.dropLast(65))
    if mkdir(shelf, 0o755) == 0 {
      try TreeCopy.sync(directory: directory)
    } else if errno != EEXIST {
      throw .failed(shelf, doing: "can't be made")
    }
    try discardDamaged(result.artifact.digest)
    if FileBytes.exists(place) {
      if result.isExecutable, access(place, X_OK) != 0 { chmod(place, 0o555) }
    } else if rename(staged, place) == 0 {
      // Moving a directory needs the right to write to it, so it is closed only now.
      if result.artifact.form == .tree { try TreeCopy.close(directory: place) }
    } else if errno != EEXIST, errno != ENOTEMPTY {
      throw .failed(place, doing: "can't be made")
    }
    try TreeCopy.sync(directory: shelf)
  }

  /// Makes room where what lies in the place of a digest is something else by now: the same bytes have come again.
  private func discardDamaged(_ digest: Digest) throws(VaultError) {
    guard contains(digest) else { return }
    do {
      try verify(digest)
    } catch .damaged, .unsuitable {
      try FileTree.remove(path(of: digest))
    }
  }

  // MARK: - Reading again

  private func signature(of digest: Digest) throws(VaultError) -> FileTree.Signature {
    do { return try FileTree.examine(path(of: digest)) } catch { throw damage(error, to: digest) }
  }

  private static func treeDigest(at root: String) throws(VaultError) -> Digest {
    var digest = TreeDigest()
    for entry in try FileTree(at: root).entries {
      if entry.isDirectory {
        digest.add(directory: entry.path)
      } else {
        let content = try FileCopy.digest(at: "\(root)/\(entry.path)")
        digest.add(file: entry.path, isExecutable: entry.isExecutable, content: content)
      }
    }
    return digest.finalize()
  }

  /// What an error means when it is met in the vault itself.
  private func damage(_ error: VaultError, to digest: Digest) -> VaultError {
    switch error {
    case .failed(let failure) where failure.path == path(of: digest) && failure.isMissing: .missing(digest)
    case .unsuitable(_, let because): .damaged(digest, because: because)
    case .changed(let path): .damaged(digest, because: "\(path) changed while it was being read")
    default: error
    }
  }
}
