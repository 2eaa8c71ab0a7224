import RefitCore
import RefitExecution
import RefitStore

extension RunDriver {
  /// The edges of the lineage graph to what an attempt is given to read. The code of a version is not among them:
  /// the version leads to it.
  func reads(_ attempt: Attempt, _ job: Job, _ run: Run) throws -> [ArtifactUse] {
    let frozen = try store.holdout(run.id)
    if job.kind == .score, let frozen {
      let model = try scoredVersion(of: attempt, run)?.model
      return [
        try model.flatMap { try read($0, .model, "model", attempt) },
        try read(frozen.blinded, .holdout, "holdout.csv", attempt),
      ].compactMap(\.self)
    }
    var isTrainingFound = false
    var uses: [ArtifactUse] = []
    let needed = try needed(by: job, run)
    for need in job.needs {
      for var use in needed[need] ?? [] {
        // As the sealer takes it: the first of this name.
        let isTraining = use.name == job.training && !isTrainingFound
        if isTraining { isTrainingFound = true }
        use.direction = .input
        use.role = isTraining ? .training : use.role
        use.name = "\(need)/\(use.name)"
        use.attempt = attempt.key
        uses.append(use)
      }
    }
    if let withheld = frozen?.withheld {
      uses += try read(withheld, .withheld, "withheld.csv", attempt).map { [$0] } ?? []
    }
    return uses
  }

  /// The file that the model names as its reference, as it is now; nil where there is none.
  func reference(of run: Run) throws -> ArtifactUse? {
    guard let path = run.model.reference?.path.map(project.absolute), FileBytes.exists(path) else {
      return nil
    }
    return ArtifactUse(
      artifact: try FileDigest.artifact(at: path), direction: .input, role: .reference,
      name: project.relative(path))
  }

  /// Nil where the store does not know the artifact: an older version of Refit has frozen the holdout.
  private func read(
    _ digest: Digest, _ role: ArtifactUse.Role, _ name: String, _ attempt: Attempt
  ) throws -> ArtifactUse? {
    try store.artifact(digest).map {
      ArtifactUse(artifact: $0, direction: .input, role: role, name: name, attempt: attempt.key)
    }
  }
}

extension RunReading {
  /// What an attempt is given to read.
  ///
  /// - Throws: a `DataError` when there is no version to score.
  func inputs(of attempt: Attempt, _ job: Job, _ run: Run) throws -> AttemptWorkspace.Inputs {
    let frozen = try store.holdout(run.id)
    if job.kind == .score, let frozen {
      guard let version = try scoredVersion(of: attempt, run) else {
        throw DataError("there is no version to score")
      }
      return .scoring(version, holdout: frozen.blinded)
    }
    return .outputs(try needed(by: job, run), withheld: frozen?.withheld)
  }

  func scoredVersion(of attempt: Attempt, _ run: Run) throws -> Version? {
    try attempt.version.flatMap { try store.version(VersionID(model: run.id.model, number: $0)) }
  }

  /// What the jobs that this one needs have made, by job.
  func needed(by job: Job, _ run: Run) throws -> [Name: [ArtifactUse]] {
    guard !job.needs.isEmpty else { return [:] }
    let uses = try store.uses(run.id)
    var outputs: [Name: [ArtifactUse]] = [:]
    for need in job.needs {
      let made = run.attempts(of: need).last?.key
      outputs[need] = uses.filter {
        $0.attempt == made && $0.direction == .output && $0.role != .log && $0.role != .code
      }
    }
    return outputs
  }
}
