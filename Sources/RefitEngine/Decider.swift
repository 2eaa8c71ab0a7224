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

  /// A due occurrence that is acted on, and what surrounds it.
  struct Occasion {
    let model: Model
    let configuration: Digest
    let schedule: Schedule
    let nominal: Instant
    /// Older due occurrences, which nobody acts on.
    let passed: [PassedOccurrences]
    /// What the schedule's clock shows at the occurrence.
    let localTime: LocalTime
    /// When the schedule is due next, once this one is recorded.
    let next: Instant?
    /// From this occurrence to the following one.
    let gap: Timespan

    var key: ScheduleKey { ScheduleKey(model: model.name, schedule: schedule.name) }

    /// How many older occurrences it stands for.
    var coalesced: Int { passed.reduce(0) { $0 + ($1.outcome == .coalesced ? $1.count : 0) } }
  }

  /// Acts on what is due of a schedule as its misfire rule says, the oldest first. What nobody acts on is recorded in
  /// one transaction with the first that is.
  func decide(_ due: DueSchedule, _ report: inout TickReport) throws {
    guard let (model, configuration) = try store.model(due.model),
      let schedule = model.schedules.first(where: { $0.name == due.schedule })
    else { preconditionFailure("the due schedule \(due.model)/\(due.schedule) is not in its model") }
    let cron = try schedule.resolved(in: orchestrator.timeZones)
    // What is being observed is decided as it was begun, whatever has come due since.
    let underWay = try orchestrator.nominalUnderWay(model.name, schedule.name)
    let horizon = underWay.map { $0 >= due.nextDue ? min($0, now) : now } ?? now
    let occurrences = DueOccurrences(due, of: schedule, cron, at: horizon)
    if occurrences.acted.isEmpty {
      try store.pass(
        occurrences.passed, of: due.key, through: horizon,
        localTime: occurrences.passed.last.map { LocalTime($0.last, in: cron.timeZone) },
        nextDue: cron.next(after: horizon), at: now)
      report.add(occurrences.passed, of: due.key)
    }
    for (index, nominal) in occurrences.acted.enumerated() {
      let occasion = Occasion(
        model: model, configuration: configuration, schedule: schedule, nominal: nominal,
        passed: index == 0 ? occurrences.passed : [], localTime: LocalTime(nominal, in: cron.timeZone),
        next: occurrences.next(after: index),
        gap: (cron.next(after: nominal) ?? nominal + .days(366)) - nominal)
      if let reason = try reasonToWait(occasion) {
        try hold(occasion, because: reason, &report)
      } else if let decided = try decide(occasion) {
        report.decisions.append(decided)
      } else if try !store.isRecorded(nominal, of: due.key) {
        // A process of its own observes: the later ones wait for their turn.
        return
      }
      report.add(occasion.passed, of: due.key)
    }
  }

  /// Observes, decides and records.
  ///
  /// - Returns: nil when the occurrence had been recorded before.
  func decide(_ occasion: Occasion) throws -> TickReport.Decided? {
    let model = occasion.model
    guard try !store.isRecorded(occasion.nominal, of: occasion.key) else {
      try store.pass(
        occasion.passed, of: occasion.key, through: occasion.nominal, localTime: occasion.localTime,
        nextDue: occasion.next, at: now)
      return nil
    }
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
        passed: occasion.passed, observations: outcome.observations, situation: situation,
        decision: decision, policyDigest: try CanonicalJSON.digest(of: CanonicalJSON.encode(model.retrain)),
        opening: opening(for: decision, occasion, situation), localTime: occasion.localTime,
        nextDue: occasion.next, actor: "refit",
        entries: alerts(of: decision, model.name, before: former)))
    try EvidenceWatch(
      project: orchestrator.project, store: store, model: model, now: now, hashed: observed.hashes
    ).check(outcome.files)
    try orchestrator.clear(observing)
    guard case .recorded(let run) = recorded else { return nil }
    return .init(
      model: model.name, schedule: occasion.schedule.name, nominal: occasion.nominal, decision: decision,
      coalesced: occasion.coalesced, run: run)
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
    if let accepted = try store.clock().acceptedAt { situation.bring(back: accepted) }
    if let champion = situation.champion {
      situation.earlierEvaluations = try store.decidedEvaluations(
        model.name, schedule: occasion.schedule.name, since: champion.promotedAt, before: occasion.nominal,
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
