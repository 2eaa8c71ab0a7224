import Glibc

extension FileBytes {
  /// Replaces a file that a person named, or makes it, as a whole: written under a name beside it that nothing has,
  /// synced, renamed over it. A link to a file is followed, and permissions stay as they were.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let target = resolved(path)
    var status = stat()
    let former = stat(target, &status) == 0 ? status.st_mode & 0o777 : nil
    let (file, temporary) = try makeFile(beside: target, path)
    do throws(Failure) {
      defer { close(file) }
      if let former, fchmod(file, former) != 0 { throw Failure(path: path, doing: "can't be written") }
      try fill(file, path, with: bytes)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let failure = Failure(path: path, doing: "can't be replaced")
      unlink(temporary)
      throw failure
    }
  }

  /// Where the links of a path lead; the path itself where nothing is there.
  public static func resolved(_ path: String) -> String {
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    return resolved.map { String(cString: $0) } ?? path
  }

  /// A new file in the folder of another one, and its path; errors speak of the path that the person gave.
  private static func makeFile(beside target: String, _ named: String) throws(Failure) -> (Int32, String) {
    let folder = target.lastIndex(of: "/").map { target[...$0] } ?? "./"
    for attempt in 1...100 {
      let path = "\(folder).refit-\(getpid())-\(attempt).tmp"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      if file >= 0 { return (file, path) }
      guard errno == EEXIST else { throw Failure(path: named, doing: "can't be written") }
    }
    throw Failure(path: named, message: "can't be written: leftovers named .refit-….tmp are in the way")
  }
}
