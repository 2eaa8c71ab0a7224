import Glibc
import RefitLinux

/// What a machine's kernel tells of the place that a project lies in, and of processes that have to do with it.
public enum MachineFacts {
  /// A file system: how much is free on it, and what it is.
  public struct FileSystem: Hashable, Sendable {
    public var free: Int64
    public var size: Int64
    /// `ext4`, `nfs`; nil for one that is not in the list of those that matter.
    public var networkKind: String?
    public var isReadOnly: Bool
  }

  private static let networkKinds: [Int: String] = [
    0x6969: "NFS", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB2", 0x517B: "SMB", 0x0102_1997: "9p",
    0x6573_5546: "FUSE", 0x00C3_6400: "Ceph", 0x0BD0_0BD0: "Lustre", 0x5346_414F: "AFS", 0x4750_4653: "GPFS",
  ]

  /// Nil where there is nothing at the path.
  public static func fileSystem(of path: String) -> FileSystem? {
    var status = statfs()
    guard statfs(path, &status) == 0 else { return nil }
    let block = Int64(status.f_bsize)
    return FileSystem(
      free: Int64(status.f_bavail) * block, size: Int64(status.f_blocks) * block,
      networkKind: networkKinds[Int(status.f_type) & 0xFFFF_FFFF], isReadOnly: status.f_flags & 1 != 0)
  }

  /// Processes that have a file open, each as `123 (refit tick …)`.
  public static func holders(of path: String) -> [String] {
    processes().filter { pid in
      names(in: "/proc/\(pid)/fd").contains { link("/proc/\(pid)/fd/\($0)") == path }
    }.map(described)
  }

  /// Processes of jobs of a project whose attempt nobody supervises any more, each as `123 (python3 …)`.
  public static func orphans(of project: ProjectDirectory) -> [String] {
    processes().filter { pid in
      guard let environment = try? FileBytes.read("/proc/\(pid)/environ", limit: 4 << 20) else {
        return false
      }
      let variables = environment.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      guard variables.contains(where: { $0.hasPrefix("REFIT_TOKEN=") }),
        let output = variables.first(where: { $0.hasPrefix("REFIT_OUTPUT=\(project.root)/") }),
        let slash = output.lastIndex(of: "/")
      else { return false }
      let lock = "\(output[output.index(output.startIndex, offsetBy: 13)..<slash])/lock"
      return (try? OpenFileLock.isHeld(lock)) == false
    }.map(described)
  }

  /// When a file was last changed, in whole seconds since 1970; nil where there is none.
  public static func changedAt(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_mtim.tv_sec) : nil
  }

  /// The permission bits of a file; nil where there is none.
  public static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
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

  private static func processes() -> [Int32] { names(in: "/proc").compactMap { Int32($0) } }

  private static func names(in path: String) -> [String] {
    do { return try FileBytes.names(in: path) } catch { return [] }
  }

  private static func link(_ path: String) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  private static func described(_ pid: Int32) -> String {
    guard let bytes = try? FileBytes.read("/proc/\(pid)/cmdline", limit: 1 << 20) else { return "\(pid)" }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return "\(pid) (\(words.joined(separator: " ").prefix(80)))"
  }
}
