import RefitCore
import RefitExecution
import RefitStore

/// Does long work in a process of its own: reads the record and files, writes to the vault and to the directory that
/// it was given, and takes no lock.
public struct Worker: RunReading {
  let store: StoreReader
  let project: ProjectDirectory
  let vault: ArtifactVault

  /// Does the work that is ordered in a directory, and leaves its result there.
  ///
  /// - Throws: when there is no such order, or the result can't be written.
  public static func work(in directory: String, of project: ProjectDirectory) throws(EngineError) {
    do {
      let order = try WorkOrder.read(WorkPlace.order(in: directory))
      let json = try CanonicalJSON.encode(result(of: order, project))
      try FileBytes.write(Array(json.utf8), to: WorkPlace.result(in: directory))
    } catch {
      throw EngineError(error)
    }
  }

  private static func result(of order: WorkOrder, _ project: ProjectDirectory) -> WorkResult {
    guard order.engine == Orchestrator.version else { return WorkResult(isForeign: true) }
    do {
      let worker = Worker(
        store: try StoreReader(path: project.database), project: project,
        vault: ArtifactVault(directory: project.vault))
      return WorkResult(value: try worker.value(of: order))
    } catch let error as DataError {
      return error.origin == .machine
        ? WorkResult(failed: error.description) : WorkResult(refused: error.description)
    } catch {
      return WorkResult(failed: "\(error)")
    }
  }

  private func value(of order: WorkOrder) throws -> String {
    switch order.work {
    case .prepare(let id, let key, _):
      let (run, attempt) = try self.attempt(key, of: id)
      return try CanonicalJSON.encode(prepare(attempt, of: run))
    case .seal(let id, let key, _):
      let (run, attempt) = try self.attempt(key, of: id)
      return try CanonicalJSON.encode(seal(attempt, of: run))
    case .freeze(let id, _):
      return try CanonicalJSON.encode(freeze(run(id)))
    case .judge(let id, let candidate, _, let champion):
      return try CanonicalJSON.encode(
        judge(run(id), candidate: version(candidate), champion: champion.map(version)))
    case .verify(_, let digests):
      return try CanonicalJSON.encode(verify(digests))
    case .observe(let observing):
      return try CanonicalJSON.encode(observe(observing, knownAt: order.at))
    }
  }

  private func run(_ id: RunID) throws -> Run {
    guard let run = try store.run(id) else { throw EngineError.notFound("there is no run \(id)") }
    return run
  }

  private func attempt(_ key: Attempt.Key, of id: RunID) throws -> (Run, Attempt) {
    let run = try run(id)
    guard let attempt = run.attempts.first(where: { $0.key == key }) else {
      throw EngineError.notFound("\(id) has no attempt \(key.job) \(key.number)")
    }
    return (run, attempt)
  }

  private func version(_ id: VersionID) throws -> Version {
    guard let version = try store.version(id) else { throw EngineError.notFound("there is no version \(id)") }
    return version
  }
}
