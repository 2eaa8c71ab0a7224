import RefitConfiguration
import RefitConnectors
import RefitCore
import RefitExecution
import RefitStore

/// Evaluates a due schedule: observes, lets the policy decide, and records it with the run that it opens.
struct Decider {
  let orchestrator: Orchestrator
  let store: Store
  let now: Instant

  /// The newest due occurrence of a schedule, and what surrounds it.
  private struct Occasion {
    let model: Model
    let configuration: Digest
    let schedule: Schedule
    let nominal: Instant
    /// Older due occurrences, which this one stands for.
    let coalesced: [Instant]
    let next: Instant?
    /// From this occurrence to the following one.
    let gap: Timespan
  }

  /// Decides the newest due occurrence; the older ones are recorded as coalesced into it.
  ///
  /// - Returns: nil when the schedule has no occurrence up to now, or the occurrence was decided before.
  func decide(_ due: DueSchedule) throws -> TickReport.Decided? {
    guard let occasion = try occasion(of: due) else { return nil }
    let model = occasion.model
    try readObservationFiles(of: model)
    var situation = try situation(at: occasion)
    let facts = ChampionFacts(
      store: store, project: orchestrator.project, vault: orchestrator.vault, now: now)
    let observing = LongWork.observe(
      try facts.observing(model, occasion.configuration, schedule: occasion.schedule.name, situation))
    guard let observed = try observe(observing, model) else { return nil }
    let outcome = observed.outcome
    let read = Set(model.retrain.needs.map(\.metric))
    situation.observations =
      try store.known(model, in: situation) + outcome.observations.filter { read.contains($0.metric) }
    let decision = model.retrain.decide(situation)
    let former = try store.latestDecision(model.name)?.decision
    let recorded = try store.record(
      EvaluationRecord(
        model: model.name, schedule: occasion.schedule.name, nominal: occasion.nominal, now: now,
        coalesced: occasion.coalesced, observations: outcome.observations, situation: situation,
        decision: decision, policyDigest: try CanonicalJSON.digest(of: CanonicalJSON.encode(model.retrain)),
        opening: opening(for: decision, occasion, situation), nextDue: occasion.next, actor: "refit",
        entries: alerts(of: decision, model.name, before: former)))
    try EvidenceWatch(
      project: orchestrator.project, store: store, model: model, now: now, hashed: observed.hashes
    ).check(outcome.files)
    try orchestrator.clear(observing)
    guard case .recorded(let run) = recorded else { return nil }
    return .init(
      model: model.name, schedule: occasion.schedule.name, nominal: occasion.nominal, decision: decision,
      coalesced: occasion.coalesced.count, run: run)
  }

  /// Nil while a process of its own observes; what none could observe is unknown.
  private func observe(_ work: LongWork, _ model: Model) throws -> Observed? {
    guard case .observe(let observing) = work else { preconditionFailure("this observes nothing") }
    let project = orchestrator.project
    let observer = observing.observer(model, in: project, knownAt: now)
    do {
      return try orchestrator.result(of: work, weighing: observing.bytes(model, in: project), at: now) {
        Observed(outcome: observer.observe())
      }
    } catch let error as DataError {
      return Observed(outcome: observer.unreadable(error))
    }
  }

  private func occasion(of due: DueSchedule) throws -> Occasion? {
    guard let (model, digest) = try store.model(due.model),
      let schedule = model.schedules.first(where: { $0.name == due.schedule })
    else { preconditionFailure("the due schedule \(due.model)/\(due.schedule) is not in its model") }
    let cron = try schedule.resolved()
    let before = Instant(microseconds: due.nextDue.microseconds - 1)
    let underWay = try orchestrator.nominalUnderWay(model.name, schedule.name)
    let horizon = underWay.map { $0 >= due.nextDue ? min($0, now) : now } ?? now
    let occurrences = cron.occurrences(after: before, through: horizon, limit: .max)
    guard let nominal = occurrences.last else { return nil }
    return Occasion(
      model: model, configuration: digest, schedule: schedule, nominal: nominal,
      coalesced: Array(occurrences.dropLast()), next: cron.next(after: horizon),
      gap: (cron.next(after: nominal) ?? nominal + .days(366)) - nominal)
  }

  /// What is known at the occasion, the observations aside.
  private func situation(at occasion: Occasion) throws -> Situation {
    let model = occasion.model
    let facts = ChampionFacts(
      store: store, project: orchestrator.project, vault: orchestrator.vault, now: now)
    var situation = Situation(
      model: model.name, mode: model.mode, now: now, nominal: occasion.nominal,
      action: occasion.schedule.action, gap: occasion.gap, champion: try facts.champion(of: model.name),
      lastJudged: try store.lastRun(model.name, in: [.promoted, .judged, .refused, .rejected]),
      lastFailed: try store.lastRun(model.name, in: [.failed]),
      liveRun: try store.liveRun(of: model.name),
      heldAttempt: try orchestrator.heldAttempts.first(of: model.name, in: store),
      pause: try orchestrator.pauses(in: store).decisive(for: model.name, at: now))
    if let champion = situation.champion {
      situation.earlierEvaluations = try store.decidedEvaluations(
        model.name, schedule: occasion.schedule.name, since: champion.promotedAt,
        newest: model.retrain.needs.map(\.evaluations).max() ?? 1)
    }
    return situation
  }

  /// The run that a decision to retrain opens.
  private func opening(
    for decision: Decision, _ occasion: Occasion, _ situation: Situation
  ) -> RunOpening? {
    guard decision.verdict == .retrain else { return nil }
    return RunOpening(
      trigger: .schedule(occasion.schedule.name, nominal: occasion.nominal), because: decision.sentence,
      model: occasion.model, configuration: occasion.configuration,
      interval: .forRun(
        nominal: occasion.nominal, matures: occasion.model.feedback?.matures ?? .zero,
        championTrainedTo: situation.champion?.intervalEnd),
      knownAt: now)
  }

  /// Alerts people when a policy that could decide no longer can: unknown is not healthy.
  private func alerts(of decision: Decision, _ model: Name, before former: Decision?) -> [LedgerEntry] {
    guard decision.verdict == .unknown, former?.verdict != .unknown else { return [] }
    let sentence = "the policy of \(model) can't decide: \(decision.sentence)"
    return [
      LedgerEntry(
        kind: .alert, model: model, run: nil, actor: "refit", at: now, payload: ["sentence": .text(sentence)])
    ]
  }

  /// Takes up what other systems have observed. A file that can't be used is an event, not an end.
  func readObservationFiles(of model: Model) throws {
    let directory = orchestrator.project.monitoring(model.name)
    guard FileBytes.exists(directory) else { return }
    var known: [String: ObservationMemory.ReadThrough] = [:]
    for name in try FileBytes.names(in: directory) {
      let path = orchestrator.project.relative("\(directory)/\(name)")
      known[path] = try store.known(path).map {
        .init(bytes: $0.bytes, modified: $0.modified, inode: $0.inode, digest: $0.digest)
      }
    }
    let memory = ObservationMemory(known: known) { FileDigest.digest(of: $0) }
    let reading = ObservationFiles.read(
      directory: directory, relativeTo: orchestrator.project.root, now: now, memory: memory)
    try store.append(reading.observations, model: model.name)
    for (name, read) in reading.readThrough.sorted(by: { $0.key < $1.key }) {
      try store.record(
        DataFile(
          path: name, bytes: read.bytes, modified: read.modified, inode: read.inode, digest: read.digest,
          firstReadAt: store.known(name)?.firstReadAt ?? now))
    }
    try tellRejections(reading.rejections.map(\.description), of: model.name)
  }

  /// Records what was wrong with files of observations, once for as long as it stays the same.
  private func tellRejections(_ sentences: [String], of model: Name) throws {
    guard !sentences.isEmpty else { return }
    let payload: Payload = ["rejections": .list(sentences.map(Payload.text))]
    let last = try store.events(LedgerFilter(model: model, kind: .observationsRejected), limit: 1).last
    guard last?.payload != payload.json else { return }
    try store.append([
      LedgerEntry(
        kind: .observationsRejected, model: model, run: nil, actor: "refit", at: now, payload: payload)
    ])
  }
}
