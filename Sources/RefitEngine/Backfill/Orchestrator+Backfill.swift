import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore

extension Orchestrator {
  /// More than that in one go is a slip of the pen: ten years of hours.
  private static let mostOccurrences = 100_000
  /// About so many observations are written at a time, so that the lock is held for a moment only.
  private static let batch = 5000

  /// Observes and decides the occurrences of a model's `evaluate` schedules in an interval of the past, as they would
  /// have come out then, and records the observations. It starts nothing, and changes nothing that was recorded.
  ///
  /// - Parameters:
  ///   - end: nil: now.
  ///   - schedule: nil: all that evaluate.
  ///   - progress: called with how many occurrences of how many are done.
  public func backfill(
    _ name: Name, from: Instant, to end: Instant?, schedule: Name?,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(EngineError) -> BackfillReport {
    do {
      let (model, configuration, now) = try request { session in
        if let trouble = session.trouble { throw trouble }
        guard let (model, configuration) = try session.store.model(name) else {
          throw try self.unknown(name, session.store)
        }
        let decider = Decider(orchestrator: self, store: session.store, now: session.now)
        try decider.readObservationFiles(of: model)
        return (model, configuration, session.now)
      }
      let end = end ?? now
      try check(from, end, now)
      let occurrences = try Backfill.occurrences(
        of: schedules(of: model, named: schedule), from: from, through: end,
        limit: Self.mostOccurrences + 1)
      guard !occurrences.isEmpty else {
        throw EngineError.refused(
          "no occurrence lies between \(from) and \(end): there is nothing to compute")
      }
      guard occurrences.count <= Self.mostOccurrences else {
        throw EngineError.refused(
          "there are more than \(Self.mostOccurrences) occurrences between \(from) and \(end): take a part of it, "
            + "or --schedule")
      }
      let files = MonitoredFiles(model: model, project: project)
      let backfill = Backfill(
        model: model, configuration: configuration, store: try StoreReader(path: project.database),
        files: files, vault: vault, from: from)
      return try evaluate(occurrences, backfill, BackfillReport(model: name, from: from, to: end), progress)
    } catch let error as DataError {
      throw .refused("\(error)")
    } catch {
      throw EngineError(error)
    }
  }

  /// Observes, records and decides, a batch at a time.
  private func evaluate(
    _ occurrences: [Backfill.Occurrence], _ backfill: Backfill, _ report: BackfillReport,
    _ progress: (Int, Int) -> Void
  ) throws -> BackfillReport {
    var report = report
    var batch: [Backfill.Observed] = []
    var weight = 0
    for (index, occurrence) in occurrences.enumerated() {
      let observed = try backfill.observe(occurrence)
      // That a file can't be read now says nothing of the past.
      if let trouble = backfill.files.trouble { throw trouble }
      batch.append(observed)
      weight += observed.observations.count
      if weight >= Self.batch || index == occurrences.count - 1 {
        report.added += try record(batch.map(\.past), backfill)
        report.evaluations += try batch.map(backfill.decide)
        (batch, weight) = ([], 0)
      }
      progress(index + 1, occurrences.count)
    }
    return report
  }

  private func record(_ past: [PastObservations], _ backfill: Backfill) throws(EngineError) -> Int {
    try request { session in
      try session.store.backfill(
        past, of: backfill.model.name, configuration: backfill.configuration, at: session.now,
        by: self.world.actor)
    }
  }

  private func check(_ from: Instant, _ end: Instant, _ now: Instant) throws(EngineError) {
    guard from <= end else { throw .usage("--from \(from) is later than --to \(end)") }
    guard end <= now else {
      throw .usage("--to \(end) lies in the future: it is \(now), and nothing is known of what comes")
    }
  }

  private func schedules(of model: Model, named name: Name?) throws(EngineError) -> [Schedule] {
    let evaluating = model.schedules.filter { $0.action == .evaluate }
    let known = evaluating.map(\.name.text).joined(separator: ", ")
    guard !evaluating.isEmpty else {
      throw .refused("\(model.name) has no schedule that evaluates: there is nothing to compute")
    }
    guard let name else { return evaluating }
    let found = evaluating.filter { $0.name == name }
    guard !found.isEmpty else {
      throw .usage("\(model.name) has no schedule '\(name)' that evaluates; it has \(known)")
    }
    return found
  }
}
