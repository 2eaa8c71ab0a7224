import GRDB

extension Oracle {
  /// Of a model that was paused before a step and still is after it, the step has started and promoted nothing.
  func checkPauses(_ records: Records) throws {
    let now = launcher.machine(\.time.wall.seconds)
    let open = try records.rows("SELECT model, until FROM pause WHERE ended_at IS NULL")
    let paused = Set(
      open.filter { row in row.seconds("until").map { now < $0 } ?? true }.map {
        $0["model"] as String? ?? ""
      })
    let still = paused.intersection(pausedBefore)
    for (table, sql) in Self.beginnings {
      let rows = try records.rows(sql, [newestBefore[table, default: 0]])
      if let model = rows.map({ $0["model"] as String }).first(where: {
        still.contains($0) || still.contains("")
      }) {
        throw Violation(.paused, "a new \(table) of \(model) began while it is paused")
      }
      newestBefore[table] = rows.map { $0["id"] as Int64 }.max() ?? newestBefore[table]
    }
    pausedBefore = paused
  }

  /// What does not begin in a pause, and how to find what is new of it.
  private static let beginnings = [
    ("run", "SELECT id, model FROM run WHERE id > ?"),
    (
      "attempt", "SELECT attempt.id, model FROM attempt JOIN run ON run.id = attempt.run WHERE attempt.id > ?"
    ),
    ("promotion", "SELECT id, model FROM promotion WHERE id > ? AND kind = 'promotion'"),
  ]
}
