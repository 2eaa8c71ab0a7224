/// The frontier of an RFC 6962 Merkle tree: the roots of its full subtrees, largest first. Enough to append a
/// leaf and to compute the root, in O(log n).
///
/// Hashing is RFC 6962, section 2.1: a leaf is H(0x00 ‖ bytes), a node is H(0x01 ‖ left ‖ right).
public struct MerkleFrontier: Hashable, Sendable {
  /// SHA-256; given by who has a library for it.
  public typealias Hash = @Sendable ([UInt8]) -> Digest

  public private(set) var size: Int64
  public private(set) var subtrees: [Digest]

  public init() {
    size = 0
    subtrees = []
  }

  /// Nil when the number of subtrees is not that of a tree of this size.
  public init?(size: Int64, subtrees: [Digest]) {
    guard size >= 0, subtrees.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.subtrees = subtrees
  }

  public static func leaf(_ bytes: [UInt8], hash: Hash) -> Digest {
    hash([0] + bytes)
  }

  public mutating func append(leaf: Digest, hash: Hash) {
    subtrees.append(leaf)
    size += 1
    // Each trailing zero of the new size is a pair of equal subtrees that has become full.
    for _ in 0..<size.trailingZeroBitCount {
      let right = subtrees.removeLast()
      let left = subtrees.removeLast()
      subtrees.append(hash([1] + left.bytes + right.bytes))
    }
  }

  /// The tree's root; of an empty tree H().
  public func root(hash: Hash) -> Digest {
    guard var root = subtrees.last else { return hash([]) }
    for left in subtrees.dropLast().reversed() {
      root = hash([1] + left.bytes + root.bytes)
    }
    return root
  }
}
