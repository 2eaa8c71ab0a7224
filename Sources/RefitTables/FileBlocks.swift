import Glibc

/// The bytes of a regular file, block by block, so that memory stays small and a file that shrinks meanwhile is
/// an ordinary end of file (with a memory map it would be a signal).
struct FileBlocks: ~Copyable {
  let path: String
  /// Whether the last byte of the file is in `bytes`.
  private(set) var isAtEnd = false
  private let descriptor: Int32
  /// Always larger than what is in it by the padding.
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// A scanner may look at this many bytes behind the last one.
  static let padding = 8

  /// Opens a file; throws when it cannot be read or is not a regular file. Never waits, not even for a FIFO.
  init(path: String, blockSize: Int) throws(TableError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = Self.failure(path, errno)
      close(descriptor)
      throw failure
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw TableError(
        file: path, message: "this is \(Self.name(ofType: status.st_mode)), not a regular file")
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    buffer = .allocate(capacity: blockSize + Self.padding)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// The bytes at hand; behind the last one there are newlines, which are not part of the file.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: buffer[..<count]) }

  /// Drops the first `consumed` bytes and reads on; throws when that fails.
  mutating func advance(past consumed: Int) throws(TableError) {
    count -= consumed
    if consumed > 0, count > 0, let base = buffer.baseAddress { memmove(base, base + consumed, count) }
    if count == capacity { grow() }
    while count < capacity, !isAtEnd {
      let received = read(descriptor, buffer.baseAddress?.advanced(by: count), capacity - count)
      if received < 0 {
        if errno == EINTR { continue }
        throw Self.failure(path, errno)
      }
      if received == 0 { isAtEnd = true }
      count += received
    }
    buffer[count..<count + Self.padding].update(repeating: .newline)
  }

  private var capacity: Int { buffer.count - Self.padding }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity * 2 + Self.padding)
    _ = larger.update(fromContentsOf: buffer[..<count])
    buffer.deallocate()
    buffer = larger
  }

  private static func failure(_ path: String, _ code: Int32) -> TableError {
    let message =
      switch code {
      case ENOENT: "there is no such file"
      case ENXIO: "this is a socket or a device, not a regular file"
      default: "the file cannot be read: \(String(cString: strerror(code)))"
      }
    return TableError(file: path, message: message, code: code)
  }

  private static func name(ofType mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a FIFO"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
