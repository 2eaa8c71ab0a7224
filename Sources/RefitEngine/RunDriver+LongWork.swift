import RefitCore
import RefitExecution
import RefitStore

extension RunDriver {
  /// What comes of long work; nil while a process of its own is at it. What is left of it is removed once the result
  /// is written.
  func result<Value: Codable>(
    of longWork: LongWork, weighing bytes: Int64, _ work: inout Work, _ perform: () throws -> Value
  ) throws -> Value? {
    do {
      let value = try orchestrator.result(of: longWork, weighing: bytes, at: now, perform)
      if value != nil { work.finished.append(longWork) }
      return value
    } catch let error as DataError {
      // The machine's fault, not the data's: the run stays as it is, and is looked at again.
      if error.origin == .machine { throw EngineError.system(error.description) }
      work.finished.append(longWork)
      throw error
    }
  }

  /// What a holdout is made from.
  func sourceBytes(of run: Run) throws -> Int64 {
    var patterns = [run.model.predictions?.path, run.model.feedback?.path]
    if case .path(let path) = run.model.holdout?.origin { patterns.append(path) }
    return patterns.compactMap(\.self).flatMap { project.files(matching: $0) }.reduce(0) {
      $0 + Weight.of($1, enough: .max)
    }
  }

  /// Whether what the attempt reads lies in its directory, or can be copied there at once.
  func isPrepared(_ attempt: Attempt, _ job: Job, _ work: inout Work) throws -> Bool {
    let run = work.run
    let bytes = try reads(attempt, job, run).reduce(0) { $0 + $1.artifact.bytes }
    guard orchestrator.isLong(bytes) else { return true }
    let preparing = LongWork.prepare(run.id, attempt.key, token: try facts(of: attempt, run).token)
    do {
      let prepared = try result(of: preparing, weighing: bytes, &work) {
        try prepare(attempt, of: run)
      }
      guard prepared != nil else { return false }
    } catch let error as DataError {
      let outcome = AttemptOutcome(state: .failed, reason: error.description, isRetriable: false)
      work.apply(.attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil), at: now)
      slots += 1
    }
    return work.run.attempts.contains { $0.key == attempt.key && $0.state.isLive }
  }

  /// What was sealed of the attempt's outputs; nil while a process of its own seals them.
  func sealed(_ attempt: Attempt, _ work: inout Work) throws -> AttemptOutputs? {
    let run = work.run
    let bytes = Weight.of("\(project.attempt(attempt.key, of: run.id))/output", enough: .max)
    guard orchestrator.isLong(bytes) else { return try sealHere(attempt, run) }
    guard !run.cancelRequested else { throw DataError("it was cancelled before its outputs were sealed") }
    let sealing = LongWork.seal(run.id, attempt.key, token: try facts(of: attempt, run).token)
    return try result(of: sealing, weighing: bytes, &work) { try sealHere(attempt, run) }
  }

  private func sealHere(_ attempt: Attempt, _ run: Run) throws -> AttemptOutputs {
    try world.performing(.sealOutputs) { try seal(attempt, of: run) }
  }
}
