import GRDB

extension Oracle {
  /// Takes up new rows: an occurrence is in the table once for ever.
  func readOccurrences(_ records: Records) throws {
    let rows = try records.rows(
      "SELECT id, model, schedule, nominal, state FROM occurrence WHERE id > ? ORDER BY id", [seenOccurrence])
    for row in rows { try note(OccurrenceKey(row), row["state"]) }
    try readSpans(records)
    try readWaiting(records)
  }

  private func note(_ key: OccurrenceKey, _ state: String) throws {
    guard occurrences.updateValue(state, forKey: key) == nil else {
      throw Violation(.occurrenceOnce, "\(key) was acted on a second time")
    }
    if state == "decided" { heirs[key.name, default: []].insert(key) }
  }

  /// One record of many: it must be of as many as its schedule has from the first to the last.
  private func readSpans(_ records: Records) throws {
    let rows = try records.rows("SELECT * FROM occurrence_span WHERE id > ? ORDER BY id", [seenSpan])
    for row in rows {
      seenSpan = row["id"]
      let (first, last) = (row.seconds("first")!, row.seconds("last")!)
      let name = "\(row["model"] as String)/\(row["schedule"] as String)"
      let counted = timeline.segments[name, default: []].compactMap { segment -> [OccurrenceKey]? in
        guard segment.start < first else { return nil }
        let keys = segment.expected.instants(from: first, to: last + 1).map {
          OccurrenceKey(model: row["model"], schedule: row["schedule"], nominal: $0 * 1_000_000)
        }.filter { occurrences[$0] == nil }
        return keys.count == row["count"] as Int ? keys : nil
      }.last
      guard let counted else {
        throw Violation(
          .occurrenceOnce,
          "\(row["count"] as Int) occurrences of \(name) were recorded from \(spoken(first)) to "
            + "\(spoken(last)), and its schedule has another number of them")
      }
      for key in counted { try note(key, row["state"]) }
      spans.append(.init(keys: counted, state: row["state"], at: row.seconds("recorded_at")!))
    }
  }

  /// Whether the new rows are occurrences that their schedules have, with an outcome that these allow, and whether
  /// none is missing.
  func checkOccurrences(_ records: Records, after step: Step) throws {
    let rows = try records.rows(
      "SELECT * FROM occurrence WHERE id > ? ORDER BY id", [seenOccurrence])
    var found = spans
    spans = []
    for row in rows {
      seenOccurrence = row["id"]
      found.append(.init(keys: [OccurrenceKey(row)], state: row["state"], at: row.seconds("recorded_at")!))
    }
    try checkOutcomes(found)
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

  /// Each occurrence since the last look must be in the table, or wait.
  func checkComplete(_ key: String, _ segment: Timeline.Segment, through now: Int64, because: String) throws {
    let parts = key.split(separator: "/")
    for nominal in segment.expected.instants(from: segment.checkedThrough + 1, to: now + 1) {
      let found = OccurrenceKey(
        model: String(parts[0]), schedule: String(parts[1]), nominal: nominal * 1_000_000)
      guard occurrences[found] != nil || waiting.contains(found) else {
        throw Violation(
          .occurrenceOnce,
          "\(key) of \(spoken(nominal)) was due by \(spoken(now)), \(because), and it is not accounted for")
      }
    }
  }
}

/// A schedule of a model at one of its instants.
struct OccurrenceKey: Hashable, CustomStringConvertible {
  var model: String
  var schedule: String
  /// Microseconds since 1970.
  var nominal: Int64

  /// The name of its schedule: `loans/nightly`.
  var name: String { "\(model)/\(schedule)" }
  var seconds: Int64 { nominal / 1_000_000 }
  var description: String { "\(name) of \(spoken(seconds))" }
}

extension OccurrenceKey {
  init(_ row: Row) {
    self.init(model: row["model"], schedule: row["schedule"], nominal: row["nominal"])
  }
}
