import RefitCore
import RefitStore

/// An occurrence that waits, for programs and in words.
struct WaitingOccurrence: Encodable {
  var model: Name
  var schedule: Name
  var nominal: Instant
  var since: Instant
  var checks: Int
  /// What it waits for and since when, without its model.
  var sentence: String
}

extension StoreReader {
  /// The model's occurrences that wait, with times as the reader's clock has them.
  func waiting(of model: Name) throws -> [WaitingOccurrence] {
    try reading {
      let pending = try pendingOccurrences(of: model)
      guard !pending.isEmpty else { return [] }
      let schedules = try self.model(model)?.model.schedules ?? []
      let live = try liveRuns().first { $0.id.model == model }?.id
      return pending.map { occurrence in
        WaitingOccurrence(
          model: model, schedule: occurrence.schedule, nominal: occurrence.nominal, since: occurrence.since,
          checks: occurrence.checks,
          sentence: occurrence.sentence(
            schedules.first { $0.name == occurrence.schedule }, liveRun: live, time: ReaderTime.system.text))
      }
    }
  }
}
