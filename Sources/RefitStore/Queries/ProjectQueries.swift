internal import GRDB
import RefitCore

/// What the last applied configuration says of the project as a whole.
public struct ProjectHeader: Hashable, Sendable {
  public var name: Name
  public var timezone: String
  public var concurrency: Int
  public var clock: Project.Clock
  /// Of the bytes and the engine's version, as they were applied.
  public var configuration: Digest
  public var appliedAt: Instant
}

extension StoreQueries {
  /// The project as it was last configured; nil before the first time.
  public func project() throws(StoreError) -> ProjectHeader? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT name, timezone, concurrency, clock, configuration, applied_at FROM project
          WHERE configuration IS NOT NULL
          """)
      return try Row.fetchOne(statement).map { row in
        ProjectHeader(
          name: try row.decode(atIndex: 0), timezone: try row.decode(atIndex: 1),
          concurrency: try row.decode(atIndex: 2), clock: try row.decode(atIndex: 3),
          configuration: try row.decode(atIndex: 4), appliedAt: try row.decode(atIndex: 5))
      }
    }
  }

  /// The digest that the configuration in force was applied under; nil before the first time.
  public func appliedConfiguration() throws(StoreError) -> Digest? {
    try read { db in
      try Digest.fetchOne(
        db.cachedStatement(sql: "SELECT configuration FROM project WHERE configuration IS NOT NULL"))
    }
  }

  /// The text of `refit.yaml` that was applied under this digest; nil for an unknown one.
  public func configurationText(_ digest: Digest) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db.cachedStatement(sql: "SELECT text FROM configuration WHERE digest = ?"), arguments: [digest])
    }
  }
}
