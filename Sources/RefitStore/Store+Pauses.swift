internal import GRDB
import RefitCore

extension Store {
  /// Records a pause from `now` on, with its event. One of the same origin that lasts for the same model (or for
  /// the project) is ended by it.
  public func pause(_ pause: Pause, at now: Instant) throws(StoreError) {
    try write(.pause) { db in
      try db.endPause(
        pause.origin, of: pause.model, at: now, actor: pause.actor, because: "another pause took its place")
      try db.cachedStatement(
        sql: "INSERT INTO pause (model, origin, since, until, actor, because) VALUES (?, ?, ?, ?, ?, ?)"
      ).execute(arguments: [pause.model, pause.origin, now, pause.until, pause.actor, pause.because])
      try db.appendToLedger([
        LedgerEntry(
          kind: .paused, model: pause.model, run: nil, actor: pause.actor, at: now,
          payload: [
            "origin": .text(pause.origin.rawValue), "until": .optional(pause.until?.description),
            "because": .text(pause.because),
          ])
      ])
    }
  }

  /// Ends the pause of this origin for a model (nil: for the project), with its event; false when none lasts.
  @discardableResult
  public func resume(
    _ model: Name?, origin: Pause.Origin, at now: Instant, actor: String, because: String
  ) throws(StoreError) -> Bool {
    try write(.resume) { db in
      let isEnded = try db.endPause(origin, of: model, at: now, actor: actor, because: because)
      guard isEnded else { return false }
      try db.appendToLedger([
        LedgerEntry(
          kind: .resumed, model: model, run: nil, actor: actor, at: now,
          payload: ["origin": .text(origin.rawValue), "because": .text(because)])
      ])
      return true
    }
  }
}

extension Database {
  @discardableResult
  fileprivate func endPause(
    _ origin: Pause.Origin, of model: Name?, at now: Instant, actor: String, because: String
  ) throws -> Bool {
    try cachedStatement(
      sql: """
        UPDATE pause SET ended_at = ?, ended_by = ?, ended_because = ?
        WHERE origin = ? AND ifnull(model, '') = ifnull(?, '') AND ended_at IS NULL
        """
    ).execute(arguments: [now, actor, because, origin, model])
    return changesCount == 1
  }
}
