import RefitCore
import RefitExecution
import RefitStore

/// What is done for a run by reading alone, and what may take long: a tick does it under the lock, a `Worker` without.
protocol RunReading {
  associatedtype Queries: StoreQueries
  var store: Queries { get }
  var project: ProjectDirectory { get }
  var vault: ArtifactVault { get }
}

/// What came of judging a candidate.
struct Judgement: Codable, Sendable {
  var rows = 0
  var results: [GateResult] = []
}

/// A holdout that was pinned, and what it was made from.
struct Freezing: Codable, Sendable {
  var holdout: FrozenHoldout
  var uses: [ArtifactUse]
}

extension RunReading {
  /// The job as the attempt runs it: a champion is scored by the job that was sealed with it, also when another
  /// version serves by now.
  func job(of attempt: Attempt, _ run: Run) throws -> Job {
    let job: Job?
    switch attempt.subject {
    case .candidate: job = run.model.pipeline[attempt.job]
    case .champion:
      let version = attempt.version.map { VersionID(model: run.id.model, number: $0) }
      job = try version.flatMap { try store.version($0) }?.score
    }
    guard let job else { preconditionFailure("\(run.id) has an attempt \(attempt.key) of no job") }
    return job
  }

  /// Copies what the attempt reads into its directory; done again, it copies what is not there yet.
  func prepare(_ attempt: Attempt, of run: Run) throws -> Done {
    let inputs = try inputs(of: attempt, job(of: attempt, run), run)
    try AttemptWorkspace(project: project, vault: vault).prepare(attempt, of: run, inputs: inputs)
    return Done()
  }

  /// Looks through what the attempt has left, and seals it.
  func seal(_ attempt: Attempt, of run: Run) throws -> AttemptOutputs {
    let job = try job(of: attempt, run)
    let sealer = OutputSealer(project: project, vault: vault)
    guard job.kind == .score, let holdout = run.holdout else {
      return try sealer.seal(attempt, job: job, of: run, holdout: nil)
    }
    // Else a holdout that was changed would pass for a fault of the job's predictions.
    do { try vault.verify(holdout) } catch { throw DataError(error) }
    let rows = try HoldoutRows.read(vault.path(of: holdout), model: run.model)
    return try sealer.seal(attempt, job: job, of: run, holdout: rows)
  }

  /// Pins the run's holdout; the model has its draw key by then.
  func freeze(_ run: Run) throws -> Freezing {
    guard let key = try store.drawKey(run.id.model) else {
      preconditionFailure("\(run.id) freezes a holdout before its model has a draw key")
    }
    let (holdout, uses) = try HoldoutKeeper(project: project, vault: vault).freeze(run, drawKey: key)
    return Freezing(holdout: holdout, uses: uses)
  }

  /// What the gates find, on the very bytes that were sealed.
  func judge(_ run: Run, candidate: Version, champion: Version?) throws -> Judgement {
    guard let holdout = run.holdout else { return Judgement() }
    let evidence = try evidence(for: run, candidate: candidate, champion: champion, holdout: holdout)
    let results = Judge.judge(run.model.gates, evidence: evidence, model: run.id.model)
    return Judgement(rows: evidence.labels.count, results: results)
  }

  /// Reads the artifacts again; throws a `DataError` when one is no longer what was sealed.
  func verify(_ digests: [Digest]) throws -> Done {
    for digest in digests {
      do { try vault.verify(digest) } catch {
        if case .failed = error { throw error }
        throw DataError("\(error)")
      }
    }
    return Done()
  }

  /// The bytes of artifacts that are known.
  func bytes(of digests: [Digest?]) throws -> Int64 {
    try digests.reduce(0) { try $0 + ($1.flatMap { try store.artifact($0) }?.bytes ?? 0) }
  }
}
