import RefitCore
import RefitStore

extension StoreQueries {
  /// The recorded observations that the model's policy reads in a situation, and no others.
  func known(_ model: Model, in situation: Situation) throws(StoreError) -> [Observation] {
    var known: [Observation] = []
    for need in model.retrain.needs where !need.ofVersion || situation.champion != nil {
      let ends = need.ends(
        nominal: situation.nominal, earlierEvaluations: situation.earlierEvaluations, gap: situation.gap)
      // The range excludes its start; a window may end exactly there.
      let after = ends.from.map { Instant(microseconds: $0.microseconds - 1) }
      let versions = need.ofVersion ? [situation.champion?.version] : [nil, situation.champion?.version]
      for version in Set(versions) {
        known += try observations(
          model.name, metric: need.metric, version: version, windowLength: need.window,
          ends: .within(after: after, through: ends.through), knownAt: situation.now)
      }
      known += try baseline(need, model.name, situation)
    }
    return known
  }

  private func baseline(
    _ need: ObservationNeed, _ model: Name, _ situation: Situation
  ) throws(StoreError) -> [Observation] {
    guard case .firstWindow(let minimumSamples) = need.baseline, let champion = situation.champion,
      let window = need.window
    else { return [] }
    let first = try firstWindow(
      model, metric: need.metric, version: champion.version, windowLength: window,
      startingAtOrAfter: champion.publishedAt, minimumSamples: minimumSamples, knownAt: situation.now)
    return first.map { [$0] } ?? []
  }
}
