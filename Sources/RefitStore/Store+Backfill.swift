internal import GRDB
import RefitCore

/// What a model's monitors would have given at an occurrence of the past.
public struct PastObservations: Hashable, Sendable {
  public var schedule: Name
  public var nominal: Instant
  /// The schedule's next occurrence. What a monitor is known to have said by then need not be said again.
  public var next: Instant
  public var observations: [Observation]

  public init(schedule: Name, nominal: Instant, next: Instant, observations: [Observation]) {
    self.schedule = schedule
    self.nominal = nominal
    self.next = next
    self.observations = observations
  }
}

extension Store {
  /// Keeps observations of the past that say something new, with one event that tells of them, in one transaction;
  /// returns how many those are. Where there are none nothing is written.
  ///
  /// An observation says nothing new when a monitor said the same of its place in time for the next occurrence, or
  /// when it was kept before.
  public func backfill(
    _ past: [PastObservations], of model: Name, configuration: Digest, at now: Instant, by actor: String
  ) throws(StoreError) -> Int {
    try write(.appendBackfill) { db in
      var fresh: [Observation] = []
      for occurrence in past {
        fresh += try occurrence.observations.filter {
          try !db.isKnown($0, of: model, by: occurrence.next)
        }
      }
      let added = try db.insertObservations(fresh, model: model)
      guard added > 0, let first = past.map(\.nominal).min(), let last = past.map(\.nominal).max() else {
        return 0
      }
      let payload: Payload = [
        "from": .text(first.description), "to": .text(last.description),
        "schedules": .list(Set(past.map(\.schedule)).sorted().map { .text($0.text) }),
        "occurrences": .whole(Int64(past.count)), "observations": .whole(Int64(added)),
        "configuration": .text(configuration.hex),
      ]
      try db.appendToLedger([
        LedgerEntry(
          kind: .observationsBackfilled, model: model, run: nil, actor: actor, at: now, payload: payload)
      ])
      return added
    }
  }
}

extension Database {
  /// Whether a monitor had said the same by an instant.
  fileprivate func isKnown(_ observation: Observation, of model: Name, by instant: Instant) throws -> Bool {
    let row = try Row.fetchOne(
      cachedStatement(sql: ObservationSQL.newestOfPlace),
      arguments: [
        model, observation.metric, observation.version ?? 0, observation.window.end, observation.window.start,
        observation.column ?? "", observation.slice ?? "", Observation.monitorSource, instant,
      ])
    return try row.map { try observation.saysTheSame(as: $0) } ?? false
  }
}
