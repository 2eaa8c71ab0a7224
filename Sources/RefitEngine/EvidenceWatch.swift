import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// Remembers the hash of each log file that was read and of the reference, and notices when what was read changes
/// afterwards or is gone. A log that only grows keeps its hash as a prefix.
struct EvidenceWatch<Queries: StoreQueries> {
  let project: ProjectDirectory
  let store: Queries
  let model: Model
  let now: Instant
  /// Files that were hashed when they were read.
  var hashed: [HashedFile] = []

  /// The files of the model: what was read, and the reference.
  private func paths(_ files: LabelledLog.LogFiles) -> [String] {
    let reference = model.reference?.path.map(project.absolute).flatMap { FileBytes.exists($0) ? $0 : nil }
    return files.predictions + files.feedback + [reference].compactMap(\.self)
  }

  /// Hashes each file that is new or has changed since it was recorded.
  func hashes(of files: LabelledLog.LogFiles) throws -> [HashedFile] {
    try paths(files).compactMap { path in
      let former = try store.known(project.relative(path))
      let found = try HashedFile.Signature(path)
      return former?.signature == found ? nil : try HashedFile(path, found, former: former)
    }
  }
}

extension EvidenceWatch<Store> {

  /// Looks at each file's size, time and inode, and hashes those that are new or have changed.
  func check(_ files: LabelledLog.LogFiles) throws {
    for path in paths(files) { try check(path) }
    try checkMissing()
  }

  /// Tells of each file of the model that was read before and is there no more.
  private func checkMissing() throws {
    let patterns = [model.predictions?.path, model.feedback?.path, model.reference?.path].compactMap(\.self)
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
    let name = project.relative(path)
    let former = try store.known(name)
    let found = try HashedFile.Signature(path)
    if former?.signature == found { return }
    let current =
      try hashed.first { $0.path == path && $0.signature == found && $0.formerBytes == former?.bytes }
      ?? HashedFile(path, found, former: former)
    var changed: LedgerEntry?
    if let former, former.digest != current.digest, former.digest != current.prefix {
      changed = change(of: former, to: current.digest)
    }
    let file = DataFile(
      path: name, bytes: current.bytes, modified: found.modified, inode: found.inode, digest: current.digest,
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
}

/// A file as it was when it was hashed.
struct HashedFile: Hashable, Codable, Sendable {
  /// While it is the same, so are the bytes.
  struct Signature: Hashable, Codable, Sendable {
    var bytes: Int64
    var modified: Instant
    var inode: Int64
  }

  var path: String
  var signature: Signature
  /// How many bytes were hashed: a log may have grown since it was examined.
  var bytes: Int64
  var digest: Digest
  /// How long the file was when it was recorded before, and the hash of so many of its bytes now; nil where it was
  /// not known, or is shorter.
  var formerBytes: Int64?
  var prefix: Digest?
}

extension HashedFile {
  /// Hashes the file, once; `former`: as it was recorded.
  init(_ path: String, _ found: Signature, former: DataFile?) throws {
    let (whole, prefix) = try FileDigest.artifact(at: path, andPrefix: former?.bytes)
    self.init(
      path: path, signature: found, bytes: whole.bytes, digest: whole.digest, formerBytes: former?.bytes,
      prefix: prefix)
  }
}

extension HashedFile.Signature {
  init(_ path: String) throws(FileBytes.Failure) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be examined") }
    bytes = Int64(status.st_size)
    modified = Instant(
      microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
    inode = Int64(status.st_ino)
  }
}

extension DataFile {
  fileprivate var signature: HashedFile.Signature {
    .init(bytes: bytes, modified: modified, inode: inode)
  }
}
