import Foundation
import Glibc
import RefitTesting
import Testing

/// Whether this machine lets a job have namespaces of its own; what can't be tested is said, not passed over.
enum SandboxSupport {
  static let isThere: Bool = {
    let probe = Process()
    probe.executableURL = URL(filePath: "/usr/bin/unshare")
    probe.arguments = (geteuid() == 0 ? [] : ["--map-root-user"]) + ["--mount", "--pid", "--fork", "true"]
    probe.standardError = FileHandle.nullDevice
    if (try? probe.run()) != nil {
      probe.waitUntilExit()
      if probe.terminationStatus == 0 { return true }
    }
    let sentence = """

      NOT TESTED: the sandbox of jobs. This machine gives no namespaces to its users: in a container allow them \
      (docker run --security-opt seccomp=unconfined), on Ubuntu say \
      sysctl kernel.apparmor_restrict_unprivileged_userns=0

      """
    FileHandle.standardError.write(Data(sentence.utf8))
    return false
  }()
}

extension Trait where Self == ConditionTrait {
  /// For tests that need what the sandbox is made of.
  static var whereThereAreNamespaces: Self {
    .enabled("this machine gives no namespaces to its users") { SandboxSupport.isThere }
  }
}

/// Processes of the whole machine, found from outside of any namespace.
enum MachineProcesses {
  /// Those whose command line holds the text.
  static func running(_ text: String) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return line.range(of: Data(text.utf8)) != nil
    }
  }
}
