internal import FoundationEssentials
internal import GRDB
import RefitCore

/// Which events of the ledger to list.
public struct LedgerFilter: Hashable, Sendable {
  public var model: Name?
  public var run: Int?
  public var actor: String?
  public var kind: LedgerEvent.Kind?
  /// At this time or later.
  public var since: Instant?

  public init(
    model: Name? = nil, run: Int? = nil, actor: String? = nil, kind: LedgerEvent.Kind? = nil,
    since: Instant? = nil
  ) {
    self.model = model
    self.run = run
    self.actor = actor
    self.kind = kind
    self.since = since
  }
}

/// What the ledger is at one moment: how many events, and the root of their Merkle tree.
public struct LedgerHead: Hashable, Sendable {
  public var size: Int64
  public var root: Digest
}

extension StoreQueries {
  /// The newest events that pass the filter, oldest of them first.
  public func events(_ filter: LedgerFilter = LedgerFilter(), limit: Int) throws(StoreError) -> [LedgerEvent]
  {
    try read { db in
      var clauses: [String] = []
      var arguments: StatementArguments = []
      func add(_ clause: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        clauses.append(clause)
        arguments += [value]
      }
      add("model = ?", filter.model)
      add("run = ?", filter.run)
      add("actor = ?", filter.actor)
      add("kind = ?", filter.kind)
      add("at >= ?", filter.since)
      arguments += [limit]
      let condition = clauses.isEmpty ? "" : " WHERE " + clauses.joined(separator: " AND ")
      let statement = try db.cachedStatement(
        sql: LedgerEvent.select + condition + " ORDER BY seq DESC LIMIT ?")
      return try Row.fetchAll(statement, arguments: arguments).map(LedgerEvent.init).reversed()
    }
  }

  /// How many events there are, and their root.
  public func ledgerHead() throws(StoreError) -> LedgerHead {
    try read { db in
      let frontier = try db.ledgerFrontier()
      return LedgerHead(size: frontier.size, root: frontier.root(hash: SHA256Hash.hash))
    }
  }

  /// The time of the newest event; nil for an empty ledger.
  public func newestEventTime() throws(StoreError) -> Instant? {
    try read { db in
      try Instant.fetchOne(db.cachedStatement(sql: "SELECT at FROM ledger ORDER BY seq DESC LIMIT 1"))
    }
  }
}

extension LedgerEvent {
  fileprivate static let select = """
    SELECT seq, at, actor, kind, model, run, payload_digest, payload FROM ledger
    """

  /// From the columns of `select`.
  fileprivate init(row: Row) throws {
    self.init(
      sequence: try row.decode(atIndex: 0), at: try row.decode(atIndex: 1), actor: try row.decode(atIndex: 2),
      kind: try row.decode(atIndex: 3), model: try row.decode(atIndex: 4), run: try row.decode(atIndex: 5),
      payloadDigest: try row.decode(atIndex: 6), payload: try row.decode(atIndex: 7))
  }
}
