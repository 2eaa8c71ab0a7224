internal import GRDB
import RefitCore

extension Database {
  /// The row's number of the artifact, which is made where it is not known yet.
  func artifactRow(_ artifact: Artifact) throws -> Int64 {
    let upsert = try cachedStatement(
      sql: """
        INSERT INTO artifact (digest, form, bytes, rows, columns) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET rows = ifnull(rows, excluded.rows),
          columns = ifnull(columns, excluded.columns)
        RETURNING id
        """)
    // To its end, not to its first row: only then SQLite has checked every constraint.
    return try Int64.fetchAll(
      upsert,
      arguments: [artifact.digest, artifact.form, artifact.bytes, artifact.rows, artifact.columns])[0]
  }

  /// Writes an edge of the lineage graph; one that is there already stays as it is.
  func writeUse(_ use: ArtifactUse, run: Int64, attempt: Int64?) throws {
    let artifact = try artifactRow(use.artifact)
    try cachedStatement(
      sql: """
        INSERT INTO artifact_use (run, attempt, artifact, direction, role, name)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (
          SELECT 1 FROM artifact_use
          WHERE run = ?1 AND direction = ?4 AND artifact = ?3 AND attempt IS ?2 AND role = ?5 AND name = ?6)
        """
    ).execute(arguments: [run, attempt, artifact, use.direction, use.role, use.name])
  }

  /// The edges of a run, in the order in which they were written.
  func uses(run: Int64) throws -> [ArtifactUse] {
    let statement = try cachedStatement(
      sql: """
        SELECT artifact.digest, form, bytes, rows, columns, direction, role, name,
          attempt.job, attempt.subject, attempt.number
        FROM artifact_use
        JOIN artifact ON artifact.id = artifact_use.artifact
        LEFT JOIN attempt ON attempt.id = artifact_use.attempt
        WHERE artifact_use.run = ? ORDER BY artifact_use.id
        """)
    return try Row.fetchAll(statement, arguments: [run]).map(ArtifactUse.init)
  }
}

extension ArtifactUse {
  /// From the columns of `uses(run:)`.
  init(row: Row) throws {
    self.init(
      artifact: Artifact(
        digest: try row.decode(atIndex: 0), form: try row.decode(atIndex: 1),
        bytes: try row.decode(atIndex: 2),
        rows: try row.decode(atIndex: 3), columns: try row.decode(atIndex: 4)),
      direction: try row.decode(atIndex: 5), role: try row.decode(atIndex: 6),
      name: try row.decode(atIndex: 7))
    if let job: Name = try row.decode(atIndex: 8) {
      attempt = Attempt.Key(
        job: job, subject: try row.decode(atIndex: 9), number: try row.decode(atIndex: 10))
    }
  }
}
