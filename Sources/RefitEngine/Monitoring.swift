import RefitCore
import RefitExecution
import RefitStore

extension Orchestrator {
  /// Computes a model's monitors, by the configuration as it is now, and records nothing.
  ///
  /// - Parameter instant: as an evaluation then would have, by the record; nil: as one just now would.
  public func monitor(_ name: Name, at instant: Instant?) throws(EngineError) -> [Observation] {
    do {
      let configured = try AppliedConfiguration.read(project).parse()
      guard let model = configured.models.first(where: { $0.name == name }) else {
        throw EngineError.notFound("there is no model '\(name)' in refit.yaml")
      }
      let clock = configured.clock == .simulated ? try simulatedNow() : nil
      let now = instant ?? clock ?? world.now()
      guard FileBytes.exists(project.database) else {
        let observer = Observer(
          model: model, project: project, nominal: now, knownAt: now, champion: nil,
          serving: ServingHistory(model: name, services: []),
          reference: model.reference.map { MonitoredReference($0, in: project) },
          feedbackSince: nil)
        return observer.observe().observations
      }
      let store = try StoreReader(path: project.database)
      let situation =
        try instant.map { try PastSituation(store: store, model: model).situation(at: $0, gap: .zero) }
        ?? present(model, store, now)
      let facts = ChampionFacts(store: store, project: project, vault: vault, now: now)
      let observer = Observer(
        model: model, project: project, nominal: now, knownAt: now, champion: situation.champion?.version,
        serving: ServingHistory(model: name, services: try store.services(of: name)),
        reference: try facts.reference(of: model, situation.champion),
        feedbackSince: situation.feedbackSince)
      return observer.observe().observations
    } catch {
      throw EngineError(error)
    }
  }

  /// What an evaluation just now would go by, the observations aside.
  private func present(_ model: Model, _ store: StoreReader, _ now: Instant) throws -> Situation {
    let facts = ChampionFacts(store: store, project: project, vault: vault, now: now)
    return Situation(
      model: model.name, mode: model.mode, now: now, nominal: now, action: .evaluate, gap: .zero,
      champion: try facts.champion(of: model.name),
      lastJudged: try store.lastRun(model.name, in: [.promoted, .judged, .refused, .rejected]))
  }
}
