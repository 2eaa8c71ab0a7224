import Glibc
import RefitCore

/// A file's bytes as they were at one moment, or the reason why it is not read.
struct RegularFile {
  var bytes: [UInt8]
  var modified: Instant
  var inode: Int64
  /// Whether it was written to between the first look and the last byte.
  var changedWhileRead: Bool

  static let largest = 64 << 20

  /// Reads a regular file, or what a symbolic link to one points at. Never blocks on a pipe, never opens a
  /// device.
  static func read(_ path: String) throws(LineRefusal) -> RegularFile {
    // A look before opening: opening alone can already act on a device.
    try check(try status { stat(path, &$0) })
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw LineRefusal("it can't be opened: \(reason())") }
    defer { close(descriptor) }

    let before = try status { fstat(descriptor, &$0) }
    try check(before)
    let bytes = try bytes(of: descriptor, count: Int(before.st_size))
    let after = try status { fstat(descriptor, &$0) }
    let isSame =
      bytes.count == Int(before.st_size) && after.st_size == before.st_size
      && modified(after) == modified(before)
    return RegularFile(
      bytes: bytes, modified: modified(before), inode: Int64(before.st_ino), changedWhileRead: !isSame)
  }

  /// Whether the file at a path still has this size, time and inode.
  static func isUnchanged(_ path: String, since read: ObservationMemory.ReadThrough) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int64(status.st_size) == read.bytes
      && modified(status) == read.modified
      && Int64(status.st_ino) == read.inode
  }

  private static func check(_ status: stat) throws(LineRefusal) {
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard status.st_size <= largest else {
        let most = "a file may have at most \(largest) (64 MiB)"
        throw LineRefusal("it has \(status.st_size) bytes; \(most): split it")
      }
      return
    case S_IFDIR: kind = "a directory"
    case S_IFIFO: kind = "a named pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    throw LineRefusal("it is \(kind); only a regular file, or a link to one, is read")
  }

  private static func status(_ call: (inout stat) -> Int32) throws(LineRefusal) -> stat {
    var status = stat()
    guard call(&status) == 0 else { throw LineRefusal("it can't be read: \(reason())") }
    return status
  }

  private static func bytes(of descriptor: Int32, count: Int) throws(LineRefusal) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + initialized, count - initialized)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { return }
        initialized += got
      }
    }
    if failed { throw LineRefusal("it can't be read: \(reason())") }
    return bytes
  }

  private static func modified(_ status: stat) -> Instant {
    // Some file systems hold times that an instant can't; they end up in the far past or future.
    let seconds = min(max(Int64(status.st_mtim.tv_sec), 0), 253_402_300_799)
    return Instant(microseconds: seconds * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
  }

  static func reason() -> String { String(cString: strerror(errno)) }
}
