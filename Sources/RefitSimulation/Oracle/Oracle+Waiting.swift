import GRDB

extension Oracle {
  /// What waits now. What waited before and waits no more must be recorded: nothing is lost on the way.
  func readWaiting(_ records: Records) throws {
    let rows = try records.rows(
      "SELECT id, model, schedule, nominal, since, ready_at FROM occurrence_pending ORDER BY id")
    let now = Set(rows.map { OccurrenceKey($0) })
    for key in waiting.subtracting(now).sorted(by: { $0.description < $1.description })
    where occurrences[key] == nil {
      throw Violation(.occurrenceOnce, "\(key) waited, waits no more, and nothing says what became of it")
    }
    for row in rows {
      let key = OccurrenceKey(row)
      if let state = occurrences[key] {
        throw Violation(.occurrenceOnce, "\(key) waits, and is \(state) already")
      }
      if waitedSince.updateValue(row.seconds("since")!, forKey: key) == nil {
        begun.append(key)
        heirs[key.name, default: []].insert(key)
      }
    }
    waiting = now
    awaitingData = Set(
      rows.filter { $0["ready_at"] as Int64? == nil }.map { OccurrenceKey($0) }.filter {
        timeline.segments[$0.name]?.last?.settings.ready != nil
      })
  }
}
