import GRDB

extension Oracle {
  /// Takes back what a person who accepted the clock has withdrawn: it comes due again. What was decided stays.
  func readWithdrawn(_ records: Records) throws {
    let moments = try records.rows(
      "SELECT at FROM ledger WHERE kind = 'clock-accepted' AND seq > ? ORDER BY seq", [ledger.size])
    for moment in moments {
      let at = moment.seconds("at")!
      for (key, state) in occurrences where key.seconds > at && state != "decided" { occurrences[key] = nil }
      waiting = waiting.filter { $0.seconds <= at }
      waitedSince = waitedSince.filter { $0.key.seconds <= at || occurrences[$0.key] != nil }
    }
    guard !moments.isEmpty else { return }
    // Numbers of rows that are gone are given again.
    seenOccurrence = min(seenOccurrence, try records.number("SELECT max(id) FROM occurrence") ?? 0)
    let decided = try records.rows("SELECT model, schedule, nominal FROM occurrence WHERE state = 'decided'")
    let kept = Set(decided.map { OccurrenceKey($0) })
    for (key, state) in occurrences where state == "decided" && !kept.contains(key) {
      throw Violation(.occurrenceOnce, "\(key) was decided, and is withdrawn with the clock")
    }
  }

  /// Whether the wall clock is so far behind the record that nothing may be decided.
  func isClockBehind(at now: Int64) -> Bool { timeline.isBehind(now) }
}
