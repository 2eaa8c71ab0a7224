import RefitCore
import RefitStore

/// What an evaluation of a model at an instant of the past went by, as the record has it: nothing that came later.
struct PastSituation<Queries: StoreQueries> {
  let store: Queries
  let model: Model

  /// The situation when an instant came, without observations and earlier evaluations.
  ///
  /// - Parameter gap: from the instant to the following occurrence.
  func situation(at nominal: Instant, gap: Timespan) throws -> Situation {
    Situation(
      model: model.name, mode: model.mode, now: nominal, nominal: nominal, action: .evaluate, gap: gap,
      champion: try champion(at: nominal),
      lastJudged: try store.lastRun(
        model.name, in: [.promoted, .judged, .refused, .rejected], endedBefore: nominal),
      lastFailed: try store.lastRun(model.name, in: [.failed], endedBefore: nominal),
      liveRun: try store.liveRun(of: model.name, at: nominal))
  }

  /// The version that served when an instant came, with what was known of it; nil: none.
  private func champion(at instant: Instant) throws -> Situation.Champion? {
    let before = Instant(microseconds: instant.microseconds - 1)
    guard let record = try store.served(model.name, at: before), let since = record.publishedAt,
      let version = try store.version(record.version)
    else { return nil }
    return Situation.Champion(
      version: version.id.number, trainedAt: version.sealedAt, intervalEnd: version.interval.end,
      publishedAt: try store.firstPublished(version.id) ?? since, promotedAt: since,
      holdoutMetrics: try store.gateReport(version.run)?.report.metrics ?? [:])
  }
}
