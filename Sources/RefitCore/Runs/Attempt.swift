/// One execution of a job.
public struct Attempt: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    case launching, running, succeeded, failed
    case timedOut = "timed-out"
    case outOfMemory = "out-of-memory"
    case lost, unkillable, cancelled

    public var isLive: Bool { self == .launching || self == .running }
  }

  /// Whose model a score job runs.
  public enum Subject: String, Hashable, Sendable, Codable { case candidate, champion }

  public var job: Name
  public var subject: Subject
  /// The version that a score job scores; nil for any other job.
  public var version: Int?
  /// 1, 2, … among the attempts of this job and subject.
  public var number: Int
  public var state: State
  /// How often a supervisor was started for it; more than one only where the earlier ones never claimed it.
  public var launches: Int
  public var createdAt: Instant
  public var endedAt: Instant?
  /// Why it did not succeed, in one sentence.
  public var reason: String?
  /// Whether trying again may help.
  public var isRetriable: Bool

  public init(
    job: Name, subject: Subject = .candidate, version: Int? = nil, number: Int,
    state: State = .launching, launches: Int = 0, createdAt: Instant, endedAt: Instant? = nil,
    reason: String? = nil, isRetriable: Bool = true
  ) {
    self.job = job
    self.subject = subject
    self.version = version
    self.number = number
    self.state = state
    self.launches = launches
    self.createdAt = createdAt
    self.endedAt = endedAt
    self.reason = reason
    self.isRetriable = isRetriable
  }
}

/// What the supervisor left when an attempt's process tree was gone.
public struct ExitRecord: Hashable, Sendable, Codable {
  public enum Reason: String, Hashable, Sendable, Codable {
    case exited, signalled, cancelled, unkillable
    case timedOut = "timed-out"
    case outOfMemory = "out-of-memory"
    case notStarted = "not-started"
  }

  /// How the end of the whole process tree was made sure of.
  public enum Guarantee: String, Hashable, Sendable, Codable {
    /// By the kernel: with the first process of its namespace all others end. The attempt ran in its sandbox.
    case namespace = "pid-namespace"
    /// By killing all that could be found, again and again until nothing was. There was no sandbox.
    case sweep
  }

  public var reason: Reason
  public var exitCode: Int?
  public var signal: Int?
  /// Why the command could not be started.
  public var error: String?
  public var cpuSeconds: Double
  public var peakMemoryBytes: Int64
  public var wallSeconds: Double
  public var logBytes: Int64
  public var logDroppedBytes: Int64
  public var guarantee: Guarantee
  /// How many of its outputs held the value of a secret and were removed, and the first of them; nil: none. The
  /// attempt's reason tells it; the record keeps it no longer.
  public var leaks: Int?
  public var leak: String?

  public init(
    reason: Reason, exitCode: Int? = nil, signal: Int? = nil, error: String? = nil, cpuSeconds: Double = 0,
    peakMemoryBytes: Int64 = 0, wallSeconds: Double = 0, logBytes: Int64 = 0, logDroppedBytes: Int64 = 0,
    guarantee: Guarantee = .sweep
  ) {
    self.reason = reason
    self.exitCode = exitCode
    self.signal = signal
    self.error = error
    self.cpuSeconds = cpuSeconds
    self.peakMemoryBytes = peakMemoryBytes
    self.wallSeconds = wallSeconds
    self.logBytes = logBytes
    self.logDroppedBytes = logDroppedBytes
    self.guarantee = guarantee
  }

  private enum CodingKeys: String, CodingKey {
    case reason, signal, error, guarantee, leaks, leak
    case exitCode = "exit_code"
    case cpuSeconds = "cpu_seconds"
    case peakMemoryBytes = "peak_memory_bytes"
    case wallSeconds = "wall_seconds"
    case logBytes = "log_bytes"
    case logDroppedBytes = "log_dropped_bytes"
  }
}
