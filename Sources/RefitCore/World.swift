/// Everything that is not deterministic, in one value: the engine gets it from outside and asks nothing else.
public struct World: Sendable {
  /// The wall clock; in a project with a simulated clock the time of the tick.
  public var now: @Sendable () -> Instant
  /// Time since some beginning, by a clock that nobody sets.
  public var elapsed: @Sendable () -> Duration
  public var randomBytes: @Sendable (_ count: Int) -> [UInt8]
  public var launcher: any Launcher
  /// The operating system's user.
  public var actor: String
  public var host: Host
  /// The path of Refit's own program, which does long work as a process of its own; nil where there is none, and
  /// such work is done at once.
  public var program: String?
  /// Called at each fail point; what it throws stops the orchestrator there.
  public var reach: @Sendable (FailPoint) throws -> Void

  public struct Host: Hashable, Sendable, Codable {
    public var name: String
    /// Kernel and distribution, as text.
    public var system: String

    public init(name: String, system: String) {
      self.name = name
      self.system = system
    }
  }

  public init(
    now: @escaping @Sendable () -> Instant, elapsed: @escaping @Sendable () -> Duration,
    randomBytes: @escaping @Sendable (Int) -> [UInt8], launcher: any Launcher, actor: String, host: Host,
    program: String? = nil, reach: @escaping @Sendable (FailPoint) throws -> Void = { _ in }
  ) {
    self.now = now
    self.elapsed = elapsed
    self.randomBytes = randomBytes
    self.launcher = launcher
    self.actor = actor
    self.host = host
    self.program = program
    self.reach = reach
  }

  /// Does the deed between its two fail points.
  public func performing<Value>(_ deed: FailPoint.Deed, _ body: () throws -> Value) throws -> Value {
    try reach(FailPoint(.before, deed))
    let value = try body()
    try reach(FailPoint(.after, deed))
    return value
  }
}

/// Starts attempts and tells how they are; knows nothing of models and runs.
public protocol Launcher: Sendable {
  /// Starts a supervisor for the attempt and returns at once. Starting an attempt twice is safe: one claims it.
  func launch(_ order: LaunchOrder) throws(LaunchError)
  /// How the attempt in this directory is.
  func probe(directory: String) throws(LaunchError) -> AttemptProbe
  /// How long its supervisor has been at work, by a clock that nobody sets; nil where that can't be known.
  func age(directory: String) throws(LaunchError) -> Timespan?
  /// Whether its supervisor is still there, also after it has told that it can't end the attempt.
  func isHeld(directory: String) throws(LaunchError) -> Bool
  /// Makes sure that an attempt that has not started never will; false when it has been claimed meanwhile.
  func void(directory: String) throws(LaunchError) -> Bool
  /// Asks the supervisor to end the attempt.
  func cancel(directory: String) throws(LaunchError)
  /// Kills what a dead supervisor left behind; true once nothing is left.
  func sweep(directory: String, token: String) throws(LaunchError) -> Bool
}

extension Launcher {
  public func age(directory: String) throws(LaunchError) -> Timespan? { nil }
  public func isHeld(directory: String) throws(LaunchError) -> Bool { false }
}

/// One attempt, ready to be launched.
public struct LaunchOrder: Hashable, Sendable {
  /// Of the attempt; it exists.
  public var directory: String
  public var arguments: [String]
  public var workingDirectory: String
  /// The job's whole environment, the token included.
  public var environment: [String: String]
  /// Values that must reach no stored byte and no command line.
  public var secrets: Set<String>
  /// Marks each process of the tree, as `REFIT_TOKEN`.
  public var token: String
  public var timeout: Timespan
  public var grace: Timespan
  public var memory: ByteCount?
  public var log: ByteCount
  /// A file that is touched when the attempt has ended.
  public var wake: String
  /// Nil: no sandbox.
  public var sandbox: SandboxView?

  public init(
    directory: String, arguments: [String], workingDirectory: String, environment: [String: String],
    secrets: Set<String>, token: String, timeout: Timespan, grace: Timespan, memory: ByteCount?,
    log: ByteCount, wake: String, sandbox: SandboxView? = nil
  ) {
    self.directory = directory
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.environment = environment
    self.secrets = secrets
    self.token = token
    self.timeout = timeout
    self.grace = grace
    self.memory = memory
    self.log = log
    self.wake = wake
    self.sandbox = sandbox
  }
}

/// How an attempt is, as its directory tells.
public enum AttemptProbe: Hashable, Sendable {
  /// Neither locked nor claimed.
  case notStarted
  /// Given up before it started.
  case void
  case running
  case ended(ExitRecord)
  /// Its supervisor is gone without a record; `sameBoot` tells whether its processes may still be there.
  case lost(sameBoot: Bool, token: String)
}

/// Why an attempt could not be started or asked after, in one sentence.
public struct LaunchError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
