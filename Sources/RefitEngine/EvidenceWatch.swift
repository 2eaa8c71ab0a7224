import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// Remembers the hash of each log file that was read and of the reference, and notices when what was read changes
/// afterwards or is gone. A log that only grows keeps its hash as a prefix.
struct EvidenceWatch {
  let project: ProjectDirectory
  let store: Store
  let model: Model
  let now: Instant

  /// Looks at each file's size, time and inode, and hashes those that are new or have changed.
  func check(_ files: LabelledLog.LogFiles) throws {
    for path in files.predictions + files.feedback { try check(path) }
    if let path = model.reference.map(project.absolute), FileBytes.exists(path) { try check(path) }
    try checkMissing()
  }

  /// Tells of each file of the model that was read before and is there no more.
  private func checkMissing() throws {
    let patterns = [model.predictions?.path, model.feedback?.path, model.reference].compactMap(\.self)
      .map { project.relative($0) }
    for name in try store.knownPaths()
    where patterns.contains(where: { fnmatch($0, name, FNM_PATHNAME) == 0 }) {
      let path = project.absolute(name)
      var status = stat()
      guard stat(path, &status) != 0 else { continue }
      let failure = FileBytes.Failure(path: path, doing: "can't be examined")
      guard failure.isMissing else { throw failure }
      guard let former = try store.known(name) else { continue }
      try store.forget(former, evidenceChanged: change(of: former, to: nil))
    }
  }

  private func check(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be examined") }
    let modified = Instant(
      microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
    let name = project.relative(path)
    let former = try store.known(name)
    if let former, former.bytes == Int64(status.st_size), former.modified == modified,
      former.inode == Int64(status.st_ino)
    {
      return
    }
    let current = try FileDigest.artifact(at: path)
    var changed: LedgerEntry?
    if let former, try !isUnchanged(former, in: path, current) {
      changed = change(of: former, to: current.digest)
    }
    let file = DataFile(
      path: name, bytes: current.bytes, modified: modified, inode: Int64(status.st_ino),
      digest: current.digest,
      firstReadAt: former?.firstReadAt ?? now)
    try store.record(file, evidenceChanged: changed)
  }

  private func change(of former: DataFile, to current: Digest?) -> LedgerEntry {
    let payload: Payload = [
      "path": .text(former.path), "was": .text(former.digest.hex), "is": .optional(current?.hex),
      "first_read_at": .text(former.firstReadAt.description),
    ]
    return LedgerEntry(
      kind: .evidenceChanged, model: model.name, run: nil, actor: "refit", at: now, payload: payload)
  }

  /// Whether what was read before is still there, perhaps with more behind it.
  private func isUnchanged(_ former: DataFile, in path: String, _ current: Artifact) throws -> Bool {
    if current.digest == former.digest { return true }
    guard current.bytes > former.bytes else { return false }
    return try FileDigest.artifact(at: path, prefix: former.bytes).digest == former.digest
  }
}
