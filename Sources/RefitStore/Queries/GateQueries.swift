internal import GRDB
import RefitCore

/// A gate report as it was recorded.
public struct GateReportRecord: Hashable, Sendable {
  public var report: GateReport
  /// Of its canonical JSON; what an approval is bound to.
  public var digest: Digest
  public var judgedAt: Instant
}

extension StoreQueries {
  /// The newest gate report of a run; nil before it was judged.
  public func gateReport(_ run: RunID) throws(StoreError) -> GateReportRecord? {
    try gateReports(run).last
  }

  /// All gate reports of a run, oldest first: one for each time that it was judged.
  public func gateReports(_ run: RunID) throws(StoreError) -> [GateReportRecord] {
    try read { db in try db.gateReports(run) }
  }

  /// The holdout that was frozen for a run; nil where none was.
  public func holdout(_ run: RunID) throws(StoreError) -> FrozenHoldout? {
    try read { db in try db.holdout(run) }
  }

  /// All approvals of a run, oldest first; which of them hold depends on the newest gate report.
  public func approvals(_ run: RunID) throws(StoreError) -> [Approval] {
    try read { db in try db.approvals(run) }
  }

  /// How many candidates have been judged on this holdout.
  public func looks(_ holdout: Digest) throws(StoreError) -> Int {
    try read { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM look WHERE holdout = ?"), arguments: [holdout])!
    }
  }

  /// How many candidates will have been judged on this holdout once this one is; judging it again adds none.
  public func looks(_ holdout: Digest, including candidate: Digest) throws(StoreError) -> Int {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT count(*) FROM look WHERE holdout = ? AND artifact <> ?")
      return try Int.fetchOne(statement, arguments: [holdout, candidate])! + 1
    }
  }
}

extension Database {
  func gateReports(_ run: RunID) throws -> [GateReportRecord] {
    let statement = try cachedStatement(
      sql: """
        SELECT json, gate_report.digest, judged_at FROM gate_report JOIN run ON run.id = gate_report.run
        WHERE run.model = ? AND run.number = ? ORDER BY gate_report.id
        """)
    return try Row.fetchAll(statement, arguments: [run.model, run.number]).map { row in
      GateReportRecord(
        report: try CanonicalJSON.decode(from: try row.decode(atIndex: 0)),
        digest: try row.decode(atIndex: 1),
        judgedAt: try row.decode(atIndex: 2))
    }
  }

  func holdout(_ run: RunID) throws -> FrozenHoldout? {
    let statement = try cachedStatement(
      sql: """
        SELECT digest, blinded, withheld, rows, origin FROM holdout JOIN run ON run.id = holdout.run
        WHERE run.model = ? AND run.number = ?
        """)
    return try Row.fetchOne(statement, arguments: [run.model, run.number]).map { row in
      FrozenHoldout(
        digest: try row.decode(atIndex: 0), blinded: try row.decode(atIndex: 1),
        withheld: try row.decode(atIndex: 2), rows: try row.decode(atIndex: 3),
        origin: try row.decode(atIndex: 4))
    }
  }

  func approvals(_ run: RunID) throws -> [Approval] {
    let statement = try cachedStatement(
      sql: """
        SELECT actor, at, approval.because, artifact, gate_report, approval.configuration
        FROM approval JOIN run ON run.id = approval.run
        WHERE run.model = ? AND run.number = ? ORDER BY approval.id
        """)
    return try Row.fetchAll(statement, arguments: [run.model, run.number]).map { row in
      Approval(
        actor: try row.decode(atIndex: 0), at: try row.decode(atIndex: 1),
        because: try row.decode(atIndex: 2),
        artifact: try row.decode(atIndex: 3), gateReport: try row.decode(atIndex: 4),
        configuration: try row.decode(atIndex: 5))
    }
  }
}
