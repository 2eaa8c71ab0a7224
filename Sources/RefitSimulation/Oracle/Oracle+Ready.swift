extension Oracle {
  /// An occurrence that waits for data is decided only after a check of it has said that they are there. It is given up
  /// only when its time is over, none has said so, and a check was begun in the last stretch of its time or later.
  func checkReady(_ key: OccurrenceKey, _ state: String, at: Int64, _ segments: [Timeline.Segment]) throws {
    let rules = segments.compactMap(\.settings.ready)
    guard rules.count == segments.count, let rule = rules.last else { return }
    let saidYes = launcher.machine { state in
      state.witness.checks.values.contains { $0.key == key && $0.answer == .yes }
    }
    switch state {
    case "decided" where !saidYes:
      throw Violation(.ready, "\(key) was decided at \(spoken(at)), and no check has said that it is ready")
    case "missed":
      let isGone = segments.contains { $0.end == at }
      guard !isGone, let since = waitedSince[key] else { return }
      guard !saidYes, since + rule.within <= at else {
        throw Violation(
          .ready,
          "\(key) has waited since \(spoken(since)) and was given up at \(spoken(at))"
            + (saidYes ? ", after a check said that it is ready" : ""))
      }
      guard let last = lastChecked[key], last >= since + rule.within - rule.every else {
        throw Violation(.ready, "\(key) was given up at \(spoken(at)), and was not asked after once more")
      }
    default: break
    }
  }

  /// Each check that has ended is recorded as it ended; none that goes on is of an occurrence that is decided long ago.
  /// When each began is kept here: of an occurrence that waits no more the rows are gone as soon as another of its
  /// schedule is checked, which may be in the very tick that gave it up.
  func checkChecks(_ records: Records) throws {
    let rows = try records.rows(
      "SELECT id, model, schedule, nominal, token, started_at, outcome FROM ready_check WHERE id > ? ORDER BY id",
      [seenChecks.settled])
    let unsettled = rows.first { $0["outcome"] as String? == nil }.map { $0["id"] as Int64 } ?? .max
    let checks = launcher.machine(\.witness.checks)
    for row in rows where !seenChecks.beyond.contains(row["id"]) {
      let key = OccurrenceKey(row)
      lastChecked[key] = max(lastChecked[key] ?? .min, row.seconds("started_at")!)
      guard let outcome: String = row["outcome"] else { continue }
      let check = checks[row["token"]]
      let isGivenUp = !waiting.contains(key)
      guard outcome == check?.answer.recorded ?? "failed" || (isGivenUp && outcome == "failed") else {
        throw Violation(
          .ready,
          "a check of \(key) is recorded as \(outcome), and its answer was '\(check?.answer.rawValue ?? "none")'"
        )
      }
      seenChecks.note(row["id"], unsettled: unsettled)
    }
  }

  /// Once all is at rest no check goes on of which nobody waits for the answer.
  func checkNoneIsLeftBehind(_ records: Records) throws {
    let rows = try records.rows("SELECT model, schedule, nominal FROM ready_check WHERE ended_at IS NULL")
    if let left = rows.map({ OccurrenceKey($0) }).first(where: { !waiting.contains($0) }) {
      throw Violation(.ready, "a check of \(left) goes on, and nobody waits for it")
    }
    let alive = launcher.machine { state in
      state.trees.values.filter { $0.isAlive && $0.kind == .check }.compactMap {
        state.witness.checks[$0.order.token]?.key
      }
    }
    if let left = alive.first(where: { !waiting.contains($0) }) {
      throw Violation(.ready, "processes of a check of \(left) are there, and nobody waits for it")
    }
  }
}
