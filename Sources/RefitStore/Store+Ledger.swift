internal import FoundationEssentials
internal import GRDB
import RefitCore

extension Store {
  /// Writes events that tell of no row: an alert, rejected observations. Those that tell of a row are written
  /// with it.
  public func append(_ entries: [LedgerEntry]) throws(StoreError) {
    guard !entries.isEmpty else { return }
    try write(.appendEvents) { db in try db.appendToLedger(entries) }
  }
}

extension Database {
  /// Numbers and hashes the entries and puts them at the ledger's end, inside the transaction of what they tell.
  func appendToLedger(_ entries: [LedgerEntry]) throws {
    guard !entries.isEmpty else { return }
    var frontier = try ledgerFrontier()
    let insert = try cachedStatement(
      sql: """
        INSERT INTO ledger (seq, at, actor, kind, model, run, payload_digest, payload, leaf)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for entry in entries {
      let entry = try bound(entry)
      let payload = entry.payload.json
      let event = LedgerEvent(
        sequence: frontier.size + 1, at: entry.at, actor: entry.actor, kind: entry.kind, model: entry.model,
        run: entry.run, payloadDigest: CanonicalJSON.digest(of: payload), payload: payload)
      let leaf = MerkleFrontier.leaf(event.leafBytes, hash: SHA256Hash.hash)
      try insert.execute(arguments: [
        event.sequence, event.at, event.actor, event.kind, event.model, event.run, event.payloadDigest,
        payload,
        leaf,
      ])
      frontier.append(leaf: leaf, hash: SHA256Hash.hash)
    }
    try cachedStatement(sql: "UPDATE ledger_frontier SET size = ?, subtrees = ? WHERE id = 1")
      .execute(arguments: [frontier.size, Data(frontier.subtrees.flatMap(\.bytes))])
  }

  /// The frontier as it is kept; throws where its row can't be one.
  func ledgerFrontier() throws -> MerkleFrontier {
    let statement = try cachedStatement(sql: "SELECT size, subtrees FROM ledger_frontier WHERE id = 1")
    guard let row = try Row.fetchOne(statement) else { throw LedgerDamage(detail: "its frontier is missing") }
    let bytes: Data = try row.decode(atIndex: 1)
    let subtrees = stride(from: 0, to: bytes.count, by: 32).map { start in
      Digest(bytes: bytes[bytes.startIndex + start..<bytes.startIndex + start + 32])
    }
    guard let frontier = MerkleFrontier(size: try row.decode(atIndex: 0), subtrees: subtrees) else {
      throw LedgerDamage(detail: "its frontier does not fit its size")
    }
    return frontier
  }
}

/// The ledger can't be appended to as it is.
struct LedgerDamage: Error, CustomStringConvertible {
  let detail: String

  var description: String { "the ledger: \(detail)" }
}
