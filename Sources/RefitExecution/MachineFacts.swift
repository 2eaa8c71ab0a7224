import Glibc

/// What a machine's kernel tells of the place that a project lies in, and of processes that have to do with it.
public enum MachineFacts {
  /// How much there is on a file system, in bytes, and whether it may be written to.
  public struct FileSystem: Hashable, Sendable {
    public var free: Int64
    public var size: Int64
    public var isReadOnly: Bool
  }

  /// The file system that a path lies on.
  public static func fileSystem(of path: String) throws(FileBytes.Failure) -> FileSystem {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else {
      throw FileBytes.Failure(path: path, doing: "its file system can't be looked at")
    }
    let block = Int64(status.f_frsize)
    return FileSystem(
      free: Int64(status.f_bavail) * block, size: Int64(status.f_blocks) * block,
      isReadOnly: status.f_flag & UInt(ST_RDONLY) != 0)
  }

  /// When a file was last changed, in whole seconds since 1970; nil where there is none.
  public static func changedAt(_ path: String) throws(FileBytes.Failure) -> Int64? {
    try status(of: path).map { Int64($0.st_mtim.tv_sec) }
  }

  /// The permission bits of a file; nil where there is none.
  public static func mode(of path: String) throws(FileBytes.Failure) -> mode_t? {
    try status(of: path).map { $0.st_mode & 0o777 }
  }

  private static func status(of path: String) throws(FileBytes.Failure) -> stat? {
    var status = stat()
    if stat(path, &status) == 0 { return status }
    let failure = FileBytes.Failure(path: path, doing: "can't be looked at")
    if failure.isMissing { return nil }
    throw failure
  }

  /// Whether this process may write to a folder.
  public static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  public static func isExecutable(_ path: String) -> Bool {
    access(path, X_OK) == 0 && !FileBytes.isDirectory(path)
  }

  /// How many files a process may have open.
  public static func openFileLimit() -> Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit.rlim_cur > UInt(Int.max) ? Int.max : Int(limit.rlim_cur)
  }
}
