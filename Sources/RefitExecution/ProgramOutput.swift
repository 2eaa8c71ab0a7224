import Glibc

/// What a small program says when it is asked something: `crontab -l`, `timedatectl show`.
public struct ProgramOutput: Hashable, Sendable {
  public var status: Int32
  /// What it wrote to standard output, at most 1 MiB.
  public var output: String
  /// What it wrote to standard error, at most 1 MiB.
  public var errors: String

  public init(status: Int32, output: String = "", errors: String = "") {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// Why a program said nothing.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case notInstalled(String)
    /// It could not be run to its end; the reason.
    case failed(String, because: String)

    public var description: String {
      switch self {
      case .notInstalled(let program): "'\(program)' is not installed"
      case .failed(let program, let reason): "'\(program)' \(reason)"
      }
    }
  }

  /// Runs a program found by `PATH`, and waits for its end, for `seconds` at most.
  ///
  /// - Parameter input: what it reads.
  public static func run(
    _ arguments: [String], input: String = "", within seconds: Int = 10
  ) throws(Failure) -> ProgramOutput {
    let program = arguments[0]
    var template = Array("/tmp/refit-ask-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      let failure = FileBytes.Failure(path: "/tmp", doing: "can't be written to")
      throw .failed(program, because: "can't be asked: \(failure)")
    }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { remove(folder) }
    do {
      try FileBytes.write(Array(input.utf8), to: "\(folder)/in", mode: 0o600)
      let status = try wait(for: start(arguments, in: folder), program, within: seconds)
      return ProgramOutput(
        status: status, output: try text("\(folder)/out"), errors: try text("\(folder)/err"))
    } catch let failure as FileBytes.Failure {
      throw .failed(program, because: "can't be asked: \(failure)")
    } catch let failure as Failure {
      throw failure
    } catch {
      preconditionFailure("no other error is thrown: \(error)")
    }
  }

  private static func start(_ arguments: [String], in folder: String) throws(Failure) -> pid_t {
    let program = arguments[0]
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else {
      throw .failed(program, because: "can't be run: out of memory")
    }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "\(folder)/in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "\(folder)/out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "\(folder)/err", O_WRONLY | O_CREAT, 0o600)
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    switch posix_spawnp(&pid, program, &actions, nil, words, environ) {
    case 0: return pid
    case ENOENT: throw .notInstalled(program)
    case let code: throw .failed(program, because: "can't be run: \(String(cString: strerror(code)))")
    }
  }

  /// Its exit status.
  private static func wait(
    for pid: pid_t, _ program: String, within seconds: Int
  ) throws(Failure) -> Int32 {
    for _ in 0..<(seconds * 100) {
      var status: Int32 = 0
      let result = waitpid(pid, &status, WNOHANG)
      if result == pid {
        guard status & 0x7F == 0 else {
          throw .failed(program, because: "was ended by signal \(status & 0x7F)")
        }
        return (status >> 8) & 0xFF
      }
      if result < 0, errno != EINTR {
        throw .failed(program, because: "can't be waited for: \(String(cString: strerror(errno)))")
      }
      // Its end comes as no event to a process that must leave its signals alone.
      var none = pollfd()
      poll(&none, 0, 10)
    }
    kill(pid, SIGKILL)
    _ = SupervisorProcess.wait(for: pid)
    throw .failed(program, because: "did not answer within \(seconds) s")
  }

  private static func text(_ path: String) throws(FileBytes.Failure) -> String {
    String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self)
  }

  private static func remove(_ folder: String) {
    for name in ["in", "out", "err"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
