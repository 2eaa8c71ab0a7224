internal import Crypto
internal import FoundationEssentials
internal import GRDB
import RefitCore

/// Goes through the ledger from its first event, hashing everything anew.
struct LedgerWalk {
  private(set) var frontier = RawFrontier()
  private(set) var findings: [LedgerVerification.Finding] = []
  private var last: Int64 = 0
  private var isAtEnd = false
  private var buffer = LeafBuffer()

  /// The frontier as the database keeps it, with its size.
  static func keptFrontier(_ db: Database) throws -> MerkleFrontier {
    try db.ledgerFrontier()
  }

  func hasMore(through size: Int64) -> Bool {
    !isAtEnd && last < size && findings.count < LedgerVerification.mostFindings
  }

  mutating func advance(_ db: Database, through size: Int64, atMost count: Int) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT seq, at, CAST(actor AS BLOB), CAST(kind AS BLOB), CAST(model AS BLOB), run, payload_digest,
          CAST(payload AS BLOB), leaf
        FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: [last, size, count])
    var found = 0
    while let row = try rows.next() {
      try check(row)
      found += 1
    }
    isAtEnd = found < count
  }

  /// What the events amount to must be what the database keeps.
  mutating func compare(with kept: MerkleFrontier) {
    guard findings.count < LedgerVerification.mostFindings else { return }
    if last < kept.size {
      report(last + 1, "is missing: the ledger has had \(kept.size) events, and \(last) are there")
    } else if findings.isEmpty, frontier.frontier != kept {
      findings.append(
        LedgerVerification.Finding(
          sequence: nil, sentence: "The tree that is kept is not that of the events."))
    }
  }

  private mutating func check(_ row: Row) throws {
    let sequence = try row.decode(Int64.self, atIndex: 0)
    if sequence != last + 1 {
      report(last + 1, "is missing; event \(sequence) comes next")
    }
    last = sequence
    let digest = try row.decode(Data.self, atIndex: 6)
    let isPayloadRight = try row.withUnsafeData(atIndex: 7) { payload in
      payload.map { SHA256.hash(data: $0) == digest } ?? true
    }
    if !isPayloadRight { report(sequence, "has a payload that is not the one it was written with") }
    let leaf = try leaf(of: row, sequence: sequence, digest: digest)
    let isLeafRight = try row.withUnsafeData(atIndex: 8) { kept in kept.map { leaf == $0 } ?? false }
    if !isLeafRight { report(sequence, "is not what it was when it was written") }
    frontier.append(leaf: leaf)
  }

  private mutating func leaf(of row: Row, sequence: Int64, digest: Data) throws -> SHA256Digest {
    buffer.clear()
    buffer.append(number: sequence)
    buffer.append(number: try row.decode(atIndex: 1))
    for column in 2...4 {
      try row.withUnsafeData(atIndex: column) { text in
        if let text {
          text.withUnsafeBytes { buffer.append(field: $0) }
        } else {
          buffer.appendMissing()
        }
      }
    }
    if let run: Int64 = try row.decode(atIndex: 5) {
      buffer.append(number: run)
    } else {
      buffer.appendMissing()
    }
    digest.withUnsafeBytes { buffer.append(hexOf: $0) }
    return SHA256.hash(data: buffer.bytes)
  }

  private mutating func report(_ sequence: Int64, _ what: String) {
    findings.append(LedgerVerification.Finding(sequence: sequence, sentence: "Event \(sequence) \(what)."))
  }
}
