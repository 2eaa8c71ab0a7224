import RefitCore
import RefitExecution
import RefitStore

/// What a daemon waits for after a turn.
public struct Outlook: Hashable, Sendable {
  /// The next instant at which there is new work though nothing happens until then; nil: none is known.
  public var instant: Instant?
  /// Whether something is due that the turn has not done, and nobody is at.
  public var isOverdue = false
  /// The locks of all that runs under a supervisor: whose supervisor ends, closes its own.
  public var locks: Set<String> = []

  public init() {}

  mutating func add(_ instant: Instant?) {
    guard let instant else { return }
    self.instant = min(self.instant ?? instant, instant)
  }
}

extension Orchestrator {
  /// What there is to wait for, by the rows and the directories as they are after a turn.
  func outlook(_ session: Session) throws -> Outlook {
    var outlook = Outlook()
    outlook.isOverdue = try isOverdue(session)
    outlook.add(try session.store.nextDue(after: session.now))
    for pause in try session.store.openPauses() { outlook.add(pause.until) }
    let driver = RunDriver(orchestrator: self, session: session, slots: 0)
    for run in try session.store.liveRuns() {
      outlook.add(RunMachine.nextInstant(for: run, in: try driver.context(of: run)))
      for attempt in run.attempts where attempt.state.isLive {
        outlook.locks.insert("\(project.attempt(attempt.key, of: run.id))/lock")
      }
    }
    let soon = session.now + Supervision.timeToClaim
    let work = try WorkPlace.all(in: project).compactMap { try $0.newest() }
    for directory in try checksUnderWay(session) + work {
      let lock = "\(directory)/lock"
      outlook.locks.insert(lock)
      // Its supervisor has yet to make it: until then its end would wake nobody.
      if !FileBytes.exists(lock) { outlook.add(soon) }
    }
    // What a dead supervisor left is killed again and again, until nothing is left; its end wakes nobody.
    if unswept > 0 { outlook.add(soon) }
    return outlook
  }

  private func isOverdue(_ session: Session) throws -> Bool {
    try session.store.dueSchedules(at: session.now).contains {
      // What a process is observing is done when it can be.
      try nominalUnderWay($0.model, $0.schedule) == nil
    }
  }

  /// The directories of the checks of what occurrences wait for.
  private func checksUnderWay(_ session: Session) throws -> [String] {
    let ready = ReadyWorkspace(project: project)
    return try session.store.pendingOccurrences().compactMap { pending in
      guard let check = pending.lastCheck, check.end == nil else { return nil }
      return ready.directory(of: pending, check: check.number)
    }
  }
}
