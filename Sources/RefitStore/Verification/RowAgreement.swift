internal import FoundationEssentials
internal import GRDB
import RefitCore

/// Holds the rows, which are the truth for state, against the events that tell how they came about.
struct RowAgreement {
  let db: Database
  private(set) var findings: [LedgerVerification.Finding] = []

  init(db: Database) {
    self.db = db
  }

  mutating func compare() throws {
    try compareChampions()
    try compareEndedRuns()
    try compareVersions()
    try compareDecisions()
    try compareGateReports()
    for agreement in RowAgreement.turns { try compare(agreement) }
    try compareEndedAttempts()
    try compareBoundRows()
    try compareConfigurationsAndLooks()
    try comparePassedOccurrences()
  }

  /// So that SQLite sees that the index of turns holds all that is asked for.
  static let isTurn = """
    event.kind IN ('promoted', 'rolled-back', 'run-ended', 'candidate-sealed', 'occurrence-decided',
      'holdout-frozen', 'attempt-ended', 'gates-judged', 'approval-given', 'published')
    """

  /// A field of an event's payload; NULL where it was pruned, or is no JSON.
  static func field(_ name: String) -> String {
    "CASE WHEN json_valid(event.payload) THEN json_extract(event.payload, '$.\(name)') END"
  }

  private mutating func compareChampions() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT model.name, champion.version, event.seq, \(Self.field("version")), event.payload IS NULL
        FROM model
        LEFT JOIN champion ON champion.model = model.name
        LEFT JOIN ledger AS event ON event.seq = (
          SELECT max(event.seq) FROM ledger AS event
          WHERE event.kind IN ('promoted', 'rolled-back') AND \(Self.isTurn) AND event.model = model.name)
        """)
    while let row = try rows.next() {
      let model: String = try row.decode(atIndex: 0)
      let serving: Int? = try row.decode(atIndex: 1)
      let sequence: Int64? = try row.decode(atIndex: 2)
      let told: Int? = try row.decode(atIndex: 3)
      if sequence != nil, try row.decode(Bool.self, atIndex: 4), serving != nil { continue }
      if serving != told {
        report(
          sequence,
          "The champion of \(model) is \(Self.said(serving)), but the newest promotion in the ledger is of "
            + "\(Self.said(told)).")
      }
    }
  }

  private static func said(_ version: Int?) -> String {
    version.map { "version \($0)" } ?? "no version"
  }

  private mutating func compareEndedRuns() throws {
    let ended = try Row.fetchCursor(
      db,
      sql: """
        SELECT run.model, run.number, run.state, event.seq, \(Self.field("state")), event.payload IS NULL
        FROM run LEFT JOIN ledger AS event
          ON event.kind = 'run-ended' AND \(Self.isTurn) AND event.model = run.model AND event.run = run.number
        WHERE run.ended_at IS NOT NULL ORDER BY run.id
        """)
    while let row = try ended.next() {
      let run = "\(try row.decode(String.self, atIndex: 0))#\(try row.decode(Int.self, atIndex: 1))"
      let state: String = try row.decode(atIndex: 2)
      guard let sequence: Int64 = try row.decode(atIndex: 3) else {
        report(nil, "Run \(run) is \(state), but no event tells of its end.")
        continue
      }
      let told: String? = try row.decode(atIndex: 4)
      if told != state, try !row.decode(Bool.self, atIndex: 5) {
        report(sequence, "Run \(run) is \(state), but event \(sequence) says \(told ?? "nothing") of it.")
      }
    }
    let events = try Row.fetchCursor(
      db,
      sql: """
        SELECT event.seq, event.model, event.run FROM ledger AS event
        LEFT JOIN run ON run.model = event.model AND run.number = event.run AND run.ended_at IS NOT NULL
        WHERE event.kind = 'run-ended' AND \(Self.isTurn) AND run.id IS NULL
        """)
    while let row = try events.next() {
      let sequence: Int64 = try row.decode(atIndex: 0)
      let model: String? = try row.decode(atIndex: 1)
      let number: Int? = try row.decode(atIndex: 2)
      report(
        sequence,
        "Event \(sequence) tells of the end of run \(model ?? "?")#\(number ?? 0), which has not ended.")
    }
  }

  private mutating func compareVersions() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT version.model, version.number, lower(hex(version.sealed)), event.seq, \(Self.field("version")),
          \(Self.field("model")), event.payload IS NULL
        FROM version JOIN run ON run.id = version.run
        LEFT JOIN ledger AS event ON event.kind = 'candidate-sealed' AND \(Self.isTurn)
          AND event.model = version.model AND event.run = run.number
        ORDER BY version.rowid
        """)
    while let row = try rows.next() {
      let model: String = try row.decode(atIndex: 0)
      let number: Int = try row.decode(atIndex: 1)
      guard let sequence: Int64 = try row.decode(atIndex: 3) else {
        report(nil, "No event tells that version \(model)@\(number) was sealed.")
        continue
      }
      if try row.decode(Bool.self, atIndex: 6) { continue }
      let told: (Int?, String?) = (try row.decode(atIndex: 4), try row.decode(atIndex: 5))
      let sealed: String = try row.decode(atIndex: 2)
      if told.0 != number || told.1 != sealed {
        report(sequence, "Version \(model)@\(number) is not what event \(sequence) says was sealed.")
      }
    }
  }

  /// Decisions and their events were written together, so both are in the same order.
  private mutating func compareDecisions() throws {
    let decisions = try Row.fetchCursor(
      db,
      sql: """
        SELECT decision.model, schedule, nominal, CAST(decision AS BLOB), CAST(situation AS BLOB)
        FROM decision JOIN occurrence ON occurrence.id = decision.occurrence ORDER BY decision.id
        """)
    let events = try Row.fetchCursor(
      db,
      sql: """
        SELECT event.seq, event.model, \(Self.field("schedule")), \(Self.field("nominal")),
          \(Self.field("decision")), \(Self.field("situation")), event.payload IS NULL
        FROM ledger AS event WHERE event.kind = 'occurrence-decided' AND \(Self.isTurn) ORDER BY event.seq
        """)
    while true {
      let decision = try decisions.next()
      let event = try events.next()
      if decision == nil, event == nil { return }
      guard let decision, let event else {
        report(
          try event?.decode(atIndex: 0),
          decision == nil
            ? "The ledger tells of a decision that is no longer there."
            : "A decision is there that the ledger does not tell of.")
        return
      }
      try compare(decision, with: event)
    }
  }

  private mutating func compare(_ decision: Row, with event: Row) throws {
    if try event.decode(Bool.self, atIndex: 6) { return }
    let sequence: Int64 = try event.decode(atIndex: 0)
    let nominal: Instant = try decision.decode(atIndex: 2)
    let isSame =
      try decision.decode(String.self, atIndex: 0) == event.decode(String?.self, atIndex: 1)
      && decision.decode(String.self, atIndex: 1) == event.decode(String?.self, atIndex: 2)
      && nominal.description == event.decode(String?.self, atIndex: 3)
      && Self.digest(decision, 3) == event.decode(String?.self, atIndex: 4)
      && Self.digest(decision, 4) == event.decode(String?.self, atIndex: 5)
    if !isSame {
      let model: String = try decision.decode(atIndex: 0)
      report(
        sequence, "The decision of \(model) at \(nominal) is not what event \(sequence) says was decided.")
    }
  }

  private mutating func compareGateReports() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT run.model, run.number, CAST(json AS BLOB), lower(hex(gate_report.digest))
        FROM gate_report JOIN run ON run.id = gate_report.run ORDER BY gate_report.id
        """)
    while let row = try rows.next() {
      if try Self.digest(row, 2) == row.decode(String.self, atIndex: 3) { continue }
      let run = "\(try row.decode(String.self, atIndex: 0))#\(try row.decode(Int.self, atIndex: 1))"
      report(nil, "The gate report of \(run) is not the one that was written.")
    }
  }

  /// The SHA-256 of a column's bytes, in hexadecimal.
  static func digest(_ row: Row, _ column: Int) throws -> String {
    try row.withUnsafeData(atIndex: column) { data in SHA256Hash.digest(of: Array(data ?? .init())).hex }
  }

  mutating func report(_ sequence: Int64?, _ sentence: String) {
    findings.append(LedgerVerification.Finding(sequence: sequence, sentence: sentence))
  }
}
