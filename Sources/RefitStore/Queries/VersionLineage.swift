internal import GRDB
import RefitCore

/// All that a version came from, one run deep; `producers` leads on to the runs behind its inputs.
public struct VersionLineage: Hashable, Sendable {
  public var version: Version
  public var run: Run
  /// What opened the run; nil when a person did.
  public var decision: DecisionRecord?
  public var holdout: FrozenHoldout?
  public var attempts: [AttemptRecord]
  /// What the run as a whole read and wrote; what one attempt did is with the attempt.
  public var uses: [ArtifactUse]
  /// For each input that a run has made: those runs, oldest first.
  public var producers: [Digest: [RunID]]
  /// Oldest first.
  public var gateReports: [GateReportRecord]
  public var approvals: [Approval]
  /// Moves to this version, oldest first.
  public var promotions: [PromotionRecord]
}

extension StoreQueries {
  /// The lineage of a version; nil for an unknown one.
  public func lineage(_ id: VersionID) throws(StoreError) -> VersionLineage? {
    let models = connection.models
    return try read { db in
      guard let version = try db.version(id), let row = try db.runRow(version.run) else { return nil }
      let uses = try db.uses(run: row.id)
      return VersionLineage(
        version: version, run: try db.run(row, cache: models), decision: try db.decision(openedRun: row.run),
        holdout: try db.holdout(row.run), attempts: try db.attemptRecords(run: row.id, uses: uses),
        uses: uses.filter { $0.attempt == nil }, producers: try db.producers(ofInputsOf: row.id),
        gateReports: try db.gateReports(row.run), approvals: try db.approvals(row.run),
        promotions: try db.promotions(to: id))
    }
  }
}

extension Database {
  /// The other runs that have made the inputs of a run.
  fileprivate func producers(ofInputsOf run: Int64) throws -> [Digest: [RunID]] {
    let statement = try cachedStatement(
      sql: """
        SELECT DISTINCT artifact.digest, producer.model, producer.number
        FROM artifact_use AS used
        JOIN artifact_use AS made ON made.artifact = used.artifact AND made.direction = 'output'
        JOIN run AS producer ON producer.id = made.run
        JOIN artifact ON artifact.id = used.artifact
        WHERE used.run = ?1 AND used.direction = 'input' AND made.run <> ?1 AND \(LineageSQL.isFromElsewhere)
        ORDER BY producer.id
        """)
    var producers: [Digest: [RunID]] = [:]
    for row in try Row.fetchAll(statement, arguments: [run]) {
      producers[try row.decode(atIndex: 0), default: []]
        .append(RunID(model: try row.decode(atIndex: 1), number: try row.decode(atIndex: 2)))
    }
    return producers
  }

  fileprivate func promotions(to version: VersionID) throws -> [PromotionRecord] {
    let statement = try cachedStatement(
      sql: PromotionRecord.select
        + " WHERE promotion.model = ? AND promotion.version = ? ORDER BY promotion.id")
    return try Row.fetchAll(statement, arguments: [version.model, version.number]).map(PromotionRecord.init)
  }
}
