import Glibc

/// The right to write to a project's database: an open-file-description lock on a file of its own, which is never
/// unlinked. It is released at the end of the value's life, or of the process.
public struct WriterLock: ~Copyable {
  /// Whether another process held the lock first. Who had to wait touches `state/wake` once it is done, so that
  /// the next tick starts at once.
  public let hadToWait: Bool
  private let descriptor: Int32

  public enum Outcome: ~Copyable {
    case acquired(WriterLock)
    /// Another process still held it when the time was over.
    case busy
  }

  /// Locks the file at `path`, which is made where there is none, and waits for it up to so many seconds.
  public static func acquire(path: String, waitUpTo seconds: Double) throws(StoreError) -> Outcome {
    try acquire(path: path, waitUpTo: seconds) { usleep($0) }
  }

  static func acquire(
    path: String, waitUpTo seconds: Double, pausing pause: (_ microseconds: UInt32) -> Void
  ) throws(StoreError) -> Outcome {
    let deadline = monotonicSeconds() + seconds
    var hadToWait = false
    var length: UInt32 = 1000
    while true {
      let descriptor = try openFile(path)
      if try lock(descriptor, path: path) {
        // Someone may have put another file at the path meanwhile: a lock on the old one would guard nothing.
        if isFile(descriptor, at: path) {
          return .acquired(WriterLock(hadToWait: hadToWait, descriptor: descriptor))
        }
        Glibc.close(descriptor)
        continue
      }
      Glibc.close(descriptor)
      guard monotonicSeconds() < deadline else { return .busy }
      hadToWait = true
      pause(length)
      length = min(length * 2, 50_000)
    }
  }

  deinit {
    Glibc.close(descriptor)
  }

  private static func openFile(_ path: String) throws(StoreError) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      if code == EROFS || code == EACCES { throw .readOnly(path: path) }
      if code == ENOSPC { throw .diskFull(path: path) }
      throw .storage(path: path, detail: String(cString: strerror(code)))
    }
    return descriptor
  }

  /// False when another open file description has it.
  private static func lock(_ descriptor: Int32, path: String) throws(StoreError) -> Bool {
    var request = flock()
    request.l_type = Int16(F_WRLCK)
    request.l_whence = Int16(SEEK_SET)
    while fcntl(descriptor, setOpenFileDescriptionLock, &request) != 0 {
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN || code == EACCES { return false }
      Glibc.close(descriptor)
      throw .storage(path: path, detail: "it can't be locked: \(String(cString: strerror(code)))")
    }
    return true
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var held = stat()
    var there = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &there) == 0
      && held.st_ino == there.st_ino && held.st_dev == there.st_dev
  }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// `F_OFD_SETLK`, which glibc shows only to programs that define `_GNU_SOURCE`.
  private static let setOpenFileDescriptionLock: Int32 = 37
}
