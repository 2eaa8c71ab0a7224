import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore

/// Computes the evaluations of a model's past as they would have come out then: with the labels that had arrived, the
/// champion that served, and the policy as it is configured now. It decides in order, so that each evaluation finds
/// what those before it observed.
struct Backfill {
  let model: Model
  let configuration: Digest
  let store: StoreReader
  let files: MonitoredFiles
  let vault: ArtifactVault
  /// Of the whole backfill: what was decided before counts as an earlier evaluation, what follows is computed anew.
  let from: Instant

  /// An occurrence of one of the model's schedules.
  struct Occurrence {
    let schedule: Schedule
    let nominal: Instant
    let next: Instant
    /// Occurrences of this schedule before it, in the interval.
    let earlier: ArraySlice<Instant>
  }

  /// One that has been observed, and is yet to be decided.
  struct Observed {
    let occurrence: Occurrence
    var situation: Situation
    let observations: [Observation]

    var past: PastObservations {
      PastObservations(
        schedule: occurrence.schedule.name, nominal: occurrence.nominal, next: occurrence.next,
        observations: observations)
    }
  }

  /// The occurrences of schedules in an interval, both ends included, oldest first.
  static func occurrences(
    of schedules: [Schedule], from: Instant, through end: Instant, limit: Int
  ) throws(TimeZoneError) -> [Occurrence] {
    var all: [Occurrence] = []
    for schedule in schedules {
      let cron = try schedule.resolved()
      let before = Instant(microseconds: from.microseconds - 1)
      let nominals = cron.occurrences(after: before, through: end, limit: limit)
      let following = nominals.last.flatMap { cron.next(after: $0) ?? $0 + .days(366) }
      for (index, nominal) in nominals.enumerated() {
        let next = index + 1 < nominals.count ? nominals[index + 1] : following ?? nominal
        all.append(
          Occurrence(schedule: schedule, nominal: nominal, next: next, earlier: nominals[..<index]))
      }
    }
    return all.sorted { ($0.nominal, $0.schedule.name) < ($1.nominal, $1.schedule.name) }
  }

  /// Observes as an evaluation at the very instant would have.
  func observe(_ occurrence: Occurrence) throws -> Observed {
    let situation = try situation(at: occurrence)
    let facts = ChampionFacts(
      store: store, project: files.project, vault: vault, now: occurrence.nominal)
    let observing = try facts.observing(
      model, configuration, schedule: occurrence.schedule.name, situation)
    var observer = observing.observer(model, in: files.project, knownAt: occurrence.nominal)
    observer.subject = .championOrLogged
    let observations = observer.observe(in: files).observations.map { observation in
      var observation = observation
      observation.source = Observation.backfillSource
      return observation
    }
    return Observed(occurrence: occurrence, situation: situation, observations: observations)
  }

  /// Decides once what was observed is recorded.
  func decide(_ observed: Observed) throws -> BackfillReport.Evaluation {
    var situation = observed.situation
    let read = Set(model.retrain.needs.map(\.metric))
    situation.observations =
      try store.known(model, in: situation) + observed.observations.filter { read.contains($0.metric) }
    let (schedule, nominal) = (observed.occurrence.schedule.name, observed.occurrence.nominal)
    return BackfillReport.Evaluation(
      schedule: schedule, nominal: nominal, champion: situation.champion?.version,
      decision: model.retrain.decide(situation),
      recorded: try store.verdict(model.name, schedule: schedule, nominal: nominal),
      observations: observed.observations)
  }

  /// What was known at an occurrence, the observations aside.
  private func situation(at occurrence: Occurrence) throws -> Situation {
    let nominal = occurrence.nominal
    var situation = try PastSituation(store: store, model: model).situation(
      at: nominal, gap: occurrence.next - nominal)
    if let champion = situation.champion {
      let newest = model.retrain.needs.map(\.evaluations).max() ?? 1
      let decided = try store.decidedEvaluations(
        model.name, schedule: occurrence.schedule.name, since: champion.promotedAt, before: from,
        newest: newest)
      let computed = occurrence.earlier.suffix(newest).filter { $0 > champion.promotedAt }
      situation.earlierEvaluations = Array((decided + computed).suffix(newest))
    }
    return situation
  }
}
