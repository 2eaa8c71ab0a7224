internal import GRDB
import RefitCore

extension RowAgreement {
  /// What an event says of the rows that it binds.
  private struct Told: Decodable {
    let bound: [String: String]
    let job: Name?
    let subject: Attempt.Subject?
    let attempt: Int?

    var key: Attempt.Key? {
      guard let job, let subject, let attempt else { return nil }
      return Attempt.Key(job: job, subject: subject, number: attempt)
    }
  }

  /// Rows that events bind by their digest. Events of before there were such digests have none.
  mutating func compareBoundRows() throws {
    for (kinds, condition) in [
      ("'run-opened', 'attempt-planned'", Self.isBinding),
      ("'holdout-frozen', 'candidate-sealed', 'run-ended', 'attempt-ended'", Self.isTurn),
    ] {
      let events = try Row.fetchCursor(
        db,
        sql: """
          SELECT event.seq, event.model, event.run, event.payload FROM ledger AS event
          WHERE event.kind IN (\(kinds)) AND \(condition) AND json_valid(event.payload)
            AND json_extract(event.payload, '$.bound') IS NOT NULL
          """)
      while let event = try events.next() {
        let payload: String = try event.decode(atIndex: 3)
        // What does not decode was changed, and reported for that.
        guard let told = Self.decoded(payload), let model = try event.decode(Name?.self, atIndex: 1),
          let number = try event.decode(Int?.self, atIndex: 2)
        else { continue }
        try compare(told, sequence: event.decode(atIndex: 0), model: model, number: number)
      }
    }
  }

  /// So that SQLite sees that the index of bindings holds all that is asked for.
  static let isBinding = "event.kind IN ('configuration-applied', 'run-opened', 'attempt-planned')"

  private static func decoded(_ payload: String) -> Told? {
    do { return try CanonicalJSON.decode(Told.self, from: payload) } catch { return nil }
  }

  private mutating func compare(_ told: Told, sequence: Int64, model: Name, number: Int) throws {
    for (name, digest) in told.bound.sorted(by: { $0.key < $1.key }) {
      // A newer Refit may bind more than this one knows of.
      guard let rows = BoundRows(rawValue: name) else { continue }
      let subject =
        rows.isOfAttempt
        ? try told.key.flatMap { try db.attemptRow($0, of: model, number) }
        : try db.runRowNumber(model, number)
      let name = Self.said(rows, of: "\(model)#\(number)", told.key)
      guard let subject else {
        report(sequence, "\(name), of which event \(sequence) tells, is not there.")
        continue
      }
      // A later event of the same attempt binds more edges.
      if rows == .uses, try hasEnded(attempt: subject), !told.bound.keys.contains(BoundRows.exit.rawValue) {
        continue
      }
      if try rows.digest(of: subject, in: db).hex != digest {
        report(sequence, "\(name) is not what event \(sequence) was written with.")
      }
    }
  }

  private func hasEnded(attempt: Int64) throws -> Bool {
    let statement = try db.cachedStatement(sql: "SELECT ended_at IS NOT NULL FROM attempt WHERE id = ?")
    return try Bool.fetchOne(statement, arguments: [attempt]) ?? false
  }

  private static func said(_ rows: BoundRows, of run: String, _ key: Attempt.Key?) -> String {
    let attempt = key.map { "attempt \($0.job)/\($0.subject.rawValue)/\($0.number) of \(run)" } ?? run
    return switch rows {
    case .opening: "What \(run) was opened with"
    case .evidence: "The evidence of \(run)"
    case .runUses: "What \(run) read and wrote"
    case .version: "The version of \(run)"
    case .launch: "What \(attempt) was launched with"
    case .exit: "The exit record of \(attempt)"
    case .uses: "What \(attempt) read and wrote"
    }
  }
}

extension RowAgreement {
  /// Configurations are known by the digest of their JSON, and each gate report counts as a look.
  mutating func compareConfigurationsAndLooks() throws {
    let configurations = try Row.fetchCursor(
      db, sql: "SELECT model, lower(hex(digest)), CAST(json AS BLOB) FROM model_configuration ORDER BY model")
    while let row = try configurations.next() {
      if try Self.digest(row, 2) == row.decode(String.self, atIndex: 1) { continue }
      let digest = try row.decode(String.self, atIndex: 1)
      report(
        nil,
        "The configuration \(digest.prefix(12)) of \(try row.decode(String.self, atIndex: 0)) is not the one "
          + "that was applied.")
    }
    let reports = try Row.fetchCursor(
      db,
      sql: """
        SELECT gate_report.model, gate_report.candidate FROM gate_report
        JOIN version ON version.model = gate_report.model AND version.number = gate_report.candidate
        LEFT JOIN look ON look.holdout = gate_report.holdout AND look.artifact = version.sealed
        WHERE gate_report.holdout IS NOT NULL AND look.run IS NULL ORDER BY gate_report.id
        """)
    while let row = try reports.next() {
      let version = "\(try row.decode(String.self, atIndex: 0))@\(try row.decode(Int.self, atIndex: 1))"
      report(nil, "\(version) was judged, but its look at the holdout is not counted.")
    }
  }
}
