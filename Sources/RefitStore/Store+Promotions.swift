internal import GRDB
import RefitCore

extension Store {
  /// Moves the champion back (or anywhere) outside a run, by compare-and-set on the champion that it takes over
  /// from: throws `championChanged` when another one serves by now.
  public func rollback(_ model: Name, to promotion: Promotion) throws(StoreError) {
    try write(.rollBack) { db in
      guard promotion.kind == .rollback, promotion.run == nil else {
        throw StoreError.refused("a version is promoted by its run only; this is for a rollback")
      }
      guard try db.hasServed(model, version: promotion.version) else {
        throw StoreError.refused("version \(promotion.version) of \(model) has never served")
      }
      try db.promote(promotion, model: model, run: nil)
      try db.appendToLedger([
        LedgerEntry(
          kind: .rolledBack, model: model, run: nil, actor: promotion.actor, at: promotion.at,
          payload: [
            "version": .whole(Int64(promotion.version)), "previous": .optional(promotion.previous),
            "because": .text(promotion.because),
          ])
      ])
    }
  }

  /// Notes that the champion's link names this version now. Noting it again changes nothing; throws
  /// `championChanged` when another version serves by now.
  public func recordPublished(
    _ model: Name, version: Int, at now: Instant, actor: String = "refit"
  ) throws(StoreError) {
    try write(.recordPublication) { db in
      guard let champion = try db.champion(of: model), champion.promotion.version == version else {
        let found = try db.champion(of: model)?.promotion.version
        throw StoreError.championChanged(model: model, expected: version, found: found)
      }
      if champion.publishedAt != nil { return }
      try db.cachedStatement(
        sql: """
          UPDATE promotion SET published_at = ? WHERE id = (SELECT promotion FROM champion WHERE model = ?)
          """
      ).execute(arguments: [now, model])
      try db.appendToLedger([
        LedgerEntry(
          kind: .published, model: model, run: champion.promotion.run, actor: actor, at: now,
          payload: ["version": .whole(Int64(version))])
      ])
    }
  }
}

extension Database {
  /// Moves the champion pointer, if the version that the promotion takes over from still serves.
  func promote(_ promotion: Promotion, model: Name, run: Int64?) throws {
    let serving = try cachedStatement(sql: "SELECT version FROM champion WHERE model = ?")
    let found = try Int.fetchOne(serving, arguments: [model])
    guard found == promotion.previous else {
      throw StoreError.championChanged(model: model, expected: promotion.previous, found: found)
    }
    try cachedStatement(
      sql: """
        INSERT INTO promotion (model, kind, version, previous, run, at, actor, because)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      model, promotion.kind, promotion.version, promotion.previous, run, promotion.at, promotion.actor,
      promotion.because,
    ])
    try cachedStatement(
      sql: """
        INSERT INTO champion (model, version, promotion) VALUES (?, ?, ?)
        ON CONFLICT (model) DO UPDATE SET version = excluded.version, promotion = excluded.promotion
        """
    ).execute(arguments: [model, promotion.version, lastInsertedRowID])
  }

  func hasServed(_ model: Name, version: Int) throws -> Bool {
    let statement = try cachedStatement(
      sql: "SELECT 1 FROM promotion WHERE model = ? AND version = ? LIMIT 1")
    return try Int.fetchOne(statement, arguments: [model, version]) != nil
  }
}
