internal import GRDB
import RefitCore

/// A move of the champion pointer, and when it took effect.
public struct PromotionRecord: Hashable, Sendable {
  public var model: Name
  public var promotion: Promotion
  /// When the link named the version; nil: not yet, or never.
  public var publishedAt: Instant?

  public var version: VersionID { VersionID(model: model, number: promotion.version) }
}

extension StoreQueries {
  /// The move that made the serving version champion; nil when nothing serves.
  public func champion(_ model: Name) throws(StoreError) -> PromotionRecord? {
    try read { db in try db.champion(of: model) }
  }

  /// Champions whose link does not name them yet.
  public func unpublished() throws(StoreError) -> [PromotionRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: PromotionRecord.select + """
           JOIN champion ON champion.promotion = promotion.id
          WHERE published_at IS NULL ORDER BY promotion.model
          """)
      return try Row.fetchAll(statement).map(PromotionRecord.init)
    }
  }

  /// All moves of a model's champion, the newest first.
  public func promotions(_ model: Name) throws(StoreError) -> [PromotionRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: PromotionRecord.select + " WHERE promotion.model = ? ORDER BY promotion.id DESC")
      return try Row.fetchAll(statement, arguments: [model]).map(PromotionRecord.init)
    }
  }

  /// The move whose version served at this time, by the times of publication; nil when nothing did.
  public func served(_ model: Name, at instant: Instant) throws(StoreError) -> PromotionRecord? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: PromotionRecord.select + """
           WHERE promotion.model = ? AND published_at <= ? AND published_at IS NOT NULL
          ORDER BY published_at DESC, promotion.id DESC LIMIT 1
          """)
      return try Row.fetchOne(statement, arguments: [model, instant]).map(PromotionRecord.init)
    }
  }

  /// The first time that a version was published; nil when it never was.
  public func firstPublished(_ version: VersionID) throws(StoreError) -> Instant? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT min(published_at) FROM promotion WHERE model = ? AND version = ?")
      return try Row.fetchOne(statement, arguments: [version.model, version.number])?.decode(atIndex: 0)
    }
  }

  /// Since when the champion has served without a break: its newest publication, or, before that, its promotion.
  /// Nil when nothing serves.
  public func servingSince(_ model: Name) throws(StoreError) -> Instant? {
    try champion(model).map { $0.publishedAt ?? $0.promotion.at }
  }
}

extension PromotionRecord {
  static let select = """
    SELECT promotion.model, kind, promotion.version, previous,
      (SELECT number FROM run WHERE run.id = promotion.run), at, actor, because, published_at
    FROM promotion
    """

  /// From the columns of `select`.
  init(row: Row) throws {
    model = try row.decode(atIndex: 0)
    promotion = Promotion(
      kind: try row.decode(atIndex: 1), version: try row.decode(atIndex: 2),
      previous: try row.decode(atIndex: 3),
      run: try row.decode(atIndex: 4), at: try row.decode(atIndex: 5), actor: try row.decode(atIndex: 6),
      because: try row.decode(atIndex: 7))
    publishedAt = try row.decode(atIndex: 8)
  }
}

extension Database {
  func champion(of model: Name) throws -> PromotionRecord? {
    let statement = try cachedStatement(
      sql: PromotionRecord.select + """
         WHERE promotion.id = (SELECT promotion FROM champion WHERE champion.model = ?)
        """)
    return try Row.fetchOne(statement, arguments: [model]).map(PromotionRecord.init)
  }
}
