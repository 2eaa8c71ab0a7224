import RefitCore
import RefitExecution
import RefitStore

/// What a daemon waits for after a turn.
public struct Outlook: Hashable, Sendable {
  /// The next instant at which there is new work though nothing happens until then; nil: none is known.
  public var instant: Instant?
  /// Whether something is due that the turn has not done.
  public var isOverdue = false
  /// The locks of live attempts: whose supervisor ends, closes its own.
  public var locks: Set<String> = []

  public init() {}

  mutating func add(_ instant: Instant?) {
    guard let instant else { return }
    self.instant = min(self.instant ?? instant, instant)
  }
}

extension Orchestrator {
  /// What there is to wait for, by the rows as they are after a turn.
  func outlook(_ session: Session, _ report: TickReport) throws -> Outlook {
    var outlook = Outlook()
    outlook.isOverdue = try session.store.nextDue().map { $0 <= session.now } ?? false
    outlook.add(try session.store.nextDue(after: session.now))
    let ready = ReadyWorkspace(project: project)
    for pending in try session.store.pendingOccurrences() {
      guard let check = pending.lastCheck, check.end == nil else { continue }
      outlook.locks.insert("\(ready.directory(of: pending, check: check.number))/lock")
    }
    for pause in try session.store.openPauses() { outlook.add(pause.until) }
    let driver = RunDriver(orchestrator: self, session: session, slots: 0)
    for run in try session.store.liveRuns() {
      outlook.add(RunMachine.nextInstant(for: run, in: try driver.context(of: run)))
      for attempt in run.attempts where attempt.state.isLive {
        outlook.locks.insert("\(project.attempt(attempt.key, of: run.id))/lock")
      }
    }
    // What a lost attempt left is killed again and again, until nothing is left; its end wakes nobody.
    if report.unsweptAttempts > 0 { outlook.add(session.now + Timespan(seconds: 5)) }
    return outlook
  }
}
