import Glibc

/// Processes of this machine that have to do with a project, as `/proc` tells of them.
public enum ProcessSearch {
  /// Processes, each as `123 (python3 …)`, and what could not be looked at, each with the reason.
  public struct Found: Hashable, Sendable {
    public var processes: [String] = []
    public var unseen: [String] = []
  }

  /// Processes that have a file open, among those whose open files this user may see.
  public static func holders(of path: String) throws(FileBytes.Failure) -> [String] {
    try processes().filter { pid in
      let folder = "/proc/\(pid)/fd"
      let names: [String]
      // Other users' are closed to us, and one that has ended holds nothing.
      do { names = try FileBytes.names(in: folder) } catch { return false }
      return names.contains { target(of: "\(folder)/\($0)") == path }
    }.map(described)
  }

  /// Processes of jobs of a project whose attempt nobody supervises any more.
  ///
  /// Jobs run as this user, or as the one who has `state/`: what other users' processes do is not asked.
  public static func orphans(of project: ProjectDirectory) throws(FileBytes.Failure) -> Found {
    let users = Set([geteuid(), owner(of: project.state)].compactMap(\.self))
    var found = Found()
    // The first process is no job's, and lets nobody look, in a container not even its own user.
    for pid in try processes() where pid != 1 {
      guard let user = owner(of: "/proc/\(pid)"), users.contains(user) else { continue }
      do throws(FileBytes.Failure) {
        guard let attempt = try attempt(of: pid, in: project), try !OpenFileLock.isHeld("\(attempt)/lock")
        else { continue }
        found.processes.append(described(pid))
      } catch {
        // It has ended meanwhile.
        if !error.isMissing, error.code != ESRCH { found.unseen.append("process \(pid): \(error)") }
      }
    }
    return found
  }

  /// The directory of the attempt that a process belongs to; nil where it is of no job of the project.
  private static func attempt(
    of pid: Int32, in project: ProjectDirectory
  ) throws(FileBytes.Failure) -> String? {
    let environment = try FileBytes.read("/proc/\(pid)/environ", limit: 4 << 20)
    let variables = environment.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let name = "REFIT_OUTPUT="
    guard variables.contains(where: { $0.hasPrefix("REFIT_TOKEN=") }),
      let output = variables.first(where: { $0.hasPrefix("\(name)\(project.root)/") }),
      let slash = output.lastIndex(of: "/")
    else { return nil }
    return String(output[..<slash].dropFirst(name.count))
  }

  /// The user that a file or a process belongs to; nil where it is gone.
  private static func owner(of path: String) -> uid_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_uid : nil
  }

  private static func processes() throws(FileBytes.Failure) -> [Int32] {
    try FileBytes.names(in: "/proc").compactMap { Int32($0) }
  }

  private static func target(of link: String) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  private static func described(_ pid: Int32) -> String {
    let bytes: [UInt8]
    // One that has just ended is named by its number.
    do { bytes = try FileBytes.read("/proc/\(pid)/cmdline", limit: 1 << 20) } catch { return "\(pid)" }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return "\(pid) (\(words.joined(separator: " ").prefix(80)))"
  }
}
