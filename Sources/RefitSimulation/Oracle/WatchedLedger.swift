import Crypto
import Foundation
import GRDB

/// The ledger as it was read so far: its leaves, and the Merkle tree over them by RFC 6962, computed here.
struct WatchedLedger {
  private(set) var leaves: [Data] = []
  /// Roots of full subtrees, the largest first, with their sizes.
  private var subtrees: [(size: Int, hash: Data)] = []
  /// Events of each kind.
  private(set) var counts: [String: Int] = [:]

  var size: Int64 { Int64(leaves.count) }

  mutating func append(_ leaf: Data, kind: String) {
    leaves.append(leaf)
    counts[kind, default: 0] += 1
    subtrees.append((1, leaf))
    while subtrees.count > 1, subtrees[subtrees.count - 1].size == subtrees[subtrees.count - 2].size {
      let right = subtrees.removeLast()
      let left = subtrees.removeLast()
      subtrees.append((left.size * 2, Data(SHA256.hash(data: [1] + left.hash + right.hash))))
    }
  }

  /// The frontier that the database keeps must be that of the leaves that were read.
  func checkFrontier(_ records: Records) throws {
    guard let row = try records.rows("SELECT size, subtrees FROM ledger_frontier").first else { return }
    let kept: Data = row["subtrees"]
    guard row["size"] as Int == leaves.count, kept == subtrees.reduce(Data(), { $0 + $1.hash }) else {
      throw Violation(
        .ledgerVerifies, "the kept frontier is not that of the \(leaves.count) events that were read")
    }
  }

  /// What was read once must still be there, unchanged.
  func checkEverything(_ records: Records) throws {
    let now = try records.rows("SELECT leaf FROM ledger ORDER BY seq").map { $0[0] as Data }
    guard now.count >= leaves.count, Array(now.prefix(leaves.count)) == leaves else {
      throw Violation(.ledgerVerifies, "an event that was read before is gone or another one by now")
    }
  }
}
