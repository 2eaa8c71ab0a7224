import Glibc

/// Small files as bytes: read whole, written whole or not at all.
public enum FileBytes {
  /// An operation of the file system that failed, with the path and the system's own words.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let code: Int32
    public let message: String

    public init(path: String, code: Int32 = errno, doing action: String) {
      self.path = path
      self.code = code
      message = "\(action): \(String(cString: strerror(code)))"
    }

    init(path: String, message: String) {
      self.path = path
      code = 0
      self.message = message
    }

    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether the path and what lies there explain the error; else a disk is full or broken, or too many files
    /// are open, and trying again later may help.
    static func isOfContent(_ code: Int32) -> Bool {
      [ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG, ENXIO].contains(code)
    }

    public var description: String { "\(path): \(message)" }
  }

  /// The bytes of a regular file of at most `limit` bytes. A FIFO or a device is refused, and never waited for.
  public static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let file = try openRegularFile(path)
    defer { close(file) }
    var bytes: [UInt8] = []
    try forEachPiece(of: file, path) { piece throws(Failure) in
      bytes.append(contentsOf: piece)
      guard bytes.count <= limit else { throw Failure(path: path, message: "is larger than \(limit) bytes") }
    }
    return bytes
  }

  /// The newest bytes of a regular file, `limit` at most; the first line of them may be cut.
  public static func readEnd(_ path: String, limit: Int64) throws(Failure) -> [UInt8] {
    let file = try openRegularFile(path)
    defer { close(file) }
    let size = Int64(lseek(file, 0, SEEK_END))
    guard size >= 0, lseek(file, off_t(max(0, size - limit)), SEEK_SET) >= 0 else {
      throw Failure(path: path, doing: "can't be read")
    }
    var bytes: [UInt8] = []
    try forEachPiece(of: file, path, limit: limit) { piece in bytes.append(contentsOf: piece) }
    return bytes
  }

  /// The descriptor of a regular file, for reading.
  static func openRegularFile(_ path: String) throws(Failure) -> Int32 {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(path: path, doing: "can't be opened") }
    var status = stat()
    let isExamined = fstat(file, &status) == 0
    if isExamined, status.st_mode & S_IFMT == S_IFREG { return file }
    let failure =
      isExamined
      ? Failure(path: path, message: "is not a regular file")
      : Failure(path: path, doing: "can't be examined")
    close(file)
    throw failure
  }

  /// Hands over what an open file has from here on, `limit` bytes at most, in pieces that last as long as the
  /// call.
  static func forEachPiece(
    of file: Int32, _ path: String, limit: Int64 = .max,
    take: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var left = limit
    while left > 0 {
      let count = Glibc.read(file, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(path: path, doing: "can't be read") }
      if count == 0 { return }
      try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      left -= Int64(count)
    }
  }

  /// Replaces a file of Refit's own as a whole: written beside it, synced, renamed over it.
  public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(Failure) {
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure(path: temporary, doing: "can't be created") }
    do {
      defer { close(file) }
      try fill(file, temporary, with: bytes)
    }
    guard rename(temporary, path) == 0 else { throw Failure(path: path, doing: "can't be replaced") }
  }

  /// Writes bytes into an open file, and syncs it.
  static func fill(_ file: Int32, _ path: String, with bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(path: path, doing: "can't be written") }
      written += count
    }
    guard fsync(file) == 0 else { throw Failure(path: path, doing: "can't be synced") }
  }

  /// Makes a directory and those above it that are missing.
  public static func makeDirectory(_ path: String) throws(Failure) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw Failure(path: path, doing: "can't be made")
    }
    try makeDirectory(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw Failure(path: path, doing: "can't be made")
    }
  }

  /// Renames a file or directory to a name beside it that is free.
  public static func moveAside(_ path: String) throws(Failure) {
    var number = 1
    while exists("\(path).former-\(number)") { number += 1 }
    guard rename(path, "\(path).former-\(number)") == 0 else {
      throw Failure(path: path, doing: "can't be moved aside")
    }
  }

  /// Makes a directory and those above it that are missing, so that they outlast a power failure.
  public static func makeDurableDirectory(_ path: String) throws(Failure) {
    if isDirectory(path) { return }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    if !parent.isEmpty { try makeDurableDirectory(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw Failure(path: path, doing: "can't be made")
    }
    try sync(directory: parent.isEmpty ? "/" : parent)
  }

  /// Makes durable which names are in a directory.
  public static func sync(directory path: String) throws(Failure) {
    let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(path: path, doing: "can't be opened") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw Failure(path: path, doing: "can't be synced") }
  }

  /// The names in a directory, sorted; `.` and `..` are left out.
  public static func names(in path: String) throws(Failure) -> [String] {
    guard let directory = opendir(path) else { throw Failure(path: path, doing: "can't be listed") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name else { throw Failure(path: path, message: "holds a name that is not UTF-8") }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Updates the file's times, making it when it is missing: who watches it wakes.
  public static func touch(_ path: String) throws(Failure) {
    // Not blocking, so that a FIFO without a reader is refused rather than waited for.
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o644)
    guard file >= 0 else { throw Failure(path: path, doing: "can't be touched") }
    futimens(file, nil)
    close(file)
  }

  public static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// The size in bytes of the file that the path leads to; nil where there is none.
  public static func size(of path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// Whether what is read there is made up by the kernel, without an end or without a meaning: `/proc`, `/sys`.
  static func isOfKernel(_ path: String) -> Bool {
    guard let device = device(of: path) else { return false }
    let places = ["/proc", "/sys", "/sys/kernel/debug", "/sys/kernel/tracing", "/sys/fs/cgroup", "/dev"]
    return places.contains { self.device(of: $0) == device } && device != self.device(of: "/")
  }

  private static func device(of path: String) -> dev_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_dev : nil
  }

  /// All that the file system of the path could ever hold; nil where that is not known.
  static func capacity(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
    let (bytes, isTooLarge) = UInt64(status.f_blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return isTooLarge ? .max : Int64(clamping: bytes)
  }

  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the path itself, not what it points to, is a regular file.
  public static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
