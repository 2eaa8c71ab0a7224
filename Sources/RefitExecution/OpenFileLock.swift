import Glibc

/// A lock on a whole file that belongs to the open file and not to the process: it lives as long as a
/// descriptor of it, and asking for it disturbs nobody.
enum OpenFileLock {
  /// `fcntl` commands that the C header shows to GNU programs only.
  private static let get: Int32 = 36
  private static let set: Int32 = 37

  /// Whether somebody holds the lock; a file that is not there is held by nobody.
  static func isHeld(_ path: String) throws(FileBytes.Failure) -> Bool {
    // A pipe in its place would keep us waiting.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0, errno == ENOENT { return false }
    guard file >= 0 else { throw FileBytes.Failure(path: path, doing: "can't be opened") }
    defer { close(file) }
    var lock = wholeFile
    guard fcntl(file, get, &lock) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be probed") }
    return Int32(lock.l_type) != F_UNLCK
  }

  /// Takes the lock and returns the descriptor that holds it; nil when somebody else does.
  static func take(_ path: String) throws(FileBytes.Failure) -> Int32? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileBytes.Failure(path: path, doing: "can't be opened") }
    var lock = wholeFile
    if fcntl(file, set, &lock) == 0 { return file }
    let code = errno
    close(file)
    if code == EAGAIN || code == EACCES { return nil }
    throw FileBytes.Failure(path: path, code: code, doing: "can't be locked")
  }

  private static var wholeFile: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }
}

/// Whether somebody holds the lock on a file; asking disturbs nobody.
public enum FileLocks {
  public static func isHeld(_ path: String) throws(FileBytes.Failure) -> Bool {
    try OpenFileLock.isHeld(path)
  }
}
