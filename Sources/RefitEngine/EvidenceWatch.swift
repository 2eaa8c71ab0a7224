import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// Remembers the hash of each log file that was read, and notices when what was read changes afterwards. A log that
/// only grows keeps its hash as a prefix.
struct EvidenceWatch {
  let project: ProjectDirectory
  let store: Store
  let model: Name
  let now: Instant

  /// Looks at each file's size and time, and hashes those that are new or have changed.
  func check(_ files: LabelledLog.LogFiles) throws {
    for path in files.predictions + files.feedback { try check(path) }
  }

  private func check(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be examined") }
    let modified = Instant(
      microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
    let name = project.relative(path)
    let former = try store.known(name)
    if let former, former.bytes == Int64(status.st_size), former.modified == modified { return }
    let current = try FileDigest.artifact(at: path)
    var changed: LedgerEntry?
    if let former, try !isUnchanged(former, in: path, current) {
      let payload: Payload = [
        "path": .text(name), "was": .text(former.digest.hex), "is": .text(current.digest.hex),
        "first_read_at": .text(former.firstReadAt.description),
      ]
      changed = LedgerEntry(
        kind: .evidenceChanged, model: model, run: nil, actor: "refit", at: now, payload: payload)
    }
    let file = DataFile(
      path: name, bytes: current.bytes, modified: modified, inode: Int64(status.st_ino),
      digest: current.digest,
      firstReadAt: former?.firstReadAt ?? now)
    try store.record(file, evidenceChanged: changed)
  }

  /// Whether what was read before is still there, perhaps with more behind it.
  private func isUnchanged(_ former: DataFile, in path: String, _ current: Artifact) throws -> Bool {
    if current.digest == former.digest { return true }
    guard current.bytes > former.bytes else { return false }
    return try FileDigest.artifact(at: path, prefix: former.bytes).digest == former.digest
  }
}
