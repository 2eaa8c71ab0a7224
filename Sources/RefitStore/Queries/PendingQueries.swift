internal import GRDB
import RefitCore

extension StoreQueries {
  /// The occurrences that wait, of a model or of all: of each schedule the one that is being checked first, then those
  /// that were not checked for longest.
  public func pendingOccurrences(of model: Name? = nil) throws(StoreError) -> [PendingOccurrence] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT pending.model, pending.schedule, pending.nominal, since, ready_at, attend_at, number, launches,
            token, started_at, ended_at, outcome, sentence
          FROM occurrence_pending AS pending LEFT JOIN ready_check ON ready_check.id = (
            SELECT id FROM ready_check AS newest WHERE newest.model = pending.model
              AND newest.schedule = pending.schedule AND newest.nominal = pending.nominal
            ORDER BY number DESC LIMIT 1)
          WHERE pending.model = ifnull(?, pending.model)
          ORDER BY pending.model, pending.schedule, (number IS NOT NULL AND ended_at IS NULL) DESC, started_at,
            pending.nominal
          """)
      return try Row.fetchAll(statement, arguments: [model]).map(PendingOccurrence.init)
    }
  }

  /// Checks that go on though their occurrence waits no more: its schedule was changed, or a newer one stands for it.
  public func abandonedChecks() throws(StoreError) -> [PendingOccurrence] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT model, schedule, nominal, started_at, NULL, NULL, number, launches, token, started_at, ended_at,
            outcome, sentence
          FROM ready_check AS live
          WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM occurrence_pending AS pending
            WHERE pending.model = live.model AND pending.schedule = live.schedule
              AND pending.nominal = live.nominal)
          ORDER BY id
          """)
      return try Row.fetchAll(statement).map(PendingOccurrence.init)
    }
  }

  /// Whether a check of the schedule goes on, of whichever occurrence.
  public func hasLiveCheck(_ key: ScheduleKey) throws(StoreError) -> Bool {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT 1 FROM ready_check WHERE model = ? AND schedule = ? AND ended_at IS NULL")
      return try Int.fetchOne(statement, arguments: [key.model, key.schedule]) != nil
    }
  }
}

extension PendingOccurrence {
  fileprivate init(row: Row) throws {
    self.init(
      model: try row.decode(atIndex: 0), schedule: try row.decode(atIndex: 1),
      nominal: try row.decode(atIndex: 2), since: try row.decode(atIndex: 3),
      readyAt: try row.decode(atIndex: 4), attendAt: try row.decode(atIndex: 5))
    guard let number: Int = try row.decode(atIndex: 6) else { return }
    var check = ReadyCheck(
      number: number, launches: try row.decode(atIndex: 7), token: try row.decode(atIndex: 8),
      startedAt: try row.decode(atIndex: 9))
    if let at: Instant = try row.decode(atIndex: 10) {
      check.end = .init(at: at, outcome: try row.decode(atIndex: 11), sentence: try row.decode(atIndex: 12))
    }
    (checks, lastCheck) = (number, check)
  }
}
