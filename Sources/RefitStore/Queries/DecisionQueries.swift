internal import GRDB
import RefitCore

/// A decision as it was recorded, with all that it rests on.
public struct DecisionRecord: Hashable, Sendable {
  public var model: Name
  public var schedule: Name
  public var nominal: Instant
  public var decidedAt: Instant
  /// Of the policy that decided.
  public var policyDigest: Digest
  public var decision: Decision
  public var situation: Situation
  /// The run that it opened.
  public var run: RunID?
}

extension StoreQueries {
  /// The newest decision of a model; nil when there is none.
  public func latestDecision(_ model: Name) throws(StoreError) -> DecisionRecord? {
    try decisions(model, limit: 1).first
  }

  /// The decision that opened a run; nil for a run that a person started.
  public func decision(for run: RunID) throws(StoreError) -> DecisionRecord? {
    try read { db in try db.decision(openedRun: run) }
  }

  /// The newest decisions of a model, newest first.
  public func decisions(_ model: Name, limit: Int) throws(StoreError) -> [DecisionRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: Database.selectDecision + " WHERE decision.model = ? ORDER BY decision.id DESC LIMIT ?")
      return try Row.fetchAll(statement, arguments: [model, limit]).map(DecisionRecord.init)
    }
  }

  /// Nominal instants of a schedule's evaluations later than `since`: at most the `newest` of them, oldest first.
  public func decidedEvaluations(
    _ model: Name, schedule: Name, since: Instant, newest: Int
  ) throws(StoreError) -> [Instant] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT nominal FROM occurrence
          WHERE model = ? AND schedule = ? AND nominal > ? AND state = 'decided' ORDER BY nominal DESC LIMIT ?
          """)
      return try Instant.fetchAll(statement, arguments: [model, schedule, since, newest]).reversed()
    }
  }
}

extension Database {
  fileprivate static let selectDecision = """
    SELECT decision.model, schedule, nominal, decided_at, policy, decision.decision, situation, run.number
    FROM decision
    JOIN occurrence ON occurrence.id = decision.occurrence
    LEFT JOIN run ON run.decision = decision.id
    """

  /// The decision that opened the run.
  func decision(openedRun run: RunID) throws -> DecisionRecord? {
    let statement = try cachedStatement(
      sql: Self.selectDecision + " WHERE run.model = ? AND run.number = ?")
    return try Row.fetchOne(statement, arguments: [run.model, run.number]).map(DecisionRecord.init)
  }
}

extension DecisionRecord {
  fileprivate init(row: Row) throws {
    model = try row.decode(atIndex: 0)
    schedule = try row.decode(atIndex: 1)
    nominal = try row.decode(atIndex: 2)
    decidedAt = try row.decode(atIndex: 3)
    policyDigest = try row.decode(atIndex: 4)
    decision = try CanonicalJSON.decode(from: try row.decode(atIndex: 5))
    situation = try CanonicalJSON.decode(from: try row.decode(atIndex: 6))
    run = try row.decode(Int?.self, atIndex: 7).map { [model] in RunID(model: model, number: $0) }
  }
}
