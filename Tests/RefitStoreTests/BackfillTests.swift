import RefitCore
import Testing

@testable import RefitStore

struct BackfillTests {
  private static func observation(_ day: Int64, _ value: Double, source: String, knownAt: Instant? = nil)
    -> Observation
  {
    Observation(
      metric: "psi", column: "income", window: .init(start: .day(day - 7), end: .day(day)), value: value,
      sampleSize: 10, source: source, knownAt: knownAt ?? .day(day))
  }

  private static func past(_ day: Int64, _ value: Double) -> PastObservations {
    PastObservations(
      schedule: "nightly", nominal: .day(day), next: .day(day + 1),
      observations: [observation(day, value, source: Observation.backfillSource)])
  }

  private func backfill(_ store: Store, _ past: [PastObservations]) throws -> Int {
    try store.backfill(
      past, of: "credit-risk", configuration: Digest(bytes: [UInt8](repeating: 7, count: 32)), at: .day(40),
      by: "ada")
  }

  @Test func whatAMonitorSaidInTimeIsNotSaidAgain() throws {
    let place = try Workplace()
    let store = try place.configured()
    let night = Instant(microseconds: Instant.day(10).microseconds + 3_000_000)
    // In time; too late for the next occurrence; in time, but another number.
    try store.append(
      [
        Self.observation(10, 0.1, source: Observation.monitorSource, knownAt: night),
        Self.observation(11, 0.1, source: Observation.monitorSource, knownAt: .day(20)),
        Self.observation(12, 0.5, source: Observation.monitorSource),
      ], model: "credit-risk")
    let past = [Self.past(10, 0.1), Self.past(11, 0.1), Self.past(12, 0.1), Self.past(13, 0.1)]
    #expect(try backfill(store, past) == 3)
    #expect(try backfill(store, past) == 0)
    let kept = try store.observations(
      "credit-risk", matching: ObservationFilter(source: Observation.backfillSource), limit: 9)
    #expect(kept.map(\.window.end) == [.day(13), .day(12), .day(11)])
    let events = try store.events(LedgerFilter(kind: .observationsBackfilled), limit: 9)
    #expect(events.count == 1 && events[0].actor == "ada")
    #expect(events[0].payload?.contains(#""observations":3,"occurrences":4,"schedules":["nightly"]"#) == true)
    #expect(try store.verify().isIntact)
  }
}
