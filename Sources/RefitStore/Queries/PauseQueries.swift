internal import GRDB
import RefitCore

extension StoreQueries {
  /// The pauses that nobody has ended, the oldest first; one whose own time is over is among them until it is closed.
  public func openPauses() throws(StoreError) -> [Pause] {
    try read { db in
      try Row.fetchAll(db.cachedStatement(sql: PauseSQL.open)).map { row in
        Pause(
          model: try row.decode(atIndex: 0), origin: try row.decode(atIndex: 1),
          since: try row.decode(atIndex: 2), until: try row.decode(atIndex: 3),
          actor: try row.decode(atIndex: 4), because: try row.decode(atIndex: 5))
      }
    }
  }
}

/// A question that each tick asks; a test sees to it that it goes through its index.
enum PauseSQL {
  static let open = """
    SELECT model, origin, since, until, actor, because FROM pause INDEXED BY pause_open
    WHERE ended_at IS NULL ORDER BY id
    """
}
