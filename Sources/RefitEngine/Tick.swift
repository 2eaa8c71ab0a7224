import RefitCore
import RefitExecution
import RefitStore

/// What one turn of the orchestrator has done.
public struct TickReport: Sendable {
  /// A decision that was made.
  public struct Decided: Sendable {
    public let model: Name
    public let schedule: Name
    public let nominal: Instant
    public let decision: Decision
    /// Older occurrences that this one stands for.
    public let coalesced: Int
    public let run: RunID?
  }

  /// A run that moved.
  public struct Moved: Sendable {
    public let run: RunID
    public let state: Run.State
    public let reason: String?
    public let candidate: Int?
  }

  public var now: Instant
  public var decisions: [Decided] = []
  public var moved: [Moved] = []
  /// Attempts that are running when the tick ends.
  public var liveAttempts = 0
  /// Another tick was at work, so that this one did nothing.
  public var wasBusy = false
}

extension Orchestrator {
  /// One turn: publish what is not published, decide what is due, and take every live run as far as it goes.
  ///
  /// - Parameter instant: the time, for a project with a simulated clock; nil for the wall clock.
  /// - Throws: what stopped it. Another tick at work is no error: the report says so.
  public func tick(at instant: Instant? = nil) throws(EngineError) -> TickReport {
    do {
      return try write(at: instant.map { .simulated($0) } ?? .tick, patience: .zero) { session in
        if session.clock == .simulated {
          try FileBytes.write(Array(session.now.description.utf8), to: project.simulatedClock)
        }
        return try turn(session)
      }
    } catch .busy {
      var report = TickReport(now: instant ?? world.now())
      report.wasBusy = true
      return report
    }
  }

  func turn(_ session: Session) throws -> TickReport {
    var report = TickReport(now: session.now)
    try publish(session)
    let decider = Decider(orchestrator: self, store: session.store, now: session.now)
    for due in try session.store.dueSchedules(at: session.now) {
      if let decided = try decider.decide(due) { report.decisions.append(decided) }
    }
    try advance(session, &report)
    return report
  }

  /// Drives all live runs, and publishes what was promoted.
  func advance(_ session: Session, _ report: inout TickReport) throws {
    let runs = try session.store.liveRuns()
    let live = runs.reduce(0) { $0 + $1.attempts.count { $0.state.isLive } }
    let driver = RunDriver(
      orchestrator: self, store: session.store, now: session.now, slots: max(0, session.concurrency - live))
    for before in runs {
      let after = try driver.drive(before)
      report.liveAttempts += after.attempts.count { $0.state.isLive }
      if after.state != before.state {
        report.moved.append(
          .init(run: after.id, state: after.state, reason: after.reason, candidate: after.candidate))
      }
    }
    if report.moved.contains(where: { $0.state == .promoted }) { try publish(session) }
  }

  /// Lets each model's link lead to its champion, where it does not.
  func publish(_ session: Session) throws {
    let publisher = Publisher(project: project, vault: vault)
    let unpublished = Set(try session.store.unpublished().map(\.version))
    for header in try session.store.models() {
      guard let number = header.champion else { continue }
      let id = VersionID(model: header.name, number: number)
      guard unpublished.contains(id) || publisher.publishedVersion(of: header.name) != number else {
        continue
      }
      guard let version = try session.store.version(id) else {
        preconditionFailure("champion \(id) has no version")
      }
      try publisher.publish(version)
      if unpublished.contains(id) {
        try session.store.recordPublished(id.model, version: number, at: session.now)
      }
    }
  }
}
