import RefitCore
import RefitExecution
import RefitStore

/// What becomes of a run that takes the orchestrator down with it, again and again.
extension Orchestrator {
  /// The runs in the order in which they are driven: one that somebody has died of comes last, so that all others have
  /// had their turn.
  func drivingOrder(_ runs: [Run]) -> [Run] {
    runs.filter { driveMark.deaths(of: $0) == nil } + runs.filter { driveMark.deaths(of: $0) != nil }
  }

  /// Drives a run with a note that this process is at it; after three deaths in a row at one place without progress the
  /// run fails instead.
  func driveMarked(_ run: Run, _ session: Session, _ drive: (Run) throws -> Run) throws -> Run {
    if let deaths = driveMark.deaths(of: run), deaths.count >= DriveMark.limit {
      let ended = try quarantine(run, deaths, session)
      try driveMark.end(run)
      return ended
    }
    try driveMark.begin(run)
    do {
      let after = try drive(run)
      try driveMark.end(run)
      return after
    } catch {
      // A failure is no death: this process lives to tell it.
      if !error.isInterruption { try driveMark.end(run) }
      throw error
    }
  }

  /// Ends the run as failed; an attempt that is live is told to end, and what it comes to is not looked at.
  private func quarantine(_ run: Run, _ deaths: DriveMark.Deaths, _ session: Session) throws -> Run {
    let reason =
      "Refit died \(deaths.count) times in a row at the same place of this run (\(deaths.point)): it is given up, so "
      + "that everything else goes on."
    var transition: Transition?
    var run = run
    func apply(_ event: RunEvent) {
      let next = RunMachine.apply(event, to: run, at: session.now)
      transition = transition?.followed(by: next) ?? next
      run = next.run
    }
    for attempt in run.attempts where attempt.state.isLive {
      let outcome = try giveUp(project.attempt(attempt.key, of: run.id))
      apply(.attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil))
    }
    apply(.ended(.failed, reason: reason))
    guard let transition else { preconditionFailure("the end of \(run.id) is no transition") }
    try session.store.commit(transition)
    return run
  }

  /// Tells an attempt to end, and does not wait for it. What may still be there of it holds its model.
  private func giveUp(_ directory: String) throws -> AttemptOutcome {
    guard FileBytes.isDirectory(directory),
      try !world.performing(.void, { try world.launcher.void(directory: directory) })
    else { return .givenUp }
    switch try world.launcher.probe(directory: directory) {
    case .running:
      try world.performing(.cancel) { try world.launcher.cancel(directory: directory) }
      return .givenUpAlive
    case .lost(sameBoot: true, _): return .givenUpAlive
    case .ended(let record) where record.reason == .unkillable: return .givenUpAlive
    case .ended, .lost, .void, .notStarted: return .givenUp
    }
  }
}

extension AttemptOutcome {
  fileprivate static let givenUp = AttemptOutcome(
    state: .cancelled, reason: "its run was given up; what it came to was not looked at", isRetriable: false)

  fileprivate static let givenUpAlive = AttemptOutcome(
    state: .unkillable,
    reason: "its run was given up while processes of it were there; they were told to end",
    isRetriable: false)
}
