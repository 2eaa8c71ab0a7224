import Glibc

/// The bytes of a regular file.
final class RegularFile: ByteSource {
  let path: String
  /// The file's size when it was opened.
  let expectedByteCount: Int?
  let identity: FileIdentity?

  private let descriptor: Int32

  /// Opens a file; throws when it cannot be read or is not a regular file. Never waits, not even for a FIFO.
  init(path: String) throws(TableError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    var status = stat()
    let isKnown = descriptor >= 0 && fstat(descriptor, &status) == 0
    expectedByteCount = isKnown ? Int(status.st_size) : nil
    identity =
      isKnown ? FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino)) : nil
    guard isKnown else { throw Self.failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TableError(
        file: path, message: "this is \(Self.name(ofType: status.st_mode)), not a regular file")
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TableError) -> Int {
    while true {
      let received = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if received >= 0 { return received }
      guard errno == EINTR else { throw Self.failure(path, errno) }
    }
  }

  /// The first bytes, fewer where the file is shorter or can't be read, which reading it will tell.
  func firstBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let received = pread(descriptor, &bytes, count, 0)
    return Array(bytes.prefix(max(0, received)))
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
