internal import GRDB
import RefitCore

extension StoreQueries {
  /// The version; nil for an unknown one.
  public func version(_ id: VersionID) throws(StoreError) -> Version? {
    try read { db in try db.version(id) }
  }

  /// All versions of a model, the newest first.
  public func versions(_ model: Name) throws(StoreError) -> [Version] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: Version.select + " WHERE version.model = ? ORDER BY version.number DESC")
      return try Row.fetchAll(statement, arguments: [model]).map(Version.init)
    }
  }

  /// The number that the model's next version takes.
  public func nextVersionNumber(_ model: Name) throws(StoreError) -> Int {
    try read { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT ifnull(max(number), 0) + 1 FROM version WHERE model = ?"),
        arguments: [model])!
    }
  }

  /// The versions of a model whose predictions on this holdout are known, from any run.
  public func scoredVersions(_ model: Name, holdout: Digest) throws(StoreError) -> Set<Int> {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT DISTINCT attempt.version " + Self.predictionsOnHoldout)
      return Set(try Int.fetchAll(statement, arguments: [model, holdout]))
    }
  }

  /// The newest `predictions.csv` that a succeeded score attempt of this version left, in any run with this
  /// holdout; nil when there is none.
  public func predictions(_ version: VersionID, holdout: Digest) throws(StoreError) -> Digest? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT artifact.digest " + Self.predictionsOnHoldout + """
           AND attempt.version = ? ORDER BY artifact_use.id DESC LIMIT 1
          """)
      return try Digest.fetchOne(statement, arguments: [version.model, holdout, version.number])
    }
  }

  private static var predictionsOnHoldout: String {
    """
    FROM holdout
    JOIN run ON run.id = holdout.run AND run.model = ?
    JOIN attempt ON attempt.run = run.id AND attempt.state = 'succeeded' AND attempt.version IS NOT NULL
    JOIN artifact_use ON artifact_use.attempt = attempt.id AND artifact_use.direction = 'output'
      AND artifact_use.role = 'predictions'
    JOIN artifact ON artifact.id = artifact_use.artifact
    WHERE holdout.digest = ?
    """
  }
}
