import GRDB

extension Oracle {
  /// Takes up new rows: an occurrence is in the table once for ever.
  func readOccurrences(_ records: Records) throws {
    let rows = try records.rows(
      "SELECT id, model, schedule, nominal FROM occurrence WHERE id > ? ORDER BY id", [seenOccurrence])
    for row in rows {
      let key = OccurrenceKey(model: row["model"], schedule: row["schedule"], nominal: row["nominal"])
      guard occurrences.insert(key).inserted else {
        throw Violation(
          .occurrenceOnce,
          "\(key.model)/\(key.schedule) of \(spoken(key.nominal / 1_000_000)) was acted on a second time")
      }
    }
  }

  /// Whether the new rows are occurrences that their schedules have, and whether none is missing.
  func checkOccurrences(_ records: Records, after step: Step) throws {
    let rows = try records.rows(
      "SELECT * FROM occurrence WHERE id > ? ORDER BY id", [seenOccurrence])
    for row in rows {
      seenOccurrence = row["id"]
      try checkDue(row)
    }
    try checkBatches(rows)
    guard case .cleanTick(let now) = step else { return }
    for key in timeline.segments.keys.sorted() {
      guard let segment = timeline.segments[key]?.last, segment.end == nil, now > segment.checkedThrough
      else {
        continue
      }
      try checkComplete(key, segment, through: now, because: "a tick had nothing in its way")
      timeline.segments[key]![timeline.segments[key]!.count - 1].checkedThrough = now
    }
  }

  private func checkDue(_ row: Row) throws {
    let key = "\(row["model"] as String)/\(row["schedule"] as String)"
    let nominal = row.seconds("nominal")!
    let name = "\(key) of \(spoken(nominal))"
    guard row["nominal"] as Int64 % 1_000_000 == 0,
      timeline.segments[key, default: []].contains(where: {
        $0.start < nominal && $0.expected.contains(nominal)
      })
    else { throw Violation(.occurrenceOnce, "\(name) was recorded, and its schedule has no such occurrence") }
    guard nominal <= row.seconds("recorded_at")! else {
      throw Violation(.occurrenceOnce, "\(name) was recorded before it was due")
    }
  }

  /// `misfire: once`: of those that one tick found due the newest is decided and the others are coalesced into it.
  private func checkBatches(_ rows: [Row]) throws {
    let batches = Dictionary(grouping: rows.filter { $0["state"] != "missed" }) {
      "\($0["model"] as String)/\($0["schedule"] as String) at \(spoken($0.seconds("recorded_at")!))"
    }
    for (batch, rows) in batches.sorted(by: { $0.key < $1.key }) {
      let decided = rows.filter { $0["state"] == "decided" }
      guard decided.count == 1, decided[0]["nominal"] as Int64 == rows.map({ $0["nominal"] as Int64 }).max()
      else {
        let states = rows.map { "\(spoken($0.seconds("nominal")!)) \($0["state"] as String)" }
        throw Violation(.occurrenceOnce, "\(batch): \(states.joined(separator: ", "))")
      }
    }
  }

  /// Each occurrence since the last look must be in the table.
  func checkComplete(_ key: String, _ segment: Timeline.Segment, through now: Int64, because: String) throws {
    let parts = key.split(separator: "/")
    for nominal in segment.expected.instants(from: segment.checkedThrough + 1, to: now + 1) {
      let found = OccurrenceKey(
        model: String(parts[0]), schedule: String(parts[1]), nominal: nominal * 1_000_000)
      guard occurrences.contains(found) else {
        throw Violation(
          .occurrenceOnce,
          "\(key) of \(spoken(nominal)) was due by \(spoken(now)), \(because), and it is not accounted for")
      }
    }
  }
}
