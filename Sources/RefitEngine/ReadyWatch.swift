import RefitCore
import RefitExecution
import RefitStore

/// Checks whether what an occurrence waits for is there: each check is a command under a supervisor of its own, begun
/// by one tick and asked after by the next ones.
struct ReadyWatch {
  let orchestrator: Orchestrator
  let store: Store
  let now: Instant

  enum Standing {
    case ready, checking, waiting
    case givenUp(String)
  }

  private var world: World { orchestrator.world }
  private var workspace: ReadyWorkspace { ReadyWorkspace(project: orchestrator.project) }

  /// Takes the checks of an occurrence that is not ready yet as far as they go now.
  func attend(_ pending: PendingOccurrence, _ rule: ReadyRule) throws -> Standing {
    var pending = pending
    if let check = pending.lastCheck, check.end == nil {
      guard let end = try end(of: check, pending, rule) else { return .checking }
      pending.lastCheck?.end = end
      try store.recordEnd(end, of: check, pending, attendAt: attention(for: pending, rule))
      if end.outcome == .ready { return .ready }
    }
    switch rule.step(for: pending, at: now) {
    case .attend, .wait: return .waiting
    case .giveUp(let reason): return .givenUp(reason)
    case .check:
      // One at a time: another occurrence of the schedule is being asked after.
      guard try !store.hasLiveCheck(pending.key) else { return .waiting }
      return try begin(pending, rule)
    }
  }

  /// Ends the check of an occurrence that waits no more.
  func giveUp(_ pending: PendingOccurrence) throws {
    guard let check = pending.lastCheck else { return }
    var command = command(of: check, pending, timeout: ReadyRule.longestTimeout)
    command.wish = .giveUp
    switch try orchestrator.attend(command) {
    case .running:
      try world.performing(.cancel) { try world.launcher.cancel(directory: command.directory) }
    case .pending, .startable: break
    case .over(.recorded): try record("given up: its occurrence waits no more", of: check, pending)
    case .over(.unrecorded(let end)): try record(end.reason, of: check, pending)
    }
  }

  private func record(_ sentence: String, of check: ReadyCheck, _ pending: PendingOccurrence) throws {
    try store.recordEnd(
      .init(at: now, outcome: .failed, sentence: sentence), of: check, pending, attendAt: nil)
  }

  /// When a daemon is to look again.
  private func attention(for pending: PendingOccurrence, _ rule: ReadyRule) -> Instant {
    if case .wait(let instant) = rule.step(for: pending, at: now) { return instant }
    return now
  }

  // MARK: - One check

  private func begin(_ pending: PendingOccurrence, _ rule: ReadyRule) throws -> Standing {
    let check = ReadyCheck(number: pending.checks + 1, token: world.newToken(), startedAt: now)
    try launch(check, of: pending, rule)
    return .checking
  }

  /// Records the check, and starts its supervisor once that is durable.
  private func launch(_ check: ReadyCheck, of pending: PendingOccurrence, _ rule: ReadyRule) throws {
    if check.launches == 1 {
      try world.performing(.prepareCheck) { try workspace.prepare(pending, check: check.number) }
    }
    // Its end wakes who waits; this is for the case that it has none.
    let limit = now + rule.timeout + ReadyWorkspace.grace + .minutes(2)
    try store.recordCheck(check, of: pending, attendAt: limit)
    try orchestrator.launch(workspace.order(pending, rule, check))
  }

  private func command(
    of check: ReadyCheck, _ pending: PendingOccurrence, timeout: Timespan
  ) -> Supervised {
    Supervised(
      directory: workspace.directory(of: pending, check: check.number), launches: check.launches,
      limit: Timespan(seconds: timeout.seconds + ReadyWorkspace.grace.seconds), token: { check.token })
  }

  /// How the check ended; nil while it goes on.
  private func end(
    of check: ReadyCheck, _ pending: PendingOccurrence, _ rule: ReadyRule
  ) throws -> ReadyCheck.End? {
    let command = command(of: check, pending, timeout: rule.timeout)
    switch try orchestrator.attend(command) {
    case .running, .pending: return nil
    case .startable:
      var again = check
      again.launches += 1
      try launch(again, of: pending, rule)
      return nil
    case .over(.recorded(let record)):
      return .init(
        at: now, outcome: record.checkOutcome,
        sentence: record.sentence(of: rule, lastWords: workspace.lastWords(in: command.directory)))
    case .over(.unrecorded(let end)): return .init(at: now, outcome: .failed, sentence: end.reason)
    }
  }
}

extension ExitRecord {
  fileprivate var checkOutcome: ReadyCheck.Outcome {
    guard reason == .exited, let exitCode else { return .failed }
    return exitCode == 0 ? .ready : .notReady
  }

  /// `exit 1: no file yet`.
  fileprivate func sentence(of rule: ReadyRule, lastWords: String?) -> String {
    let said = lastWords.map { ": \($0)" } ?? ""
    switch reason {
    case .exited: return "exit \(exitCode.map(String.init) ?? "?")\(said)"
    case .signalled: return "killed by signal \(signal.map(String.init) ?? "?")\(said)"
    case .timedOut: return "it took longer than \(rule.timeout)\(said)"
    case .outOfMemory: return "out of memory\(said)"
    case .cancelled: return "cancelled\(said)"
    case .unkillable: return "processes of it were still there after KILL\(said)"
    case .notStarted: return "'\(rule.run[0])' could not be started: \(error ?? "the reason is not known")"
    }
  }
}
