import Glibc

/// A directory in the vault where one artifact is put together, locked for as long as that goes on. What a crash
/// left behind is not locked any more, and is removed by whoever stages next.
struct VaultStaging: ~Copyable {
  /// Where the artifact is put together; nothing is there at first.
  let path: String
  private let directory: String
  private let lock: Int32

  init(in vault: String) throws(VaultError) {
    let area = "\(vault)/staging"
    do { try FileBytes.makeDirectory(area) } catch { throw .failed(error) }
    try Self.removeAbandoned(in: area)
    while true {
      var template = Array("\(area)/XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw .failed(area, doing: "can't be used") }
      let made = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      let file = open(made, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Between making and locking it another may have taken it for abandoned.
      if file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0, FileBytes.exists(made) {
        directory = made
        path = "\(made)/artifact"
        lock = file
        return
      }
      if file >= 0 { close(file) }
    }
  }

  private static func removeAbandoned(in area: String) throws(VaultError) {
    let names: [String]
    do { names = try FileBytes.names(in: area) } catch { throw .failed(error) }
    for name in names {
      let file = open("\(area)/\(name)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 { try FileTree.remove("\(area)/\(name)") }
    }
  }

  /// Removes what is left of it.
  consuming func discard() throws(VaultError) {
    defer { close(lock) }
    try FileTree.remove(directory)
  }
}
