import Foundation

/// What runs on this machine for one project, as /proc tells.
enum ProcessTable {
  struct Entry: Hashable {
    enum Part: String { case supervisor, job, work }

    var pid: pid_t
    var part: Part
    var isSupervisor: Bool { part == .supervisor }
  }

  /// Supervisors, jobs and Refit's own work for a project: whatever carries one of its output folders in its
  /// environment, or names the project in its command.
  static func attempts(of project: String) -> [Entry] {
    pids.compactMap { pid in
      let program = program(pid)
      if program == "refit-supervisor" || program == "refit" {
        guard let command = bytes("/proc/\(pid)/cmdline"), contains(command, "\(project)/state/") else {
          return nil
        }
        if program == "refit" { return Entry(pid: pid, part: .work) }
        // In a sandbox a second process of it is the first one of the job's tree.
        return Entry(pid: pid, part: getsid(pid) == pid ? .supervisor : .job)
      }
      guard let environment = bytes("/proc/\(pid)/environ"), contains(environment, "REFIT_OUTPUT=\(project)/")
      else {
        return nil
      }
      return Entry(pid: pid, part: .job)
    }
  }

  /// Processes whose environment holds this text.
  static func holding(_ text: String) -> [pid_t] {
    pids.filter { bytes("/proc/\($0)/environ").map { contains($0, text) } ?? false }
  }

  /// Refit's own commands on a project.
  static func commands(on project: String) -> [pid_t] {
    pids.filter { pid in
      program(pid) == "refit" && bytes("/proc/\(pid)/cmdline").map { contains($0, project) } ?? false
    }
  }

  static var pids: [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.sorted()
  }

  private static func program(_ pid: pid_t) -> String {
    let arguments = bytes("/proc/\(pid)/cmdline") ?? Data()
    let first = arguments.prefix { $0 != 0 }
    return String(decoding: first, as: UTF8.self).split(separator: "/").last.map(String.init) ?? ""
  }

  private static func contains(_ bytes: Data, _ text: String) -> Bool {
    bytes.range(of: Data(text.utf8)) != nil
  }

  private static func bytes(_ path: String) -> Data? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var found = Data()
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count > 0 else { break }
      found.append(contentsOf: buffer[..<count])
    }
    return found.isEmpty ? nil : found
  }
}
