import Glibc
import RefitCore

/// Starts the supervisor, in a session of its own and with nothing of this process but what it is given.
enum SupervisorProcess {
  /// `posix_spawnattr_setflags`: a new session. The C header shows it to GNU programs only.
  private static let newSession: Int16 = 0x80

  enum Outcome {
    case started(pid_t)
    /// Arguments, environment or input are more than the system passes on.
    case tooLong
  }

  /// - Parameter input: what it finds on its standard input; when empty, that is `/dev/null`.
  static func start(
    _ path: String, arguments: [String], environment: [String: String], input: [UInt8]
  ) throws(LaunchError) -> Outcome {
    var pipe: FilledPipe?
    if !input.isEmpty {
      pipe = try FilledPipe(input)
      if pipe == nil { return .tooLong }
    }
    defer { pipe?.close() }
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    guard posix_spawnattr_init(&attributes) == 0, posix_spawn_file_actions_init(&actions) == 0 else {
      throw LaunchError("\(path) can't be started: out of memory")
    }
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    posix_spawnattr_setflags(&attributes, newSession)
    // First of all: the pipe may stand where a standard descriptor of ours is closed.
    if let pipe { posix_spawn_file_actions_adddup2(&actions, pipe.end, STDIN_FILENO) }
    // A lock of this process must not live on in the child, not even until it has become the supervisor.
    _ = addCloseFrom(&actions, STDERR_FILENO + 1)
    for descriptor in (pipe == nil ? STDIN_FILENO : STDOUT_FILENO)...STDERR_FILENO {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let arguments = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, path, &actions, &attributes, arguments, variables)
    switch code {
    case 0: return .started(pid)
    case E2BIG: return .tooLong
    default: throw LaunchError("\(path) can't be started: \(String(cString: strerror(code)))")
    }
  }

  /// Waits for a process of ours and returns its exit status; nil when a signal ended it.
  static func wait(for pid: pid_t) -> Int32? {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  /// Takes note of the end of a process of ours; false while it runs.
  static func hasEnded(_ pid: pid_t) -> Bool {
    var status: Int32 = 0
    while true {
      let result = waitpid(pid, &status, WNOHANG)
      if result < 0, errno == EINTR { continue }
      return result != 0
    }
  }
}

/// The C library has it since 2.34, and its header does not show it here.
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func addCloseFrom(
  _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32
) -> Int32
