internal import GRDB
import RefitCore

/// Something that a run has left, and what it is to be recognised by.
public struct KeptArtifact: Hashable, Sendable {
  public var run: RunID
  public var digest: Digest
  /// Of an output, its name in the output directory; of a log, its path relative to the project.
  public var name: String
}

extension StoreQueries {
  /// What the vault should hold, each digest once, with the first run that it was sealed for: the three tables of
  /// each holdout, all outputs but logs, and uncommitted changes of the code.
  public func sealedArtifacts() throws(StoreError) -> [KeptArtifact] {
    try kept(
      """
      SELECT run.model, run.number, digest, name, min(run.id) FROM (
        SELECT run, digest, 'holdout' AS name FROM holdout
        UNION ALL SELECT run, blinded, 'the blinded holdout' FROM holdout
        UNION ALL SELECT run, withheld, 'withheld.csv' FROM holdout
        UNION ALL SELECT run, artifact.digest, name
          FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
          WHERE direction = 'output' AND role <> 'log'
        UNION ALL SELECT run, diff, 'uncommitted changes'
          FROM attempt_launch JOIN attempt ON attempt.id = attempt_launch.attempt WHERE diff IS NOT NULL
      ) AS kept JOIN run ON run.id = kept.run GROUP BY digest ORDER BY run.id, name
      """)
  }

  /// The logs of attempts, as they were when the attempts ended; they stay where they were written.
  public func attemptLogs() throws(StoreError) -> [KeptArtifact] {
    try kept(
      """
      SELECT run.model, run.number, artifact.digest, name
      FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
      JOIN run ON run.id = artifact_use.run
      WHERE direction = 'output' AND role = 'log' ORDER BY artifact_use.id
      """)
  }

  private func kept(_ sql: String) throws(StoreError) -> [KeptArtifact] {
    try read { db in
      try Row.fetchAll(db.cachedStatement(sql: sql)).map { row in
        KeptArtifact(
          run: RunID(model: try row.decode(atIndex: 0), number: try row.decode(atIndex: 1)),
          digest: try row.decode(atIndex: 2), name: try row.decode(atIndex: 3))
      }
    }
  }
}
