import RefitCore
import RefitExecution
import RefitStore

/// All that an observation of a model at an occurrence depends on, beside the files and the time at which they are
/// read.
struct Observing: Hashable, Codable, Sendable {
  var model: Name
  var configuration: Digest
  var schedule: Name
  var nominal: Instant
  var champion: Int?
  var services: [ServingHistory.Service]
  var reference: MonitoredReference?
  var feedbackSince: Instant?

  /// - Parameter knownAt: labels that arrived later are not there yet.
  func observer(_ model: Model, in project: ProjectDirectory, knownAt: Instant) -> Observer {
    Observer(
      model: model, project: project, nominal: nominal, knownAt: knownAt, champion: champion,
      serving: ServingHistory(model: model.name, services: services), reference: reference,
      feedbackSince: feedbackSince)
  }

  /// What there is to read for it.
  func bytes(_ model: Model, in project: ProjectDirectory) -> Int64 {
    let logs = [model.predictions?.path, model.feedback?.path].compactMap(\.self)
    return (logs.flatMap { project.files(matching: $0) } + [reference?.path].compactMap(\.self)).reduce(0) {
      $0 + Weight.of($1, enough: .max)
    }
  }
}

/// What was observed, and the hashes of the files that it was read from, where those are not known yet.
struct Observed: Codable, Sendable {
  var outcome: Observer.Outcome
  var hashes: [HashedFile] = []
}

extension Worker {
  func observe(_ observing: Observing, knownAt: Instant) throws -> Observed {
    guard let (model, configuration) = try store.model(observing.model),
      configuration == observing.configuration
    else { throw EngineError.refused("the configuration of \(observing.model) has changed meanwhile") }
    let outcome = observing.observer(model, in: project, knownAt: knownAt).observe()
    let watch = EvidenceWatch(project: project, store: store, model: model, now: knownAt)
    return Observed(outcome: outcome, hashes: try watch.hashes(of: outcome.files))
  }
}

extension Orchestrator {
  /// The occurrence of a schedule that a process is observing, or has observed: it is decided before later ones.
  func nominalUnderWay(_ model: Name, _ schedule: Name) throws -> Instant? {
    let place = WorkPlace("observe.\(model).\(schedule)", in: project)
    guard let directory = try place.newest(), case let path = WorkPlace.order(in: directory),
      FileBytes.exists(path)
    else { return nil }
    guard case .observe(let observing) = try WorkOrder.read(path).work else { return nil }
    return observing.nominal
  }
}
