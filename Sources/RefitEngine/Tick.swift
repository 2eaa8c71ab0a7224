import RefitConfiguration
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

  /// Occurrences that were recorded without being acted on.
  public struct Passed: Sendable {
    public let model: Name
    public let schedule: Name
    public let occurrences: PassedOccurrences
  }

  /// An occurrence that has begun to wait.
  public struct Held: Sendable {
    public let model: Name
    public let schedule: Name
    public let nominal: Instant
    /// What it waits for: `it waits for jobs/landed`.
    public let because: String
    /// Older occurrences that this one stands for.
    public let coalesced: Int
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
  public var passed: [Passed] = []
  public var held: [Held] = []
  /// Checks of what occurrences wait for that go on when the tick ends.
  public var liveChecks = 0
  public var moved: [Moved] = []
  /// Attempts that are running when the tick ends.
  public var liveAttempts = 0
  /// Runs that wait for no job and no person: a retry's backoff has yet to end.
  public var waitingRuns = 0
  /// What there is to wait for; only where the process waits.
  public var outlook: Outlook?
  /// Live runs that a pause holds up.
  public var heldRuns: [RunID] = []
  /// What else people are to know, each in one sentence: a pause that was noticed or has ended.
  public var news: [String] = []
  /// Long work that processes of Refit's own are at when the tick ends.
  public var workUnderWay = 0
  /// What kept a run or a schedule from going on, each in one sentence; all others went on.
  public var troubles: [String] = []
  /// Why `refit.yaml` as it is now is not in force, and the last good one is.
  public var configurationTrouble: ConfigurationError?
  /// Another tick was at work, so that this one did nothing.
  public var wasBusy = false
}

extension TickReport {
  mutating func add(_ passed: [PassedOccurrences], of key: ScheduleKey) {
    self.passed += passed.map { Passed(model: key.model, schedule: key.schedule, occurrences: $0) }
  }

  /// Runs a part of the tick; when it fails, its trouble is kept and the other parts go on. What is wrong
  /// with the database is everybody's trouble, and ends the tick; so does a stop at a fail point.
  mutating func keepingTrouble(of subject: String, _ body: (inout TickReport) throws -> Void)
    throws
  {
    do {
      try body(&self)
    } catch let error as StoreError where error.concernsTheDatabase {
      throw error
    } catch let stop as Interruption {
      throw stop
    } catch {
      troubles.append("\(subject): \(error)")
    }
  }
}

extension TickReport {
  /// Says what was done and what then went wrong, where something did.
  func failOnTrouble(after deed: String) throws(EngineError) {
    guard !troubles.isEmpty else { return }
    throw .system("\(deed), but: \(troubles.joined(separator: "; "))")
  }
}

extension Orchestrator {
  /// One turn: publish what is not published, decide what is due, and take every live run as far as it goes. After a
  /// second of work others who wait for the lock have their turn, and then it goes on.
  ///
  /// - Parameter instant: the time, for a project with a simulated clock; nil for the wall clock.
  /// - Throws: what stopped it. Another tick at work is no error: the report says so.
  public func tick(at instant: Instant? = nil) throws(EngineError) -> TickReport {
    var report = TickReport(now: instant ?? world.now())
    var agenda = Agenda()
    (workAsked, workUnderWay, unswept) = ([], [], 0)
    do {
      var clock = try write(at: instant.map { .simulated($0) } ?? .tick, patience: .zero) { session in
        // Its time is that of the newest tick, for whoever asks whether anybody ticks.
        try FileBytes.touch(project.writerLock)
        if session.clock == .simulated {
          try world.performing(.setSimulatedClock) {
            try FileBytes.write(Array(session.now.description.utf8), to: project.simulatedClock)
          }
        }
        try turn(session, &agenda, &report)
        // Only who has held the lock throughout knows that nobody else has ordered work meanwhile.
        if !agenda.isInterrupted, report.troubles.isEmpty { try clearForgottenWork() }
        return session.clock
      }
      while agenda.isInterrupted {
        agenda.goOn()
        // Another tick may have set the simulated clock meanwhile.
        clock = try write(
          at: clock == .simulated ? .current : .tick, patience: Self.patience, .afterOthers
        ) { session in
          try turn(session, &agenda, &report)
          return session.clock
        }
      }
      report.workUnderWay = workUnderWay.count
      if hasLaunched { try wakeDaemon() }
    } catch .busy {
      // Who took the lock in between and keeps it finds what is left as this one would.
      report.wasBusy = !agenda.hasBegun
    }
    return report
  }

  private func turn(_ session: Session, _ agenda: inout Agenda, _ report: inout TickReport) throws {
    report.now = session.now
    report.configurationTrouble = session.trouble
    if openStore.takeExchange() {
      report.news.append("\(project.database) is not the file that it was: what it holds now is in force")
    }
    try publish(session, &report)
    try notePauses(session, &report)
    try followZoneData(session, &report)
    let isClockRight = try watchClock(session, &report)
    let decider = Decider(orchestrator: self, store: session.store, now: session.now)
    if isClockRight { try decideDue(decider, session, &agenda, &report) }
    try advance(session, &agenda, &report)
    // What has waited for a run's end is decided now, not at the next tick.
    if isClockRight, report.moved.contains(where: { !$0.state.isLive }), try decider.attendWaiting(&report) {
      try advance(session, &agenda, &report)
    }
    if wakeWatch != nil { report.outlook = try outlook(session) }
  }

  /// Decides all that is due, and looks after what waits.
  private func decideDue(
    _ decider: Decider, _ session: Session, _ agenda: inout Agenda, _ report: inout TickReport
  ) throws {
    try decider.decideQueued(&report)
    // What was decided late may be due again by now.
    var hasTaken: Bool
    repeat {
      hasTaken = false
      for due in try session.store.dueSchedules(at: session.now)
      where agenda.takes(.schedule(due), session.pace) {
        hasTaken = true
        try report.keepingTrouble(of: "\(due.model), schedule \(due.schedule)") {
          try decider.decide(due, &$0)
        }
      }
    } while hasTaken
    try decider.attendWaiting(&report)
  }

  /// Drives all live runs that the agenda takes, a certain one first, and publishes what was promoted.
  func advance(
    _ session: Session, _ agenda: inout Agenda, first: RunID? = nil, _ report: inout TickReport
  ) throws {
    do {
      try driveAll(session, &agenda, first: first, &report)
      try driveMark.close()
    } catch {
      // Who was stopped at a fail point is dead, and cleans nothing up.
      if !error.isInterruption { driveMark.forget() }
      throw error
    }
    if report.moved.contains(where: { $0.state == .promoted }) { try publish(session, &report) }
  }

  private func driveAll(
    _ session: Session, _ agenda: inout Agenda, first: RunID?, _ report: inout TickReport
  ) throws {
    let live = try session.store.liveRuns()
    let attempts = live.reduce(0) { $0 + $1.attempts.count { $0.state.isLive } }
    let driver = RunDriver(
      orchestrator: self, session: session, slots: max(0, session.concurrency - attempts))
    try driveMark.open()
    let runs = drivingOrder(live)
    for before in runs.filter({ $0.id == first }) + runs.filter({ $0.id != first })
    where agenda.takes(.run(before.id), session.pace) {
      try report.keepingTrouble(of: before.id.description) { report in
        let after = try driveMarked(before, session, driver.drive)
        let live = after.attempts.count { $0.state.isLive }
        report.liveAttempts += live
        if driver.held.contains(after.id) {
          report.heldRuns.append(after.id)
        } else if after.state == .running, live == 0 {
          report.waitingRuns += 1
        }
        if after.state != before.state {
          report.moved.append(
            .init(run: after.id, state: after.state, reason: after.reason, candidate: after.candidate))
        }
      }
    }
  }

  /// Lets each model's link lead to its champion, where it does not.
  func publish(_ session: Session, _ report: inout TickReport) throws {
    let publisher = Publisher(project: project, vault: vault)
    let unpublished = Set(try session.store.unpublished().map(\.version))
    for header in try session.store.models() {
      guard let number = header.champion else { continue }
      let id = VersionID(model: header.name, number: number)
      guard unpublished.contains(id) || publisher.publishedVersion(of: header.name) != number else {
        continue
      }
      try report.keepingTrouble(of: "\(id) can't be published") { _ in
        guard let version = try session.store.version(id) else {
          preconditionFailure("champion \(id) has no version")
        }
        try world.performing(.publish) { try publisher.publish(version) }
        if unpublished.contains(id) {
          try session.store.recordPublished(id.model, version: number, at: session.now)
        }
      }
    }
  }
}

extension Error {
  /// Whether it is the orchestrator's sudden end at a fail point.
  var isInterruption: Bool {
    if let error = self as? StoreError, case .interrupted = error { return true }
    return self is Interruption
  }
}
