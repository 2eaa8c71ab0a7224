import Glibc
import RefitCore
import Synchronization

/// Runs attempts on this machine, each under a `refit-supervisor` of its own that outlives this process.
public final class LocalExecutor: Launcher {
  /// The supervisor's path.
  public let supervisor: String
  /// Supervisors that this process started and has not yet seen end.
  private let children = Mutex<Set<pid_t>>([])

  public init(supervisor: String) {
    self.supervisor = supervisor
  }

  /// Uses the supervisor that is installed with the running program: beside it, or in `../libexec/refit/`.
  public convenience init() throws(LaunchError) {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { throw LaunchError("/proc/self/exe can't be read: is /proc mounted?") }
    let program = String(decoding: buffer[..<length], as: UTF8.self)
    let directory = program.lastIndex(of: "/").map { String(program[..<$0]) } ?? ""
    let places = ["\(directory)/refit-supervisor", "\(directory)/../libexec/refit/refit-supervisor"]
    guard let place = places.first(where: { access($0, X_OK) == 0 }) else {
      throw LaunchError("refit-supervisor is not installed: it is neither \(places[0]) nor \(places[1])")
    }
    self.init(supervisor: place)
  }

  /// Starts a supervisor for the attempt and returns at once.
  ///
  /// A command that is too long for any process is claimed and ended here, as `not-started`.
  public func launch(_ order: LaunchOrder) throws(LaunchError) {
    reap()
    let secrets = Self.encoded(order.secrets)
    let arguments = Self.arguments(of: order, secretBytes: secrets.count)
    let outcome = try SupervisorProcess.start(
      supervisor, arguments: arguments, environment: order.environment, input: secrets)
    switch outcome {
    case .started(let pid):
      children.withLock { _ = $0.insert(pid) }
    case .tooLong:
      let record = ExitRecord(reason: .notStarted, error: "its arguments and environment are too long")
      let claim = AttemptDirectory.Claim(
        bootIdentifier: try Self.bootIdentifier(), pid: getpid(), startTime: 0, token: order.token)
      _ = try AttemptDirectory(path: order.directory).end(as: record, claim: claim)
    }
  }

  /// How the attempt in this directory is. Asks for the lock without taking it, so that nobody is disturbed.
  ///
  /// An attempt whose processes are still there a minute after KILL is `ended` with the reason `unkillable`
  /// while its supervisor still holds the lock.
  public func probe(directory: String) throws(LaunchError) -> AttemptProbe {
    reap()
    let attempt = AttemptDirectory(path: directory)
    if try attempt.isLocked() { return try Self.probeLocked(attempt) }
    switch try attempt.decision() {
    case .none: return .notStarted
    case .void: return .void
    case .claimed(let claim):
      // It may have started since the lock was seen free. Whoever made the claim had the lock before, and
      // holds it until the record is there: only now does a free lock without a record mean that it is lost.
      if try attempt.isLocked() { return try Self.probeLocked(attempt) }
      if let record = try attempt.exitRecord() { return .ended(record) }
      return .lost(sameBoot: claim.bootIdentifier == (try Self.bootIdentifier()), token: claim.token)
    }
  }

  /// How long its supervisor has been at work, by the clock that counts since boot.
  public func age(directory: String) throws(LaunchError) -> Timespan? {
    guard case .claimed(let claim) = try AttemptDirectory(path: directory).decision(),
      claim.bootIdentifier == (try Self.bootIdentifier())
    else { return nil }
    var sinceBoot = timespec()
    clock_gettime(CLOCK_BOOTTIME, &sinceBoot)
    let ticksPerSecond = UInt64(sysconf(Int32(_SC_CLK_TCK)))
    return Timespan(seconds: Int64(sinceBoot.tv_sec) - Int64(claim.startTime / ticksPerSecond))
  }

  public func isHeld(directory: String) throws(LaunchError) -> Bool {
    try Self.isLocked(directory: directory)
  }

  /// Whether a supervisor holds the lock in an attempt's directory; false where there is none.
  public static func isLocked(directory: String) throws(LaunchError) -> Bool {
    try AttemptDirectory(path: directory).isLocked()
  }

  /// Makes sure that an attempt that has not started never will; false when a supervisor has claimed it.
  public func void(directory: String) throws(LaunchError) -> Bool {
    try AttemptDirectory(path: directory).claimAsVoid()
  }

  /// Leaves the file that the supervisor watches for.
  public func cancel(directory: String) throws(LaunchError) {
    do { try FileBytes.touch(AttemptDirectory(path: directory).cancel) } catch {
      throw LaunchError("\(error)")
    }
  }

  /// Kills what carries the token of an attempt that is lost; true once nothing of it is left. An attempt
  /// whose supervisor lives is left alone, and that is false.
  public func sweep(directory: String, token: String) throws(LaunchError) -> Bool {
    if try AttemptDirectory(path: directory).isLocked() { return false }
    let arguments = ["--sweep", token]
    guard
      case .started(let pid) = try SupervisorProcess.start(
        supervisor, arguments: arguments, environment: [:], input: [])
    else { throw LaunchError("'\(token.prefix(16))…' is not a token") }
    switch SupervisorProcess.wait(for: pid) {
    case 0: return true
    case 1: return false
    default: throw LaunchError("\(supervisor) could not sweep what a lost attempt left")
    }
  }

  /// Takes note of the ends of supervisors that this process started, and of no other process.
  private func reap() {
    children.withLock { children in
      children = children.filter { !SupervisorProcess.hasEnded($0) }
    }
  }

  private static func probeLocked(_ attempt: AttemptDirectory) throws(LaunchError) -> AttemptProbe {
    if let record = try attempt.exitRecord(), record.reason == .unkillable { return .ended(record) }
    return .running
  }

  /// As the supervisor reads them: each ended by a NUL, which is in no variable.
  private static func encoded(_ secrets: Set<String>) -> [UInt8] {
    var bytes: [UInt8] = []
    for secret in secrets.sorted() {
      bytes += secret.utf8
      bytes.append(0)
    }
    return bytes
  }

  private static func arguments(of order: LaunchOrder, secretBytes: Int) -> [String] {
    /// Less has no room for a head, a tail and the line between them.
    let leastLog: Int64 = 4096
    var arguments = [
      "--directory", order.directory, "--token", order.token, "--cwd", order.workingDirectory, "--wake",
      order.wake,
      "--timeout-ms", String(max(order.timeout.seconds * 1000, 1)),
      "--grace-ms", String(max(order.grace.seconds * 1000, 0)),
      "--log-cap-bytes", String(max(order.log.bytes, leastLog)),
    ]
    if let memory = order.memory { arguments += ["--memory-bytes", String(max(memory.bytes, 1))] }
    if secretBytes > 0 { arguments += ["--secret-bytes", String(secretBytes)] }
    if let view = order.sandbox { arguments += Self.arguments(of: view) }
    return arguments + ["--"] + order.arguments
  }

  private static func arguments(of view: SandboxView) -> [String] {
    var arguments = ["--sandbox", view.isRequired ? "required" : "auto", "--tmp", view.temporary]
    for (option, paths) in [
      ("--read-only", view.readOnly), ("--empty", view.emptied), ("--show", view.shown),
      ("--write", view.writable), ("--mask", view.masked),
    ] {
      for path in paths { arguments += [option, path] }
    }
    for cover in view.covered { arguments += ["--cover", cover.file, "--with", cover.replacement] }
    return arguments
  }

  private static func bootIdentifier() throws(LaunchError) -> String {
    let path = "/proc/sys/kernel/random/boot_id"
    do {
      let bytes = try FileBytes.read(path, limit: 128)
      return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    } catch {
      throw LaunchError("\(error)")
    }
  }
}
