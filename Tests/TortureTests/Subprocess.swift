import Foundation
import RefitTesting

/// A program that a test starts in order to attack it: in a session or a process group of its own, what it prints in
/// a file.
final class Subprocess {
  /// How it ended.
  enum Ending: Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(by: Int32)

    var description: String {
      switch self {
      case .exited(let status): "exited with \(status)"
      case .killed(let signal): "was killed by signal \(signal)"
      }
    }
  }

  /// Where its output goes.
  enum Output {
    /// A file that can be read again.
    case kept(String)
    /// A device or a terminal by its path.
    case device(String)
    /// A descriptor of this process.
    case descriptor(Int32)
  }

  let pid: pid_t
  let arguments: [String]
  private(set) var ending: Ending?
  private let output: Output

  /// - Parameters:
  ///   - ownSession: a session of its own, whose terminal is the first that it opens; else a process group only.
  init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], output: Output,
    ownSession: Bool = false
  ) throws {
    self.arguments = arguments
    self.output = output
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    // A new session is what the C header shows to GNU programs only.
    let place = ownSession ? Int16(0x80) : Int16(POSIX_SPAWN_SETPGROUP)
    posix_spawnattr_setflags(
      &attributes, place | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    // A test may run on a thread that blocks signals.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    Self.redirect(output, &actions)
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("REFIT_") }
    variables.merge(environment) { _, mine in mine }
    let texts = ([program] + arguments).map { strdup($0) } + [nil]
    let pairs = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in texts + pairs { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, program, &actions, &attributes, texts, pairs)
    guard code == 0 else { throw SupportFailure("\(program): \(String(cString: strerror(code)))") }
    self.pid = pid
  }

  private static func redirect(_ output: Output, _ actions: inout posix_spawn_file_actions_t) {
    switch output {
    case .kept(let path):
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o644)
    case .device(let path):
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
    case .descriptor(let descriptor):
      posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { look(options: WNOHANG) == nil }

  /// Sends a signal; to its whole process group where that is asked for. False when it had ended before.
  @discardableResult
  func kill(_ signal: Int32, group: Bool = false) -> Bool {
    guard isRunning else { return false }
    return Glibc.kill(group ? -pid : pid, signal) == 0
  }

  /// Waits for its end, but not for ever.
  func wait(within seconds: Double = 60) throws -> Ending {
    let end = Date().addingTimeInterval(seconds)
    var pause: UInt32 = 200
    while Date() < end {
      if let ending = look(options: WNOHANG) { return ending }
      usleep(pause)
      pause = min(pause * 2, 5000)
    }
    throw SupportFailure(
      "'\(arguments.joined(separator: " "))' has not ended after \(Int(seconds)) s (process \(pid))")
  }

  /// What it has printed, on both streams.
  var printed: String {
    guard case .kept(let path) = output, let data = FileManager.default.contents(atPath: path) else {
      return ""
    }
    return String(decoding: data, as: UTF8.self)
  }

  private func look(options: Int32) -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard waitpid(pid, &status, options) == pid else { return nil }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: signal)
    return ending
  }

  deinit {
    guard look(options: WNOHANG) == nil else { return }
    Glibc.kill(pid, SIGKILL)
    _ = look(options: 0)
  }
}
