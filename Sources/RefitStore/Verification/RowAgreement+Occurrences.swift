internal import GRDB
import RefitCore

extension RowAgreement {
  /// What an event says of occurrences that nobody acted on: a stretch, or one occurrence, as an earlier Refit told it.
  private struct Told: Decodable {
    let schedule: String
    let nominal: Instant?
    let first: Instant?
    let last: Instant?
    let count: Int?

    var occurrences: Int { count ?? 1 }

    var range: ClosedRange<Instant>? {
      guard let first = first ?? nominal, let last = last ?? nominal, first <= last else { return nil }
      return first...last
    }
  }

  /// Occurrences that were skipped, coalesced or missed: each event has as many as it says, and none is without.
  mutating func comparePassedOccurrences() throws {
    let events = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, kind, model, at, CASE WHEN json_valid(payload) THEN payload END FROM ledger
        WHERE kind IN ('occurrence-coalesced', 'occurrence-skipped', 'occurrence-missed') ORDER BY seq
        """)
    var toldOf = try toldByConfigurations()
    var isPruned = false
    while let event = try events.next() {
      guard let payload: String = try event.decode(atIndex: 4) else {
        isPruned = true
        continue
      }
      let sequence: Int64 = try event.decode(atIndex: 0)
      let told: Told
      do { told = try CanonicalJSON.decode(Told.self, from: payload) } catch {
        report(sequence, "Event \(sequence) does not tell which occurrences nobody acted on.")
        continue
      }
      toldOf += told.occurrences
      let found = try recorded([told], of: event)
      if try found < told.occurrences || (found > told.occurrences && !isShared(told, of: event)) {
        report(
          sequence,
          "Event \(sequence) tells of \(told.occurrences) occurrences of \(told.schedule), and \(found) are there."
        )
      }
    }
    // Of a pruned event nobody knows how many it told of.
    let all = try recordedInAll()
    if !isPruned, all != toldOf {
      report(nil, "\(all) occurrences were not acted on, but the ledger tells of \(toldOf).")
    }
  }

  /// An earlier Refit told of what a change of the configuration took away in the event of that change.
  private func toldByConfigurations() throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT ifnull(sum(json_array_length(payload, '$.missed')), 0) FROM ledger
        WHERE kind = 'configuration-applied' AND json_valid(payload)
        """) ?? 0
  }

  /// How many occurrences are recorded with the model, the kind and the time of this event, between the first and the
  /// last that is told of.
  private func recorded(_ told: [Told], of event: Row) throws -> Int {
    let ranges = Set(told.compactMap(\.range))
    guard let first = ranges.map(\.lowerBound).min(), let last = ranges.map(\.upperBound).max() else {
      return 0
    }
    let kind: String = try event.decode(atIndex: 1)
    let common: StatementArguments = [
      try event.decode(String?.self, atIndex: 2) ?? "", told[0].schedule,
      String(kind.dropFirst("occurrence-".count)), try event.decode(Int64.self, atIndex: 3),
    ]
    let singles = try db.cachedStatement(
      sql: """
        SELECT (SELECT count(*) FROM occurrence WHERE model = ?1 AND schedule = ?2 AND state = ?3
            AND recorded_at = ?4 AND nominal BETWEEN ?5 AND ?6)
          + (SELECT count(*) FROM occurrence_withdrawn WHERE model = ?1 AND schedule = ?2 AND state = ?3
            AND recorded_at = ?4 AND nominal BETWEEN ?5 AND ?6)
        """)
    let spans = try db.cachedStatement(
      sql: """
        SELECT ifnull(sum(count), 0) FROM occurrence_span WHERE model = ?1 AND schedule = ?2 AND state = ?3
          AND recorded_at = ?4 AND first = ?5 AND last = ?6
        """)
    var count = try Int.fetchOne(singles, arguments: common + [first, last]) ?? 0
    for range in ranges {
      count += try Int.fetchOne(spans, arguments: common + [range.lowerBound, range.upperBound]) ?? 0
    }
    return count
  }

  /// Whether the occurrences are exactly those of all events of this kind, model, schedule and time: where a person
  /// accepted a clock that was set back, what was withdrawn may be recorded again when the clock shows that time again.
  private func isShared(_ told: Told, of event: Row) throws -> Bool {
    let payloads = try String.fetchAll(
      db,
      sql: """
        SELECT payload FROM ledger WHERE kind = ? AND model IS ? AND at = ? AND json_valid(payload)
        """,
      arguments: [
        try event.decode(String.self, atIndex: 1), try event.decode(String?.self, atIndex: 2),
        try event.decode(Int64.self, atIndex: 3),
      ])
    let all = try payloads.map { try CanonicalJSON.decode(Told.self, from: $0) }
      .filter { $0.schedule == told.schedule }
    return try recorded(all, of: event) == all.map(\.occurrences).reduce(0, +)
  }

  private func recordedInAll() throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM occurrence WHERE state <> 'decided')
          + (SELECT count(*) FROM occurrence_withdrawn)
          + (SELECT ifnull(sum(count), 0) FROM occurrence_span)
        """) ?? 0
  }
}
