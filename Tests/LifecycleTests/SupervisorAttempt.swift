import Foundation
import Glibc
import RefitTesting
import Synchronization

/// One attempt in a directory of its own, run by the real supervisor.
final class SupervisedAttempt: Sendable {
  /// What the supervisor writes, read by the names in the file and not by the product's own type.
  struct Record: Decodable, Equatable {
    var reason: String
    var exitCode: Int?
    var signal: Int?
    var error: String?
    var errno: Int?
    var cpuSeconds: Double
    var peakMemoryBytes: Int
    var wallSeconds: Double
    var logBytes: Int
    var logDroppedBytes: Int
    var guarantee: String
    var startedAtUs: Int64
    var endedAtUs: Int64
  }

  struct Claim: Decodable {
    var bootId: String
    var pid: Int32
    var startTime: UInt64
    var token: String
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let scratch: ScratchDirectory
  let token: String
  let command: [String]
  let environment: [String: String]
  let limits: Limits

  struct Limits {
    var timeout = 60_000
    var grace = 10_000
    var memory: Int?
    var log = 1 << 20
    var secrets: [String] = []
    var workingDirectory = "/"
    var wake: String?
    /// Options of the sandbox; nil: none.
    var sandbox: [String]?
  }

  init(
    _ command: [String], environment: [String: String] = [:], limits: Limits = Limits(),
    readyPipe: Bool = false
  ) throws {
    scratch = try ScratchDirectory("refit-supervisor")
    token = (0..<4).map { _ in String(format: "%08x", UInt32.random(in: .min ... .max)) }.joined()
    self.command = command
    var whole = ["PATH": "/usr/local/bin:/usr/bin:/bin", "REFIT_TOKEN": token]
    whole.merge(environment) { $1 }
    if readyPipe {
      whole["READY"] = scratch.path("ready")
      mkfifo(scratch.path("ready"), 0o600)
    }
    self.environment = whole
    self.limits = limits
  }

  /// `readyPipe`: the job finds a named pipe by `READY`, to say a line that the test waits for.
  convenience init(
    shell script: String, environment: [String: String] = [:], limits: Limits = Limits(),
    readyPipe: Bool = false
  ) throws {
    try self.init(["/bin/sh", "-c", script], environment: environment, limits: limits, readyPipe: readyPipe)
  }

  /// As the supervisor reads them.
  var secrets: String { limits.secrets.map { $0 + "\0" }.joined() }

  private var arguments: [String] {
    var arguments = [
      "--directory", directory, "--token", token, "--timeout-ms", String(limits.timeout), "--grace-ms",
      String(limits.grace), "--log-cap-bytes", String(limits.log), "--cwd", limits.workingDirectory,
    ]
    if let memory = limits.memory { arguments += ["--memory-bytes", String(memory)] }
    if let wake = limits.wake { arguments += ["--wake", wake] }
    if !secrets.isEmpty { arguments += ["--secret-bytes", String(secrets.utf8.count)] }
    if let sandbox = limits.sandbox { arguments += sandbox }
    return arguments + ["--"] + command
  }

  /// Starts a supervisor and returns its pid.
  func start() throws -> pid_t {
    guard !secrets.isEmpty else { return try start(input: STDIN_FILENO) }
    let source = try ScratchDirectory("refit-secrets")
    let file = open(try source.write(secrets, to: "secrets"), O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    return try start(input: file)
  }

  /// Starts a supervisor that has this descriptor as its standard input.
  func start(input: Int32) throws -> pid_t { try Self.spawn(arguments, environment, input: input) }

  /// Starts a supervisor for the same attempt that is not made to die.
  func restart() throws -> pid_t {
    var environment = environment
    environment["REFIT_FAIL_POINT"] = nil
    return try Self.spawn(arguments, environment, input: STDIN_FILENO)
  }

  /// Sweeps what carries the token, and returns the exit status of the sweep.
  static func sweep(_ token: String) async throws -> Int {
    try await status(of: try spawn(["--sweep", token], [:], input: STDIN_FILENO))
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], input: Int32
  ) throws -> pid_t {
    let path = try Products.path("refit-supervisor")
    let arguments = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    var pid: pid_t = 0
    let result = posix_spawn(&pid, path, &actions, nil, arguments, variables)
    guard result == 0 else { throw Failure(description: String(cString: strerror(result))) }
    return pid
  }

  /// Waits for a supervisor and returns its own exit status, or 128 and its signal.
  static func status(of pid: pid_t) async throws -> Int {
    do {
      return try await Patience.result(of: "the end of a supervisor") {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && Glibc.errno == EINTR {}
        return status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
      }
    } catch {
      kill(pid, SIGKILL)
      throw error
    }
  }

  /// Runs the attempt to its end and returns its record.
  func run() async throws -> Record {
    let status = try await Self.status(of: start())
    guard status == 0 else { throw Failure(description: "the supervisor ended with \(status)") }
    return try record()
  }

  func record() throws -> Record { try decode("exit.json") }
  func claim() throws -> Claim { try decode("claim") }

  private func decode<Value: Decodable>(_ name: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Value.self, from: Data(contentsOf: URL(filePath: path(name))))
  }

  var directory: String { scratch.path }
  func path(_ name: String) -> String { scratch.path(name) }
  func exists(_ name: String) -> Bool { scratch.exists(name) }
  func log() throws -> Data { try Data(contentsOf: URL(filePath: path("log"))) }
  func logText() throws -> String { try scratch.read("log") }
  func write(_ text: String, to name: String) throws { try scratch.write(text, to: name) }

  /// Waits until the job has written a line into the named pipe, and returns it.
  func line(from name: String) async throws -> String {
    let path = path(name)
    return try await Patience.result(of: "a line from the job") {
      let file = open(path, O_RDONLY)
      defer { close(file) }
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = read(file, &bytes, bytes.count)
      return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).trimmingCharacters(in: .newlines)
    }
  }

  /// The pids that carry this attempt's token, found without the supervisor's help.
  func survivors() -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { pid in
      guard let variables = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return false }
      return variables.range(of: Data("REFIT_TOKEN=\(token)".utf8)) != nil
    }
  }
}
