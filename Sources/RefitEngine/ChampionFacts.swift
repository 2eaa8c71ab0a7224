import RefitCore
import RefitExecution
import RefitStore

/// What is known of the version that serves, and what follows from it for observing.
struct ChampionFacts<Queries: StoreQueries> {
  let store: Queries
  let project: ProjectDirectory
  let vault: ArtifactVault
  let now: Instant

  /// Nil when nothing serves.
  func champion(of model: Name) throws -> Situation.Champion? {
    guard let champion = try store.champion(model), let version = try store.version(champion.version) else {
      return nil
    }
    // A promotion that is not published yet is published in this tick.
    return Situation.Champion(
      version: champion.version.number, trainedAt: version.sealedAt, intervalEnd: version.interval.end,
      publishedAt: try store.firstPublished(version.id) ?? now, promotedAt: champion.publishedAt ?? now,
      holdoutMetrics: try store.gateReport(version.run)?.report.metrics ?? [:])
  }

  /// What the model's observation at an evaluation depends on; new labels are counted from predictions after
  /// `feedbackSince`.
  func observing(
    _ model: Model, _ configuration: Digest, schedule: Name, _ situation: Situation
  ) throws -> Observing {
    Observing(
      model: model.name, configuration: configuration, schedule: schedule, nominal: situation.nominal,
      champion: situation.champion?.version, services: try store.services(of: model.name),
      reference: try reference(of: model, situation.champion), feedbackSince: situation.feedbackSince)
  }

  /// What the model's inputs are compared with; nil where there is nothing.
  func reference(of model: Model, _ champion: Situation.Champion?) throws -> MonitoredReference? {
    if let declared = model.reference { return MonitoredReference(declared, in: project) }
    guard let champion,
      let training = try store.version(VersionID(model: model.name, number: champion.version))?.training
    else { return nil }
    return .table(
      path: vault.path(of: training), title: "the training data of \(model.name)@\(champion.version)")
  }
}
