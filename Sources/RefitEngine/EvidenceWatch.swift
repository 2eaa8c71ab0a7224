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

  func check(_ files: LabelledLog.LogFiles) throws {
    let paths = files.predictions + files.feedback
    guard !paths.isEmpty else { return }
    let known = try store.dataFiles(of: model)
    for path in paths {
      let name = project.relative(path)
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let modified = Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
      let former = known[name]
      if let former, former.bytes == Int64(status.st_size), former.modified == modified { continue }
      let current = try FileDigest.artifact(at: path)
      if let former, former.digest != current.digest {
        let grew = try current.bytes > former.bytes && FileDigest.artifact(at: path, prefix: former.bytes).digest == former.digest
        if !grew { try store.recordEvidenceChanged(name, of: model, from: former.digest, to: current.digest, at: now) }
      }
      try store.recordDataFile(
        DataFile(path: name, bytes: current.bytes, modified: modified, digest: current.digest), of: model, at: now)
    }
  }
}
