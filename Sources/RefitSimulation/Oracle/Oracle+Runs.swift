import GRDB

extension Oracle {
  /// Live runs, and where new ones come from.
  func checkRuns(_ records: Records) throws {
    let live = "state IN ('queued', 'running', 'gating', 'awaiting-approval')"
    if let row = try records.rows(
      "SELECT model, count(*) AS count FROM run WHERE \(live) GROUP BY model HAVING count(*) > 1"
    ).first {
      throw Violation(.oneLiveRun, "\(row["model"] as String) has \(row["count"] as Int) live runs")
    }
    let rows = try records.rows(
      """
      SELECT run.id, run.model, number, trigger_schedule, trigger_nominal, trigger_person, verdict
      FROM run LEFT JOIN decision ON decision.id = run.decision WHERE run.id > ? ORDER BY run.id
      """, [seenRun])
    for row in rows {
      seenRun = row["id"]
      let name = "\(row["model"] as String)#\(row["number"] as Int)"
      guard let schedule: String = row["trigger_schedule"] else { continue }
      guard row["verdict"] as String? == "retrain" else {
        throw Violation(
          .unknownIsNotSuccess, "\(name) was opened by a decision '\(row["verdict"] as String? ?? "none")'")
      }
      let key = OccurrenceKey(model: row["model"], schedule: schedule, nominal: row["trigger_nominal"])
      guard triggers.insert(key).inserted else {
        throw Violation(.occurrenceOnce, "\(name) is the second run of one occurrence of \(schedule)")
      }
    }
  }

  /// Each attempt that has ended ended as its process did; what is recorded as live or as over was started or not.
  func checkAttempts(_ records: Records) throws {
    let rows = try records.rows(
      """
      SELECT attempt.id, run.model, run.number, job, attempt.state, token, run.reason AS run_reason
      FROM attempt JOIN run ON run.id = attempt.run JOIN attempt_launch ON attempt_launch.attempt = attempt.id
      WHERE attempt.id > ? AND attempt.ended_at IS NOT NULL ORDER BY attempt.id
      """, [seenAttempts.settled])
    let unsettled =
      try records.number("SELECT min(id) FROM attempt WHERE ended_at IS NULL") ?? .max
    let starts = launcher.machine(\.witness.starts)
    for row in rows where !seenAttempts.beyond.contains(row["id"]) {
      try checkAttempt(row, starts[row["token"]])
      seenAttempts.note(row["id"], unsettled: unsettled)
    }
  }

  private func checkAttempt(_ row: Row, _ start: Witness.Start?) throws {
    let name = "\(row["model"] as String)#\(row["number"] as Int)/\(row["job"] as String)"
    let state: String = row["state"]
    // Three deaths at one place of a run, and nobody looks at it again.
    let isGivenUp = deaths >= 3 && (row["run_reason"] as String? ?? "").hasPrefix("Refit died")
    if isGivenUp, ["cancelled", "unkillable"].contains(state) { return }
    guard let start else {
      guard ["failed", "cancelled", "lost"].contains(state) else {
        throw Violation(.truthOfAttempts, "\(name) never started, and is recorded as \(state)")
      }
      return
    }
    var possible: Set<String> = [start.behaviour.outcome]
    switch start.interruption {
    case .cancelled: possible = start.behaviour == .unkillable ? ["unkillable"] : ["cancelled"]
    case .lost: possible.insert("lost")
    case nil: break
    }
    if start.interruption == .cancelled { possible.insert("lost") }
    guard possible.contains(state) else {
      throw Violation(
        .truthOfAttempts,
        "\(name) did '\(start.behaviour.rawValue)', and is recorded as \(state), not as \(possible.sorted())")
    }
    if state == "succeeded", start.behaviour != .succeed {
      throw Violation(
        .unknownIsNotSuccess, "\(name) did '\(start.behaviour.rawValue)' and counts as a success")
    }
  }
}

/// Which attempts were checked: attempts end in another order than they begin.
struct SeenAttempts {
  /// All up to this one.
  var settled: Int64 = 0
  var beyond: Set<Int64> = []

  mutating func note(_ id: Int64, unsettled: Int64) {
    beyond.insert(id)
    let reached = beyond.filter { $0 < unsettled }.max() ?? settled
    settled = max(settled, reached)
    beyond = beyond.filter { $0 > settled }
  }
}
