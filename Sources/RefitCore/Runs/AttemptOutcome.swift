/// How an attempt ended, in the terms of the job contract.
public struct AttemptOutcome: Hashable, Sendable {
  public var state: Attempt.State
  /// Why it did not succeed, in one sentence; nil for a success.
  public var reason: String?
  /// Whether another attempt may help.
  public var isRetriable: Bool

  public init(state: Attempt.State, reason: String? = nil, isRetriable: Bool = true) {
    self.state = state
    self.reason = reason
    self.isRetriable = isRetriable
  }

  public static let succeeded = AttemptOutcome(state: .succeeded)

  /// What the exit record says by itself; whether the declared outputs are whole is another question, which
  /// is asked only when this says that the attempt succeeded.
  public init(of record: ExitRecord, job: Job) {
    switch record.reason {
    case .exited:
      switch record.exitCode {
      case 0:
        self = record.leaks.map { Self.leaked($0, first: record.leak) } ?? .succeeded
      case 75: self.init(state: .failed, reason: "it asked to be tried again later (exit 75)")
      case let code?: self.init(state: .failed, reason: "it ended with exit code \(code)")
      case nil: self.init(state: .failed, reason: "its exit code is not known")
      }
    case .signalled:
      self.init(state: .failed, reason: "it was killed by signal \(record.signal.map(String.init) ?? "?")")
    case .timedOut:
      self.init(state: .timedOut, reason: "it ran longer than its timeout of \(job.timeout)")
    case .outOfMemory:
      let limit = job.memory.map { " of \($0)" } ?? ""
      self.init(state: .outOfMemory, reason: "it used more than its memory limit\(limit)")
    case .cancelled:
      self.init(state: .cancelled, reason: "it was cancelled", isRetriable: false)
    case .unkillable:
      self.init(state: .unkillable, reason: "processes of it were still there after KILL", isRetriable: false)
    case .notStarted:
      let error = record.error ?? "the reason is not known"
      self.init(state: .failed, reason: "'\(job.run[0])' could not be started: \(error)", isRetriable: false)
    }
  }

  /// It wrote a secret into what it left. Another attempt would do so again.
  private static func leaked(_ count: Int, first: String?) -> AttemptOutcome {
    let others = count > 1 ? " and \(count - 1) more" : ""
    return AttemptOutcome(
      state: .failed,
      reason: "exit 0 but the output '\(first ?? "?")'\(others) held the value of a secret, and was removed",
      isRetriable: false)
  }

  /// No supervisor tells of its end.
  public init(of end: UnrecordedEnd) {
    switch end {
    case .lost: self.init(state: .lost, reason: end.reason)
    case .stuck: self.init(state: .unkillable, reason: end.reason, isRetriable: false)
    case .neverClaimed: self.init(state: .failed, reason: end.reason, isRetriable: false)
    case .givenUp:
      self.init(state: .cancelled, reason: "it was cancelled before it started", isRetriable: false)
    }
  }
}
