import Foundation
import GRDB
import RefitCore
import RefitStore

extension Oracle {
  /// Takes up new events in their order, and holds what they tell against the rows.
  func readLedger(_ records: Records) throws {
    let events = try records.rows(
      "SELECT seq, at, kind, model, run, payload, leaf FROM ledger WHERE seq > ? ORDER BY seq", [ledger.size])
    for event in events {
      let kind: String = event["kind"]
      guard event["seq"] as Int64 == ledger.size + 1 else {
        throw Violation(.ledgerVerifies, "event \(ledger.size + 1) is missing")
      }
      ledger.append(event["leaf"], kind: kind)
      try take(event, kind, records)
    }
    if !events.isEmpty {
      try ledger.checkFrontier(records)
      // It counts all rows there are.
      if checks % 20 == 0 { try checkCounts(records) }
    }
  }

  private func take(_ event: Row, _ kind: String, _ records: Records) throws {
    let at = event.seconds("at")!
    let model: String = event["model"] ?? ""
    defer { timeline.reached = max(timeline.reached, at) }
    if Self.decisions.contains(kind), timeline.isBehind(at) {
      throw Violation(
        .clock,
        "\(kind) at \(spoken(at)), while the record has reached \(spoken(timeline.reached))")
    }
    switch kind {
    case "clock-accepted": timeline.accept(at: at)
    case "configuration-applied":
      guard let digest = try fields(event)["configuration"]?.text, let applied = try applied(digest, records)
      else {
        throw Violation(.lineageComplete, "the configuration that was applied at \(spoken(at)) is not kept")
      }
      for (key, segment) in timeline.apply(applied, at: at) {
        try checkComplete(key, segment, through: at, because: "its schedule changed or went")
      }
    case "occurrence-decided": try checkVerdict(try fields(event), model: model, at: at)
    case "run-opened":
      if let live = timeline.live[model] {
        throw Violation(.oneLiveRun, "\(model)#\(event["run"] as Int) was opened while #\(live) is live")
      }
      timeline.live[model] = event["run"]
      timeline.settings["\(model)#\(event["run"] as Int)"] = timeline.current?.model(model)
    case "run-ended":
      let state = try fields(event)["state"]?.text ?? ""
      guard timeline.live[model] == event["run"] as Int? else {
        throw Violation(.rowsAndLedger, "\(model)#\(event["run"] as Int) ended and was not live")
      }
      timeline.live[model] = nil
      timeline.ended[model, default: []].append(.init(state: state, at: at))
    case "paused":
      let fields = try fields(event)
      let until = fields["until"]?.text.flatMap { Instant($0)?.seconds }
      timeline.pauses[model, default: [:]][fields["origin"]?.text ?? ""] = .some(until)
    case "resumed": timeline.pauses[model]?[try fields(event)["origin"]?.text ?? ""] = nil
    default: break
    }
  }

  /// What waits until the clock can be gone by.
  private static let decisions: Set<String> = [
    "occurrence-decided", "occurrence-held", "occurrence-ready", "occurrence-skipped", "occurrence-coalesced",
  ]

  private func applied(_ digest: String, _ records: Records) throws -> ProjectSettings? {
    let rows = try records.rows("SELECT text FROM configuration WHERE lower(hex(digest)) = ?", [digest])
    return (rows.first?["text"] as String?).flatMap { settings[$0] }
  }

  private func fields(_ event: Row) throws -> [String: PayloadField] {
    let text: String = event["payload"] ?? "{}"
    return try JSONDecoder().decode([String: PayloadField].self, from: Data(text.utf8))
  }

  /// Rows of a table, and the events that tell of them: as many of the one as of the other.
  func checkCounts(_ records: Records) throws {
    let pairs = [
      ("decision", ["occurrence-decided"]), ("run", ["run-opened"]),
      ("run WHERE ended_at IS NOT NULL", ["run-ended"]), ("promotion", ["promoted", "rolled-back"]),
      ("version", ["candidate-sealed"]), ("gate_report", ["gates-judged"]), ("approval", ["approval-given"]),
      ("attempt WHERE ended_at IS NOT NULL", ["attempt-ended"]), ("holdout", ["holdout-frozen"]),
      ("promotion WHERE published_at IS NOT NULL", ["published"]),
    ]
    for (table, kinds) in pairs {
      let rows = try records.number("SELECT count(*) FROM \(table)") ?? 0
      let events = kinds.reduce(0) { $0 + ledger.counts[$1, default: 0] }
      guard rows == Int64(events) else {
        throw Violation(
          .rowsAndLedger, "\(rows) rows of \(table), and \(events) events \(kinds.joined(separator: ", "))")
      }
    }
  }
}

/// One value of an event's payload; only texts are looked at.
struct PayloadField: Decodable {
  var text: String?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do { text = try container.decode(String.self) } catch { text = nil }
  }
}
