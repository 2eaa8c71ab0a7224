import Glibc

/// What a small program says when it is asked something: `crontab -l`, `timedatectl show`.
public enum ProgramOutput {
  /// Runs a program found by `PATH`, with nothing to read, and waits for its end, for `seconds` at most.
  ///
  /// - Parameter input: what it reads.
  /// - Returns: its exit status and what it wrote to standard output (at most 1 MiB), then to standard error; nil when it
  ///   can't be run, is ended by a signal or takes too long.
  public static func run(
    _ arguments: [String], input: String = "", within seconds: Int = 10
  ) -> (status: Int32, output: String, errors: String)? {
    let scratch = "/tmp/refit-ask-XXXXXX"
    var template = Array(scratch.utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { remove(folder) }
    guard (try? FileBytes.write(Array(input.utf8), to: "\(folder)/in", mode: 0o600)) != nil else {
      return nil
    }
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "\(folder)/in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "\(folder)/out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "\(folder)/err", O_WRONLY | O_CREAT, 0o600)
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    guard posix_spawnp(&pid, arguments[0], &actions, nil, words, environ) == 0 else { return nil }
    guard let status = wait(for: pid, within: seconds) else { return nil }
    return (status, text("\(folder)/out"), text("\(folder)/err"))
  }

  private static func wait(for pid: pid_t, within seconds: Int) -> Int32? {
    for _ in 0..<(seconds * 100) {
      var status: Int32 = 0
      let result = waitpid(pid, &status, WNOHANG)
      if result == pid { return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil }
      if result < 0, errno != EINTR { return nil }
      // Its end comes as no event to a process that must leave its signals alone.
      var none = pollfd()
      poll(&none, 0, 10)
    }
    kill(pid, SIGKILL)
    _ = SupervisorProcess.wait(for: pid)
    return nil
  }

  private static func text(_ path: String) -> String {
    do { return String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self) } catch {
      return ""
    }
  }

  private static func remove(_ folder: String) {
    for name in ["in", "out", "err"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
