import Glibc

/// The right to write to a project's database: an open-file-description lock on a file of its own, which is never
/// unlinked. It is released at the end of the value's life, or of the process.
///
/// The first byte of the file is the lock. Who waits for it shares a lock on the second, so that a holder with much
/// to do can tell that somebody waits, and let him pass.
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

  /// When somebody takes the lock that others wait for, too.
  public enum Manner: Sendable {
    case inTurn
    /// Lets those who wait already have it first, for a second at most.
    case afterOthers
  }

  /// Those who wait for a lock that is held; of no meaning once it is released.
  public struct Queue: Sendable {
    fileprivate let descriptor: Int32

    /// Whether there is anybody.
    public var isWaiting: Bool { WriterLock.isShared(.waiting, of: descriptor) }
  }

  /// Those who wait for this lock.
  public var queue: Queue { Queue(descriptor: descriptor) }

  /// Locks the file at `path`, which is made where there is none, and waits for it up to so many seconds.
  public static func acquire(
    path: String, waitUpTo seconds: Double, _ manner: Manner = .inTurn
  ) throws(StoreError) -> Outcome {
    try acquire(path: path, waitUpTo: seconds, manner) { usleep($0) }
  }

  static func acquire(
    path: String, waitUpTo seconds: Double, _ manner: Manner = .inTurn,
    pausing pause: (_ microseconds: UInt32) -> Void
  ) throws(StoreError) -> Outcome {
    let begin = monotonicSeconds()
    var hadToWait = false
    var length: UInt32 = 1000
    var descriptor = try openFile(path)
    if manner == .afterOthers {
      while isShared(.waiting, of: descriptor), monotonicSeconds() < begin + min(1, seconds) { pause(1000) }
    }
    while true {
      // Someone may have put another file at the path meanwhile: a lock on the old one would guard nothing.
      guard isFile(descriptor, at: path) else {
        Glibc.close(descriptor)
        descriptor = try openFile(path)
        continue
      }
      if try lock(descriptor, .writing, F_WRLCK, path: path) {
        guard isFile(descriptor, at: path) else { continue }
        if hadToWait { _ = try lock(descriptor, .waiting, F_UNLCK, path: path) }
        return .acquired(WriterLock(hadToWait: hadToWait, descriptor: descriptor))
      }
      guard monotonicSeconds() < begin + seconds else {
        Glibc.close(descriptor)
        return .busy
      }
      _ = try lock(descriptor, .waiting, F_RDLCK, path: path)
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

  /// A byte of the file, and what a lock on it means.
  private enum Byte: off_t {
    case writing, waiting

    func request(_ type: Int32) -> flock {
      var request = flock()
      request.l_type = Int16(type)
      request.l_whence = Int16(SEEK_SET)
      request.l_start = rawValue
      request.l_len = 1
      return request
    }
  }

  /// False when another open file description has it. After an error the descriptor is closed.
  private static func lock(
    _ descriptor: Int32, _ byte: Byte, _ type: Int32, path: String
  ) throws(StoreError) -> Bool {
    var request = byte.request(type)
    while fcntl(descriptor, setOpenFileDescriptionLock, &request) != 0 {
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN || code == EACCES { return false }
      Glibc.close(descriptor)
      throw .storage(path: path, detail: "it can't be locked: \(String(cString: strerror(code)))")
    }
    return true
  }

  /// Whether another open file description has a lock on the byte; where that can't be told, it may.
  private static func isShared(_ byte: Byte, of descriptor: Int32) -> Bool {
    var request = byte.request(F_WRLCK)
    return fcntl(descriptor, getOpenFileDescriptionLock, &request) != 0 || Int32(request.l_type) != F_UNLCK
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

  /// `F_OFD_SETLK` and `F_OFD_GETLK`, which glibc shows only to programs that define `_GNU_SOURCE`.
  private static let setOpenFileDescriptionLock: Int32 = 37
  private static let getOpenFileDescriptionLock: Int32 = 36
}
