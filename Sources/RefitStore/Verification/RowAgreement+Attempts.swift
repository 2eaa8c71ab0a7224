internal import GRDB

extension RowAgreement {
  /// What the event of an attempt's end says of it.
  private struct Told: Decodable {
    let job: String
    let subject: String
    let attempt: Int
    let state: String
    let reason: String?
    /// Digests by name.
    let outputs: [String: String]
  }

  /// How attempts ended and what they left.
  mutating func compareEndedAttempts() throws {
    let events = try Row.fetchCursor(
      db,
      sql: """
        SELECT event.seq, event.model, event.run, event.at,
          CASE WHEN json_valid(event.payload) THEN event.payload END
        FROM ledger AS event WHERE event.kind = 'attempt-ended' AND \(Self.isTurn) ORDER BY event.seq
        """)
    var count = 0
    while let event = try events.next() {
      count += 1
      // What was pruned can't be compared, and what is no JSON was reported as an event that was changed.
      guard let payload: String = try event.decode(atIndex: 4) else { continue }
      let told: Told
      do { told = try CanonicalJSON.decode(Told.self, from: payload) } catch {
        let sequence: Int64 = try event.decode(atIndex: 0)
        report(sequence, "Event \(sequence) does not tell how an attempt ended.")
        continue
      }
      try compare(told, of: event)
    }
    let ended = try Int.fetchOne(db, sql: "SELECT count(*) FROM attempt WHERE ended_at IS NOT NULL") ?? 0
    if ended != count {
      report(nil, "\(ended) attempts have ended, but the ledger tells of the end of \(count).")
    }
  }

  private mutating func compare(_ told: Told, of event: Row) throws {
    let sequence: Int64 = try event.decode(atIndex: 0)
    let model = try event.decode(String?.self, atIndex: 1) ?? "?"
    let number = try event.decode(Int?.self, atIndex: 2) ?? 0
    let name = "attempt \(told.job)/\(told.subject)/\(told.attempt) of \(model)#\(number)"
    let statement = try db.cachedStatement(
      sql: """
        SELECT attempt.id, attempt.state, attempt.reason, attempt.ended_at
        FROM run JOIN attempt ON attempt.run = run.id
        WHERE run.model = ? AND run.number = ? AND job = ? AND subject = ? AND attempt.number = ?
        """)
    guard
      let row = try Row.fetchOne(
        statement, arguments: [model, number, told.job, told.subject, told.attempt])
    else {
      report(sequence, "The \(name), of which event \(sequence) tells, is not there.")
      return
    }
    let endedAt: Int64? = try row.decode(atIndex: 3)
    if try row.decode(String.self, atIndex: 1) != told.state
      || row.decode(String?.self, atIndex: 2) != told.reason
      || endedAt != event.decode(Int64.self, atIndex: 3)
    {
      report(sequence, "The \(name) did not end as event \(sequence) says.")
    }
    if try outputs(attempt: row.decode(atIndex: 0)) != told.outputs {
      report(sequence, "What the \(name) left is not what event \(sequence) says.")
    }
  }

  /// Digests by name; the first of a name, as the event has it.
  private func outputs(attempt: Int64) throws -> [String: String] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT name, lower(hex(artifact.digest))
        FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
        WHERE attempt = ? AND direction = 'output' ORDER BY artifact_use.id
        """)
    var outputs: [String: String] = [:]
    for row in try Row.fetchAll(statement, arguments: [attempt]) {
      let name: String = try row.decode(atIndex: 0)
      if outputs[name] == nil { outputs[name] = try row.decode(atIndex: 1) }
    }
    return outputs
  }
}
