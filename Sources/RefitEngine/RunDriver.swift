import RefitCore
import RefitExecution
import RefitStore

/// Takes one live run as far as it can go now: derives the steps that are due, carries them out, commits what came
/// of them, and asks again.
final class RunDriver: RunReading {
  let orchestrator: Orchestrator
  let store: Store
  let now: Instant
  private let clock: Project.Clock
  /// Runs that it has driven as far as a pause lets them go.
  private(set) var held: Set<RunID> = []
  /// Attempts that may still be started on this machine.
  var slots: Int
  let workspace: AttemptWorkspace
  var world: World { orchestrator.world }
  var project: ProjectDirectory { orchestrator.project }
  var vault: ArtifactVault { orchestrator.vault }

  /// - Parameter slots: how many attempts may be started on this machine.
  init(orchestrator: Orchestrator, session: Orchestrator.Session, slots: Int) {
    self.orchestrator = orchestrator
    store = session.store
    now = session.now
    clock = session.clock
    self.slots = slots
    workspace = AttemptWorkspace(project: orchestrator.project, vault: orchestrator.vault)
  }

  /// Drives the run until nothing more can be done now, and returns it as it is then.
  func drive(_ run: Run) throws -> Run {
    var run = run
    while run.state.isLive {
      if run.state == .queued, try isHeldUp(run) { break }
      let context = try context(of: run)
      let steps = RunMachine.steps(for: run, in: context)
      if RunMachine.isHeld(run, in: context) { held.insert(run.id) }
      var work = Work(run: run)
      for step in steps {
        orchestrator.driveMark.reach(step)
        try carryOut(step, &work, context)
      }
      guard let transition = work.transition else { break }
      // Before the end is recorded: afterwards nobody would come back to it.
      if !transition.run.state.isLive { try workspace.clear(run) }
      do {
        try store.commit(transition)
      } catch StoreError.championChanged {
        // Another champion serves since the steps were derived: derive them again.
        continue
      }
      run = transition.run
      for finished in work.finished { try orchestrator.clear(finished) }
      for order in work.launches { try orchestrator.launch(order) }
    }
    return run
  }

  /// Whether processes of an earlier run of the model could not be killed and are still there.
  private func isHeldUp(_ run: Run) throws -> Bool {
    guard !run.cancelRequested else { return false }
    return try orchestrator.heldAttempts.first(of: run.id.model, in: store) != nil
  }

  /// What has come of one round of steps: one write, and the attempts to start once it is durable.
  struct Work {
    var run: Run
    var transition: Transition?
    var launches: [LaunchOrder] = []
    /// Long work whose result is part of the write.
    var finished: [LongWork] = []

    mutating func add(_ next: Transition) {
      transition = transition?.followed(by: next) ?? next
      run = next.run
    }

    mutating func apply(_ event: RunEvent, at now: Instant) {
      add(RunMachine.apply(event, to: run, at: now))
    }
  }

  func context(of run: Run) throws -> RunMachine.Context {
    let champion = try store.champion(run.id.model)
    let report = try store.gateReport(run.id)
    var context = RunMachine.Context(now: now)
    context.pause = try orchestrator.pauses(in: store).decisive(for: run.id.model, at: now)
    context.champion = try champion.flatMap { try store.version($0.version) }
    context.report = report?.report
    context.reportedAt = report?.judgedAt
    if let holdout = run.holdout {
      context.scoredVersions = try store.scoredVersions(run.id.model, holdout: holdout)
    }
    if run.state == .awaitingApproval, let report, let candidate = run.candidate,
      let version = try store.version(VersionID(model: run.id.model, number: candidate))
    {
      context.isApproved = try store.approvals(run.id).contains {
        $0.artifact == version.model && $0.gateReport == report.digest
          && $0.configuration == run.configuration
      }
    }
    return context
  }

  private func carryOut(_ step: RunStep, _ work: inout Work, _ context: RunMachine.Context) throws {
    switch step {
    case .freezeHoldout: try freezeHoldout(&work)
    case .begin: work.apply(.begun, at: now)
    case .launch(let attempt): try launch(attempt, &work)
    case .attend(let attempt): try attend(attempt, &work, context)
    case .cancel(let attempt):
      let directory = orchestrator.project.attempt(attempt.key, of: work.run.id)
      try world.performing(.cancel) { try world.launcher.cancel(directory: directory) }
    case .enterGates: work.apply(.gatesEntered, at: now)
    case .judge: try judge(&work, context)
    case .judgeAgain: work.apply(.judgedAnew, at: now)
    case .awaitApproval: work.apply(.approvalAwaited, at: now)
    case .promote: try promote(&work, context)
    case .end(let state, let reason): work.apply(.ended(state, reason: reason), at: now)
    }
  }

  private func freezeHoldout(_ work: inout Work) throws {
    let run = work.run
    _ = try store.drawKey(run.id.model) { orchestrator.newDrawKey(of: run.id.model, clock: clock) }
    let freezing = LongWork.freeze(run.id, knownAt: run.knownAt)
    do {
      let bytes = try sourceBytes(of: run)
      let frozen = try result(of: freezing, weighing: bytes, &work) {
        try world.performing(.freezeHoldout) { try freeze(run) }
      }
      guard let frozen else { return }
      work.apply(.holdoutFrozen(frozen.holdout, uses: frozen.uses), at: now)
    } catch let error as DataError {
      work.apply(.ended(.failed, reason: "The holdout could not be frozen: \(error)."), at: now)
    }
  }

  private func promote(_ work: inout Work, _ context: RunMachine.Context) throws {
    let run = work.run
    guard let number = run.candidate,
      let version = try store.version(VersionID(model: run.id.model, number: number))
    else { preconditionFailure("\(run.id) has no candidate to promote") }
    let judged = [version.model, version.code, run.holdout].compactMap(\.self)
    let verifying = LongWork.verify(run.id, judged)
    do {
      let verified = try result(of: verifying, weighing: bytes(of: judged), &work) {
        try verify(judged)
      }
      guard verified != nil else { return }
    } catch let error as DataError {
      work.apply(.ended(.failed, reason: "What was judged is not what would be promoted: \(error)."), at: now)
      return
    }
    let isApproved = context.isApproved
    let approver = try isApproved ? store.approvals(run.id).last?.actor : nil
    let gates = context.report?.results.isEmpty == true ? "no gate was asked for" : "all gates passed"
    let because = isApproved ? "\(gates), and \(approver ?? "a person") approved it" : gates
    let promotion = Promotion(
      kind: .promotion, version: number, previous: context.champion?.id.number, run: run.id.number, at: now,
      actor: approver ?? "refit", because: because)
    work.apply(.promoted(promotion), at: now)
  }

  // MARK: - Attempts

  private func launch(_ attempt: Attempt, _ work: inout Work) throws {
    guard slots > 0 else { return }
    let run = work.run
    let job = try job(of: attempt, run)
    let places = Set(["jobs"] + run.model.pipeline.jobs.compactMap { workspace.codePath(of: $0) })
    let code = try orchestrator.codeState.state(of: places.sorted(), at: now)
    let facts = AttemptFacts(
      directory: orchestrator.project.relative(orchestrator.project.attempt(attempt.key, of: run.id)),
      arguments: job.run, variables: job.variables.keys.sorted(),
      seed: seed(of: job, run), token: world.newToken(), host: world.host, commit: code?.commit,
      diff: code?.diff?.digest)
    var uses = try reads(attempt, job, run)
    if let diff = code?.diff {
      uses.append(
        ArtifactUse(
          artifact: diff, direction: .input, role: .code, name: "uncommitted changes", attempt: attempt.key))
    }
    try makeRoom(for: attempt, of: run)
    if run.attempts.isEmpty, let reference = try reference(of: run) { uses.append(reference) }
    // What takes long to copy is copied once the attempt is recorded, and is launched then.
    let isLong = orchestrator.isLong(uses.reduce(0) { $0 + $1.artifact.bytes })
    var attempt = attempt
    if isLong { attempt.launches = 0 }
    work.apply(.planned(attempt, facts, uses: uses), at: now)
    if isLong { slots -= 1 } else { try start(attempt, job, facts, &work) }
  }

  /// A new attempt never adopts what lies in its directory. What no supervisor has claimed is our own half-made copy of
  /// its inputs, which a crash left before the attempt was recorded: it goes. Anything else is of a database that was
  /// restored since, and is kept beside it.
  private func makeRoom(for attempt: Attempt, of run: Run) throws {
    let directory = orchestrator.project.attempt(attempt.key, of: run.id)
    guard FileBytes.exists(directory) else { return }
    switch try world.launcher.probe(directory: directory) {
    case .running:
      throw EngineError.system("an attempt that the record does not know still runs in \(directory)")
    case .notStarted: try workspace.discard(attempt, of: run)
    case .void, .ended, .lost: try FileBytes.moveAside(directory)
    }
  }

  /// Prepares the attempt and queues its start; what can't be prepared is a failed attempt. Where storage fails
  /// nothing is recorded, and the next tick tries again.
  private func start(
    _ attempt: Attempt, _ job: Job, _ facts: AttemptFacts, _ work: inout Work
  ) throws {
    do {
      let inputs = try inputs(of: attempt, job, work.run)
      try world.performing(.prepareAttempt) {
        try workspace.prepare(attempt, of: work.run, inputs: inputs)
      }
      var order = try workspace.order(for: attempt, job: job, of: work.run, facts: facts)
      order.sandbox = try workspace.view(of: attempt, job: job, run: work.run, inputs: inputs)
      work.launches.append(order)
      slots -= 1
    } catch let error as DataError {
      if error.origin == .machine { throw EngineError.system(error.description) }
      let outcome = AttemptOutcome(state: .failed, reason: error.description, isRetriable: false)
      work.apply(.attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil), at: now)
    }
  }

  private func attend(_ attempt: Attempt, _ work: inout Work, _ context: RunMachine.Context) throws {
    let run = work.run
    let job = try job(of: attempt, run)
    let command = Supervised(
      directory: orchestrator.project.attempt(attempt.key, of: run.id), launches: attempt.launches,
      hasRun: attempt.state == .running, wish: isDoomed(run) ? .giveUp : .run,
      limit: Timespan(seconds: job.timeout.seconds + job.grace.seconds),
      token: { try self.facts(of: attempt, run).token })
    switch try orchestrator.attend(command) {
    case .running:
      if attempt.state == .launching { work.apply(.attemptRunning(attempt.key), at: now) }
    case .pending: break
    case .startable: try relaunch(attempt, job, &work, context)
    case .over(.recorded(let record)):
      if try collect(attempt, job, record, &work) { slots += 1 }
    case .over(.unrecorded(let end)):
      // Nobody but us can tidy up after it.
      if end == .lost { try workspace.clearTemporary(attempt, of: run) }
      let outcome = AttemptOutcome(of: end)
      work.apply(.attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil), at: now)
      slots += 1
    }
  }

  func facts(of attempt: Attempt, _ run: Run) throws -> AttemptFacts {
    guard let facts = try store.facts(run.id, attempt: attempt.key) else {
      preconditionFailure("\(run.id) has no facts of attempt \(attempt.key)")
    }
    return facts
  }

  /// Whether what the run's attempts still do is of no use.
  private func isDoomed(_ run: Run) -> Bool {
    run.cancelRequested || run.failedJob(at: now) != nil
  }

  private func relaunch(
    _ attempt: Attempt, _ job: Job, _ work: inout Work, _ context: RunMachine.Context
  ) throws {
    // Its command has not started, and does not start while the model is paused.
    guard context.pause == nil else { return }
    guard try isPrepared(attempt, job, &work) else { return }
    work.apply(.relaunched(attempt.key), at: now)
    slots += 1
    try start(attempt, job, facts(of: attempt, work.run), &work)
  }

  /// Reads what an ended attempt left, seals it, and makes the candidate a version; false while it is being sealed.
  private func collect(
    _ attempt: Attempt, _ job: Job, _ record: ExitRecord, _ work: inout Work
  ) throws -> Bool {
    let run = work.run
    var outcome = AttemptOutcome(of: record, job: job)
    var outputs = AttemptOutputs()
    var candidate: Version?
    if outcome.state == .succeeded {
      do {
        guard let sealed = try sealed(attempt, &work) else {
          if attempt.state == .launching { work.apply(.attemptRunning(attempt.key), at: now) }
          return false
        }
        outputs = sealed
      } catch let error as DataError {
        outcome = AttemptOutcome(
          state: run.cancelRequested ? .cancelled : .failed, reason: error.description)
      }
    }
    if outcome.state == .succeeded, job.kind == .train {
      do { candidate = try version(from: outputs, job, run) } catch let error as DataError {
        // Training again would not change the code that is in the way.
        outcome = AttemptOutcome(state: .failed, reason: error.description, isRetriable: false)
        outputs = AttemptOutputs()
      }
    }
    if let log = try log(of: attempt, run) { outputs.uses.append(log) }
    if let candidate, let code = candidate.code {
      let artifact = Artifact(digest: code, form: .tree, bytes: 0)
      outputs.uses.append(
        ArtifactUse(
          artifact: artifact, direction: .output, role: .code, name: candidate.codePath ?? "code",
          attempt: attempt.key))
    }
    work.apply(
      .attemptEnded(attempt.key, outcome, record: record, uses: outputs.uses, candidate: candidate), at: now)
    return true
  }

  private func version(from outputs: AttemptOutputs, _ train: Job, _ run: Run) throws -> Version {
    guard let model = outputs.model else {
      preconditionFailure("a train job without model passed the sealer")
    }
    let score = run.model.pipeline.score
    let path = score.flatMap { workspace.codePath(of: $0) }
    var code: Digest?
    if let path {
      let source = orchestrator.project.absolute(path)
      do { code = try orchestrator.vault.seal(source).digest } catch {
        if error.isOfStorage(sealing: source) { throw error }
        throw DataError("the scoring code '\(path)' can't be sealed: \(error)")
      }
    }
    let number = try store.nextVersionNumber(run.id.model)
    return Version(
      id: VersionID(model: run.id.model, number: number), run: run.id, model: model.digest, code: code,
      codePath: path, score: score, training: outputs.training?.digest, trainingID: train.id,
      interval: run.interval, sealedAt: now, parameters: outputs.parameters, metrics: outputs.metrics)
  }

  private func log(of attempt: Attempt, _ run: Run) throws -> ArtifactUse? {
    let path = "\(orchestrator.project.attempt(attempt.key, of: run.id))/log"
    guard FileBytes.exists(path) else { return nil }
    return ArtifactUse(
      artifact: try FileDigest.artifact(at: path), direction: .output, role: .log,
      name: orchestrator.project.relative(path), attempt: attempt.key)
  }

  /// The same for each attempt of the job, and a valid seed for any library: 32 bits.
  private func seed(of job: Job, _ run: Run) -> UInt64 {
    let text = "\(orchestrator.projectName)/\(run.id)/\(job.name)"
    return FileDigest.digest(of: text.utf8).bytes.prefix(4).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
