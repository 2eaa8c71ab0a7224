/// An occurrence that has come due and waits: for data to land, or for a run to end.
public struct PendingOccurrence: Hashable, Sendable {
  public var model: Name
  public var schedule: Name
  public var nominal: Instant
  /// When it began to wait.
  public var since: Instant
  /// When the command of its schedule's `ready` said that it may be acted on; nil: not yet, or it has none.
  public var readyAt: Instant?
  /// When to look after it at the latest; nil: when a run ends.
  public var attendAt: Instant?
  /// How many checks were begun.
  public var checks: Int
  /// The newest check.
  public var lastCheck: ReadyCheck?

  /// Whether it waits for nothing but the end of a run.
  public var isQueued: Bool { attendAt == nil }

  public init(
    model: Name, schedule: Name, nominal: Instant, since: Instant, readyAt: Instant? = nil,
    attendAt: Instant? = nil, checks: Int = 0, lastCheck: ReadyCheck? = nil
  ) {
    self.model = model
    self.schedule = schedule
    self.nominal = nominal
    self.since = since
    self.readyAt = readyAt
    self.attendAt = attendAt
    self.checks = checks
    self.lastCheck = lastCheck
  }
}

/// One execution of the command that says whether an occurrence may be acted on.
public struct ReadyCheck: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// It ended with 0.
    case ready
    /// It ended with another code.
    case notReady = "not-ready"
    /// It did not end by itself, or never began: it says nothing.
    case failed
  }

  /// How it ended.
  public struct End: Hashable, Sendable {
    public var at: Instant
    public var outcome: Outcome
    /// Its exit and its last words: `exit 1: no file yet`.
    public var sentence: String

    public init(at: Instant, outcome: Outcome, sentence: String) {
      self.at = at
      self.outcome = outcome
      self.sentence = sentence
    }
  }

  /// 1, 2, 3… among the checks of its occurrence.
  public var number: Int
  /// How often a supervisor was started for it.
  public var launches: Int
  public var token: String
  public var startedAt: Instant
  /// Nil while it goes on.
  public var end: End?

  public init(number: Int, launches: Int = 1, token: String, startedAt: Instant, end: End? = nil) {
    self.number = number
    self.launches = launches
    self.token = token
    self.startedAt = startedAt
    self.end = end
  }
}

extension ReadyRule {
  /// What is to be done for an occurrence that is not ready yet.
  public enum Step: Hashable, Sendable {
    /// Ask how the check is that goes on.
    case attend
    /// Begin a check.
    case check
    case wait(until: Instant)
    /// It is missed, for this reason.
    case giveUp(String)
  }

  /// The next step at a time. Whatever happened meanwhile, an occurrence is given up only after a check that began in
  /// the last stretch of `every` of its time, or later.
  public func step(for pending: PendingOccurrence, at now: Instant) -> Step {
    guard let last = pending.lastCheck else { return .check }
    guard last.end != nil else { return .attend }
    let limit = pending.since + within
    if now >= limit, last.startedAt >= limit - every { return .giveUp(pending.refusal(by: self)) }
    // After a clock was set back the check lies in the future, and says nothing of when the next one is due.
    let next = last.startedAt > now ? now : last.startedAt + every
    return now < min(next, limit) ? .wait(until: min(next, limit)) : .check
  }
}

extension PendingOccurrence {
  /// What it waits for and since when: `nightly of … waits for jobs/landed since …, checked 3 times, exit 1: no file`.
  ///
  /// - Parameters:
  ///   - rule: its schedule, as it is configured.
  ///   - liveRun: the run of its model that is live.
  ///   - time: how an instant is said.
  public func sentence(
    _ rule: Schedule?, liveRun: RunID?, time: (Instant) -> String = \.description
  ) -> String {
    let subject = "\(schedule) of \(time(nominal)) waits"
    guard let ready = rule?.ready, readyAt == nil else {
      return liveRun.map { "\(subject) for \($0) to end, since \(time(since))" }
        ?? "\(subject) for the next tick, since \(time(since))"
    }
    return "\(subject) for \(ready.command) since \(time(since)), \(account)"
  }

  fileprivate func refusal(by rule: ReadyRule) -> String {
    "\(rule.command) did not end with 0 within \(rule.within): \(account)"
  }

  /// `checked 3 times, exit 1: no file yet`.
  private var account: String {
    let times = checks == 1 ? "once" : checks == 2 ? "twice" : "\(checks) times"
    switch lastCheck?.end {
    case let end?: return "checked \(times), \(end.sentence)"
    case nil: return checks < 2 ? "being checked for the first time" : "being checked, \(times) by now"
    }
  }
}

extension ReadyRule {
  /// The command as a person writes it.
  public var command: String { run.joined(separator: " ") }
}
