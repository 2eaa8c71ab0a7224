import Glibc
import RefitCore

/// Copies a file or a tree to new read-only files, durably, and tells its digest.
enum TreeCopy {
  struct Result {
    var artifact: Artifact
    /// Of a single file; its digest does not tell.
    var isExecutable: Bool
  }

  /// A moment between the two looks at the source that tell whether it was written to.
  enum Moment: CaseIterable {
    case lookedAt, copied
  }

  /// Copies what lies at `source` to `target`, which must not exist; `target` itself stays writable if it is
  /// a directory, so that it can be moved.
  ///
  /// - Parameter reach: called at each moment, in order.
  /// - Throws: `changed` when the source was written to meanwhile.
  static func make(
    of source: String, at target: String, reach: (Moment) -> Void = { _ in }
  ) throws(VaultError) -> Result {
    let signature = try FileTree.examine(source)
    let isDirectory = signature.mode & S_IFMT == S_IFDIR
    let result =
      isDirectory ? try copyTree(source, target, reach) : try copyFile(source, signature, target, reach)
    guard try FileTree.examine(source) == signature else { throw .changed(path: source) }
    return result
  }

  private static func copyFile(
    _ source: String, _ signature: FileTree.Signature, _ target: String, _ reach: (Moment) -> Void
  ) throws(VaultError) -> Result {
    let isExecutable = signature.mode & S_IXUSR != 0
    reach(.lookedAt)
    let digest = try FileCopy.make(of: source, signature, at: target, mode: isExecutable ? 0o555 : 0o444)
    reach(.copied)
    return Result(
      artifact: Artifact(digest: digest, form: .file, bytes: signature.bytes), isExecutable: isExecutable)
  }

  private static func copyTree(
    _ source: String, _ target: String, _ reach: (Moment) -> Void
  ) throws(VaultError) -> Result {
    let tree = try FileTree(at: source)
    reach(.lookedAt)
    try makeDirectory(target)
    var digest = TreeDigest()
    var bytes: Int64 = 0
    for entry in tree.entries {
      let (from, to) = ("\(source)/\(entry.path)", "\(target)/\(entry.path)")
      if entry.isDirectory {
        try makeDirectory(to)
        digest.add(directory: entry.path)
      } else {
        let mode: mode_t = entry.isExecutable ? 0o555 : 0o444
        let content = try FileCopy.make(of: from, entry.signature, at: to, mode: mode)
        digest.add(file: entry.path, isExecutable: entry.isExecutable, content: content)
        bytes += entry.signature.bytes
      }
    }
    reach(.copied)
    guard try FileTree(at: source) == tree else { throw .changed(path: source) }
    for entry in tree.entries.reversed() where entry.isDirectory {
      try close(directory: "\(target)/\(entry.path)")
    }
    try sync(directory: target)
    return Result(
      artifact: Artifact(digest: digest.finalize(), form: .tree, bytes: bytes), isExecutable: false)
  }

  private static func makeDirectory(_ path: String) throws(VaultError) {
    guard mkdir(path, 0o755) == 0 else { throw .failed(path, doing: "can't be made") }
  }

  /// Makes a directory read-only, durably.
  static func close(directory path: String) throws(VaultError) {
    guard chmod(path, 0o555) == 0 else { throw .failed(path, doing: "can't be made read-only") }
    try sync(directory: path)
  }

  /// Makes durable which names are in a directory.
  static func sync(directory path: String) throws(VaultError) {
    do { try FileBytes.sync(directory: path) } catch { throw .failed(error) }
  }
}
