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

  /// What observes the model at an evaluation; new labels are counted from predictions after `feedbackSince`.
  func observer(_ model: Model, nominal: Instant, feedbackSince: Instant?) throws -> Observer {
    let champion = try champion(of: model.name)
    return Observer(
      model: model, project: project, nominal: nominal, knownAt: now, champion: champion,
      serving: ServingHistory(model: model.name, services: try store.services(of: model.name)),
      reference: try reference(of: model, champion), feedbackSince: feedbackSince)
  }

  private func reference(of model: Model, _ champion: Situation.Champion?) throws -> ReferenceTable? {
    if let path = model.reference {
      return ReferenceTable(path: project.absolute(path), title: "the reference \(path)")
    }
    guard let champion,
      let training = try store.version(VersionID(model: model.name, number: champion.version))?.training
    else { return nil }
    return ReferenceTable(
      path: vault.path(of: training), title: "the training data of \(model.name)@\(champion.version)")
  }
}
