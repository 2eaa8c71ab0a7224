import Glibc

/// What lies below a directory: every directory and regular file, with what tells whether it was touched since.
struct FileTree: Hashable {
  /// Tells apart a file and the same file after any change.
  struct Signature: Hashable {
    var device: UInt64
    var inode: UInt64
    var bytes: Int64
    var mode: UInt32
    var modified: [Int]
    var changed: [Int]

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      bytes = Int64(status.st_size)
      mode = status.st_mode
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }

  struct Entry: Hashable {
    /// Relative to the directory.
    var path: String
    var isDirectory: Bool
    var signature: Signature

    /// Whether its owner may execute it.
    var isExecutable: Bool { signature.mode & S_IXUSR != 0 }
  }

  /// In ascending order of their paths as UTF-8 bytes, so that a directory comes before what is in it.
  var entries: [Entry] = []

  /// Lists the directory; refuses whatever is neither a directory nor a regular file.
  init(at root: String) throws(VaultError) {
    var directories = [""]
    while let directory = directories.popLast() {
      for name in try Self.names(in: directory.isEmpty ? root : "\(root)/\(directory)") {
        let path = directory.isEmpty ? name : "\(directory)/\(name)"
        let signature = try Self.examine("\(root)/\(path)")
        let isDirectory = signature.mode & S_IFMT == S_IFDIR
        if isDirectory { directories.append(path) }
        entries.append(Entry(path: path, isDirectory: isDirectory, signature: signature))
      }
    }
    entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The signature of a regular file or a directory; throws for anything else.
  static func examine(_ path: String) throws(VaultError) -> Signature {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .failed(path, doing: "can't be examined") }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFDIR: return Signature(status)
    case S_IFLNK: throw .unsuitable(path: path, because: "it is a symbolic link")
    case S_IFIFO: throw .unsuitable(path: path, because: "it is a named pipe")
    case S_IFSOCK: throw .unsuitable(path: path, because: "it is a socket")
    default: throw .unsuitable(path: path, because: "it is a device")
    }
  }

  private static func names(in path: String) throws(VaultError) -> [String] {
    guard let directory = opendir(path) else { throw .failed(path, doing: "can't be listed") }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name else {
        throw .unsuitable(path: path, because: "it holds a name that is not UTF-8")
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .failed(path, doing: "can't be listed") }
    return names
  }

  /// Removes a file or a directory with all that is in it, also where nothing may be written; what is not there
  /// is fine.
  static func remove(_ path: String) throws(VaultError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw .failed(path, doing: "can't be examined")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      chmod(path, 0o700)
      for name in try names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 || errno == ENOENT else { throw .failed(path, doing: "can't be removed") }
    } else {
      guard unlink(path) == 0 || errno == ENOENT else { throw .failed(path, doing: "can't be removed") }
    }
  }
}
