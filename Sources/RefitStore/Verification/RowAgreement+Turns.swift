internal import GRDB

extension RowAgreement {
  /// Rows of a kind and the events that tell of them, in an order that is the same for both: they were written
  /// together. Both queries give the same fields after the row's name and after the event's number and whether
  /// its payload was pruned; the first `recorded` of the fields don't come from the payload.
  struct Turn {
    let noun: String
    let rows: String
    let events: String
    let recorded: Int
  }

  static let turns = [promotions, publications, holdouts, judgements, approvals]

  private static let promotions = Turn(
    noun: "promotion",
    rows: """
      SELECT promotion.model || '@' || version, promotion.model,
        iif(kind = 'promotion', 'promoted', 'rolled-back'), run.number, at, actor, version, previous,
        promotion.because
      FROM promotion LEFT JOIN run ON run.id = promotion.run ORDER BY promotion.id
      """,
    events: """
      SELECT event.seq, event.payload IS NULL, event.model, event.kind, event.run, event.at, event.actor,
        \(field("version")), \(field("previous")), \(field("because"))
      FROM ledger AS event WHERE event.kind IN ('promoted', 'rolled-back') AND \(isTurn) ORDER BY event.seq
      """,
    recorded: 5)

  private static let publications = Turn(
    noun: "publication",
    rows: """
      SELECT promotion.model || '@' || version, promotion.model, run.number, published_at, version
      FROM promotion LEFT JOIN run ON run.id = promotion.run
      WHERE published_at IS NOT NULL ORDER BY promotion.model, promotion.id
      """,
    events: """
      SELECT event.seq, event.payload IS NULL, event.model, event.run, event.at, \(field("version"))
      FROM ledger AS event WHERE event.kind = 'published' AND \(isTurn) ORDER BY event.model, event.seq
      """,
    recorded: 3)

  private static let holdouts = Turn(
    noun: "holdout",
    rows: """
      SELECT model || '#' || number, model, number, lower(hex(digest)), lower(hex(blinded)),
        lower(hex(withheld)), rows, origin
      FROM holdout JOIN run ON run.id = holdout.run ORDER BY model, number
      """,
    events: """
      SELECT event.seq, event.payload IS NULL, event.model, event.run, \(field("holdout")),
        \(field("blinded")), \(field("withheld")), \(field("rows")), \(field("origin"))
      FROM ledger AS event WHERE event.kind = 'holdout-frozen' AND \(isTurn) ORDER BY event.model, event.run
      """,
    recorded: 2)

  private static let judgements = Turn(
    noun: "gate report",
    rows: """
      SELECT run.model || '#' || run.number, run.model, run.number, judged_at, lower(hex(gate_report.digest)),
        verdict, gate_report.candidate, champion, iif(holdout IS NULL, NULL, lower(hex(holdout)))
      FROM gate_report JOIN run ON run.id = gate_report.run ORDER BY gate_report.id
      """,
    events: """
      SELECT event.seq, event.payload IS NULL, event.model, event.run, event.at, \(field("report")),
        \(field("verdict")), \(field("candidate")), \(field("champion")), \(field("holdout"))
      FROM ledger AS event WHERE event.kind = 'gates-judged' AND \(isTurn) ORDER BY event.seq
      """,
    recorded: 3)

  private static let approvals = Turn(
    noun: "approval",
    rows: """
      SELECT run.model || '#' || run.number, run.model, run.number, at, actor, approval.because,
        lower(hex(artifact)), lower(hex(gate_report)), lower(hex(approval.configuration))
      FROM approval JOIN run ON run.id = approval.run ORDER BY approval.id
      """,
    events: """
      SELECT event.seq, event.payload IS NULL, event.model, event.run, event.at, event.actor,
        \(field("because")), \(field("artifact")), \(field("report")), \(field("configuration"))
      FROM ledger AS event WHERE event.kind = 'approval-given' AND \(isTurn) ORDER BY event.seq
      """,
    recorded: 4)

  mutating func compare(_ turn: Turn) throws {
    let rows = try Row.fetchCursor(db, sql: turn.rows)
    let events = try Row.fetchCursor(db, sql: turn.events)
    while true {
      let row = try rows.next()
      let event = try events.next()
      if row == nil, event == nil { return }
      guard let row, let event else {
        report(
          try event?.decode(atIndex: 0),
          try row.map { "The \(turn.noun) of \(try Self.name($0)) is there, but no event tells of it." }
            ?? "The ledger tells of a \(turn.noun) that is no longer there.")
        return
      }
      let fields = try event.decode(Bool.self, atIndex: 1) ? turn.recorded : row.count - 1
      let isSame = (0..<fields).allSatisfy { field in
        let (found, told): (DatabaseValue, DatabaseValue) = (row[1 + field], event[2 + field])
        return found == told
      }
      if !isSame {
        let sequence: Int64 = try event.decode(atIndex: 0)
        report(
          sequence, "The \(turn.noun) of \(try Self.name(row)) is not what event \(sequence) says of it.")
      }
    }
  }

  private static func name(_ row: Row) throws -> String { try row.decode(atIndex: 0) }
}
