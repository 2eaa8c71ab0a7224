import Glibc
import RefitLinux

/// What a command writes to its standard output. It reads nothing.
final class CommandOutput: ByteSource {
  /// Which file the output is made of.
  let identity: FileIdentity?

  /// How a command came to its end.
  enum Failure: Error {
    /// There is no such command.
    case notFound
    /// It could not be started or its output not be read, with `errno`.
    case system(Int32)
    /// It ended with another status than 0, as `waitpid` gives it; what it wrote to its standard error.
    case ended(status: Int32, errors: String)
  }

  /// 0 while there is none.
  private var process: pid_t = 0
  private var output: Int32 = -1
  private var errors: Int32 = -1
  private let error: @Sendable (Failure) -> TableError
  private var hasEnded = false

  /// Starts a command, which is looked for in the folders of `PATH` where it is no path.
  ///
  /// - Parameters:
  ///   - identity: which file it reads.
  ///   - error: makes what is thrown of a failure; 0 is no end that is one.
  init(
    _ arguments: [String], reading identity: FileIdentity? = nil,
    error: @escaping @Sendable (Failure) -> TableError
  ) throws(TableError) {
    self.identity = identity
    self.error = error
    // A file without a name, not a pipe: one that nobody reads yet could fill up.
    errors = Self.namelessFile()
    guard errors >= 0 else { throw error(.system(errno)) }
    var ends: [Int32] = [-1, -1]
    guard refit_pipe(&ends) == 0 else { throw error(.system(errno)) }
    output = ends[0]
    let status = Self.spawn(arguments, output: ends[1], errors: errors, &process)
    close(ends[1])
    guard status == 0 else { throw error(status == ENOENT ? .notFound : .system(status)) }
  }

  private static func namelessFile() -> Int32 {
    var name = Array("/tmp/refit-errors-XXXXXX".utf8CString)
    let descriptor = refit_temporary_file(&name)
    if descriptor >= 0 { unlink(name) }
    return descriptor
  }

  /// Starts the process; gives `errno`, 0 when it runs.
  private static func spawn(
    _ arguments: [String], output: Int32, errors: Int32, _ process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var vector = arguments.map { strdup($0) } + [nil]
    defer { vector.forEach { free($0) } }
    return posix_spawnp(&process, arguments[0], &actions, nil, &vector, environ)
  }

  deinit {
    if process > 0, !hasEnded {
      kill(process, SIGKILL)
      _ = wait()
    }
    for descriptor in [output, errors] where descriptor >= 0 { close(descriptor) }
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TableError) -> Int {
    guard !hasEnded else { return 0 }
    while true {
      let received = Glibc.read(output, buffer.baseAddress, buffer.count)
      if received > 0 { return received }
      if received < 0 {
        if errno == EINTR { continue }
        throw error(.system(errno))
      }
      hasEnded = true
      let status = wait()
      guard status == 0 else { throw error(.ended(status: status, errors: writtenErrors)) }
      return 0
    }
  }

  /// Waits for the end of the process; gives its status as `waitpid` does.
  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status
  }

  private var writtenErrors: String {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = pread(errors, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
