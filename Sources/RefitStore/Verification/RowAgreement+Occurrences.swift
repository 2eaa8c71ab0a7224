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
      let found = try recorded(told, of: event)
      let count = told.count ?? 1
      toldOf += count
      if try found != count && found != count * twins(of: event, payload) {
        report(
          sequence,
          "Event \(sequence) tells of \(count) occurrences of \(told.schedule), and \(found) are there.")
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

  private func recorded(_ told: Told, of event: Row) throws -> Int {
    guard let first = told.first ?? told.nominal, let last = told.last ?? told.nominal else { return 0 }
    let kind: String = try event.decode(atIndex: 1)
    let model = try event.decode(String?.self, atIndex: 2) ?? ""
    let arguments: StatementArguments = [
      model, told.schedule, String(kind.dropFirst("occurrence-".count)),
      try event.decode(Int64.self, atIndex: 3), first, last,
    ]
    let statement = try db.cachedStatement(
      sql: """
        SELECT (SELECT count(*) FROM occurrence WHERE model = ?1 AND schedule = ?2 AND state = ?3
            AND recorded_at = ?4 AND nominal BETWEEN ?5 AND ?6)
          + (SELECT count(*) FROM occurrence_withdrawn WHERE model = ?1 AND schedule = ?2 AND state = ?3
            AND recorded_at = ?4 AND nominal BETWEEN ?5 AND ?6)
          + (SELECT ifnull(sum(count), 0) FROM occurrence_span WHERE model = ?1 AND schedule = ?2
            AND state = ?3 AND recorded_at = ?4 AND first = ?5 AND last = ?6)
        """)
    return try Int.fetchOne(statement, arguments: arguments) ?? 0
  }

  /// How many events tell of the same occurrences at the same time: where a person accepted a clock that was set back,
  /// what was withdrawn may be recorded again when the clock shows what it showed then.
  private func twins(of event: Row, _ payload: String) throws -> Int {
    let statement = try db.cachedStatement(
      sql: """
        SELECT count(*) FROM ledger WHERE kind = ?1 AND model IS ?2 AND at = ?3 AND json_valid(payload)
          AND payload ->> 'schedule' = ?4 ->> 'schedule' AND payload ->> 'first' IS ?4 ->> 'first'
          AND payload ->> 'last' IS ?4 ->> 'last' AND payload ->> 'nominal' IS ?4 ->> 'nominal'
          AND payload ->> 'count' IS ?4 ->> 'count'
        """)
    let arguments: StatementArguments = [
      try event.decode(String.self, atIndex: 1), try event.decode(String?.self, atIndex: 2),
      try event.decode(Int64.self, atIndex: 3), payload,
    ]
    return try Int.fetchOne(statement, arguments: arguments) ?? 1
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
