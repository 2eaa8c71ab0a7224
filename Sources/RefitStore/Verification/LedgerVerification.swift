internal import GRDB
import RefitCore

/// Whether the record is intact, and if not, where it first is not.
public struct LedgerVerification: Hashable, Sendable {
  public struct Finding: Hashable, Sendable {
    /// The event that is wrong; nil where a row is, and no event tells of it.
    public var sequence: Int64?
    /// What is wrong with it, in one sentence.
    public var sentence: String
  }

  /// The size that was verified and its root, as it follows from the events.
  public var head: LedgerHead
  /// What is wrong, by event, then what rows and events disagree on; at most a hundred.
  public var findings: [Finding]

  public var isIntact: Bool { findings.isEmpty }

  /// The first event that is not what it was when it was written; nil when each of them is.
  public var firstBadEvent: Finding? { findings.first { $0.sequence != nil } }

  static let mostFindings = 100
}

extension StoreQueries {
  /// Computes the ledger anew: each payload's digest, each leaf, the tree's frontier and root; then whether the
  /// rows say what the events say (which version serves, how runs ended, what was sealed, decided and judged).
  public func verify() throws(StoreError) -> LedgerVerification {
    // In portions, so that no read keeps the writer's log from being emptied for long.
    let kept = try read { db in try LedgerWalk.keptFrontier(db) }
    var walk = LedgerWalk()
    while walk.hasMore(through: kept.size) {
      try read { db in try walk.advance(db, through: kept.size, atMost: 20_000) }
    }
    walk.compare(with: kept)
    let head = LedgerHead(size: walk.frontier.size, root: walk.frontier.root)
    var findings = walk.findings
    try read { db in
      var rows = RowAgreement(db: db)
      try rows.compare()
      findings += rows.findings
    }
    return LedgerVerification(
      head: head, findings: Array(findings.prefix(LedgerVerification.mostFindings)))
  }
}
