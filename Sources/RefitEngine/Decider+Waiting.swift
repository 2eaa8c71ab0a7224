import RefitCore
import RefitStore

/// Occurrences that wait: for what their schedule's `ready` asks, or for the end of a live run.
extension Decider {
  /// Why an occurrence that is due is not acted on yet; nil when it is.
  func reasonToWait(_ occasion: Occasion) throws -> String? {
    if let ready = occasion.schedule.ready { return "it waits for \(ready.command)" }
    return try runToAwait(occasion.schedule, of: occasion.model.name).map { "it waits for \($0) to end" }
  }

  /// The live run behind which an occurrence of the schedule queues.
  private func runToAwait(_ schedule: Schedule, of model: Name) throws -> RunID? {
    guard schedule.action == .retrain, schedule.overlap == .queue else { return nil }
    return try store.liveRuns().first { $0.id.model == model }?.id
  }

  func hold(_ occasion: Occasion, because: String, _ report: inout TickReport) throws {
    let isNew = try !store.isRecorded(occasion.nominal, of: occasion.key)
    try store.hold(
      occasion.nominal, of: occasion.key, because: because, passed: occasion.passed,
      localTime: occasion.localTime, nextDue: occasion.next, at: now)
    guard isNew else { return }
    report.held.append(
      .init(
        model: occasion.key.model, schedule: occasion.key.schedule, nominal: occasion.nominal,
        because: because, coalesced: occasion.coalesced))
  }

  /// Takes everything that waits as far as it goes now.
  ///
  /// - Returns: whether anything was decided.
  @discardableResult
  func attendWaiting(_ report: inout TickReport) throws -> Bool {
    report.liveChecks = 0
    let decided = report.decisions.count
    let watch = ReadyWatch(orchestrator: orchestrator, store: store, now: now)
    for abandoned in try store.abandonedChecks() {
      try report.keepingTrouble(of: "a check of \(abandoned.model), schedule \(abandoned.schedule)") { _ in
        try watch.giveUp(abandoned)
      }
    }
    for pending in try store.pendingOccurrences() {
      try report.keepingTrouble(of: "\(pending.model), schedule \(pending.schedule)") {
        try attend(pending, watch, &$0)
      }
    }
    return report.decisions.count > decided
  }

  /// Decides what has queued behind a run that has ended: it is older than what comes due.
  func decideQueued(_ report: inout TickReport) throws {
    let watch = ReadyWatch(orchestrator: orchestrator, store: store, now: now)
    for pending in try store.pendingOccurrences() where pending.isQueued {
      try report.keepingTrouble(of: "\(pending.model), schedule \(pending.schedule)") {
        try attend(pending, watch, &$0)
      }
    }
  }

  private func attend(
    _ pending: PendingOccurrence, _ watch: ReadyWatch, _ report: inout TickReport
  ) throws {
    guard let (model, configuration) = try store.model(pending.model),
      let schedule = model.schedules.first(where: { $0.name == pending.schedule })
    else { preconditionFailure("\(pending.model)/\(pending.schedule) waits, and is not in its model") }
    if let ready = schedule.ready, pending.readyAt == nil {
      switch try watch.attend(pending, ready) {
      case .ready: break
      case .checking:
        report.liveChecks += 1
        return
      case .waiting: return
      case .givenUp(let reason):
        try pass(pending, as: .missed, because: reason, &report)
        return
      }
    }
    if try runToAwait(schedule, of: model.name) != nil {
      try queue(pending, of: schedule, &report)
      return
    }
    let cron = try schedule.resolved(in: orchestrator.timeZones)
    let next = cron.next(after: pending.nominal)
    let occasion = Occasion(
      model: model, configuration: configuration, schedule: schedule, nominal: pending.nominal, passed: [],
      localTime: LocalTime(pending.nominal, in: cron.timeZone), next: next,
      gap: (next ?? pending.nominal + .days(366)) - pending.nominal)
    if let decided = try decide(occasion) { report.decisions.append(decided) }
  }

  /// Of several that queue behind one run the newest stays.
  private func queue(
    _ pending: PendingOccurrence, of schedule: Schedule, _ report: inout TickReport
  ) throws {
    let newest = try store.pendingOccurrences(of: pending.model).filter {
      $0.schedule == schedule.name && (schedule.ready == nil || $0.readyAt != nil)
    }.map(\.nominal).max()
    guard let newest, newest > pending.nominal else {
      return try store.holdUntilRunEnds(pending)
    }
    try pass(
      pending, as: .coalesced, because: "the occurrence of \(newest) took its place in the queue", &report)
  }

  private func pass(
    _ pending: PendingOccurrence, as outcome: PassedOccurrences.Outcome, because: String,
    _ report: inout TickReport
  ) throws {
    guard let passed = PassedOccurrences([pending.nominal], outcome: outcome, because: because) else {
      return
    }
    try store.pass([passed], of: pending.key, through: pending.nominal, nextDue: nil, at: now)
    report.add([passed], of: pending.key)
  }
}
