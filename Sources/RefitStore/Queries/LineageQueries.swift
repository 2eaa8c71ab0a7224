internal import GRDB
import RefitCore

/// A run that an artifact reaches, or that an artifact comes from.
public struct LineageStep: Hashable, Sendable {
  public var run: RunID
  /// The version that its candidate became.
  public var version: Int?
}

extension StoreQueries {
  /// The artifact; nil for an unknown one.
  public func artifact(_ digest: Digest) throws(StoreError) -> Artifact? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT digest, form, bytes, rows, columns FROM artifact WHERE digest = ?")
      return try Row.fetchOne(statement, arguments: [digest]).map { row in
        Artifact(
          digest: try row.decode(atIndex: 0), form: try row.decode(atIndex: 1),
          bytes: try row.decode(atIndex: 2),
          rows: try row.decode(atIndex: 3), columns: try row.decode(atIndex: 4))
      }
    }
  }

  /// The runs that have read or written an artifact themselves, with how, oldest first.
  public func uses(ofArtifact digest: Digest) throws(StoreError) -> [(run: RunID, use: ArtifactUse)] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT artifact.digest, form, bytes, rows, columns, direction, role, name,
            attempt.job, attempt.subject, attempt.number, run.model, run.number
          FROM artifact
          JOIN artifact_use ON artifact_use.artifact = artifact.id
          JOIN run ON run.id = artifact_use.run
          LEFT JOIN attempt ON attempt.id = artifact_use.attempt
          WHERE artifact.digest = ? ORDER BY artifact_use.id
          """)
      return try Row.fetchAll(statement, arguments: [digest]).map { row in
        (
          RunID(model: try row.decode(atIndex: 11), number: try row.decode(atIndex: 12)),
          try ArtifactUse(row: row)
        )
      }
    }
  }

  /// Every run that an artifact reaches: those that read it, those that read what they made, and so on. A run
  /// that read something only to score the champion for a comparison is reached, but hands nothing on.
  public func downstream(ofArtifact digest: Digest) throws(StoreError) -> [LineageStep] {
    try steps(LineageSQL.downstream, from: digest)
  }

  /// Every run that an artifact comes from: those that made it, those that made what they read, and so on. The
  /// nearest first. What was read only to score the champion for a comparison does not count.
  public func upstream(ofArtifact digest: Digest) throws(StoreError) -> [LineageStep] {
    try steps(LineageSQL.upstream, from: digest)
  }

  private func steps(_ sql: String, from digest: Digest) throws(StoreError) -> [LineageStep] {
    try read { db in
      var met: Set<LineageStep> = []
      var steps: [LineageStep] = []
      for row in try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [digest]) {
        let step = LineageStep(
          run: RunID(model: try row.decode(atIndex: 0), number: try row.decode(atIndex: 1)),
          version: try row.decode(atIndex: 2))
        if met.insert(step).inserted { steps.append(step) }
      }
      return steps
    }
  }
}

/// Walks over the lineage graph; a test sees to it that they go through its two indexes.
///
/// UNION drops what is known, so that a walk ends even where a run has read what it made. SQLite's queue is first
/// in, first out, and CROSS JOIN keeps its order: the nearest runs come first.
enum LineageSQL {
  static let downstream = """
    WITH RECURSIVE reached (run, hands_on) AS (
      SELECT used.run, \(handsOn)
      FROM artifact CROSS JOIN artifact_use AS used ON used.artifact = artifact.id AND used.direction = 'input'
      WHERE artifact.digest = ?1
      UNION
      SELECT used.run, \(handsOn)
      FROM reached
      CROSS JOIN artifact_use AS made ON made.run = reached.run AND made.direction = 'output'
      CROSS JOIN artifact_use AS used ON used.artifact = made.artifact AND used.direction = 'input'
        AND \(isFromElsewhere)
      WHERE reached.hands_on
    )
    SELECT run.model, run.number, run.candidate FROM reached CROSS JOIN run ON run.id = reached.run
    """

  static let upstream = """
    WITH RECURSIVE behind (run) AS (
      SELECT made.run
      FROM artifact CROSS JOIN artifact_use AS made ON made.artifact = artifact.id AND made.direction = 'output'
      WHERE artifact.digest = ?1
      UNION
      SELECT made.run
      FROM behind
      CROSS JOIN artifact_use AS used ON used.run = behind.run AND used.direction = 'input' AND \(handsOn)
        AND \(isFromElsewhere)
      CROSS JOIN artifact_use AS made ON made.artifact = used.artifact AND made.direction = 'output'
    )
    SELECT run.model, run.number, run.candidate FROM behind CROSS JOIN run ON run.id = behind.run
    """

  /// False where an earlier attempt of the same run has made what this one read. Another run may have made the same
  /// bytes, and had no part in it.
  static let isFromElsewhere = """
    NOT EXISTS (
      SELECT 1 FROM artifact_use AS own
      WHERE own.run = used.run AND own.direction = 'output' AND own.artifact = used.artifact
        AND own.attempt IS NOT used.attempt AND own.id < used.id)
    """

  /// False where the champion's score job is the one that read it.
  private static let handsOn = """
    (used.attempt IS NULL
      OR (SELECT subject FROM attempt WHERE attempt.id = used.attempt) = 'candidate')
    """
}
