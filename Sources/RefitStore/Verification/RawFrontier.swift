internal import Crypto
import RefitCore

/// `MerkleFrontier` on bytes instead of hexadecimal text, for going through millions of leaves. A test holds it
/// against that.
struct RawFrontier {
  private(set) var size: Int64 = 0
  private var subtrees: [SHA256Digest] = []

  mutating func append(leaf: SHA256Digest) {
    subtrees.append(leaf)
    size += 1
    for _ in 0..<size.trailingZeroBitCount {
      let right = subtrees.removeLast()
      let left = subtrees.removeLast()
      subtrees.append(Self.node(left, right))
    }
  }

  var root: RefitCore.Digest {
    guard var root = subtrees.last else { return RefitCore.Digest(bytes: SHA256.hash(data: [UInt8]())) }
    for left in subtrees.dropLast().reversed() {
      root = Self.node(left, root)
    }
    return RefitCore.Digest(bytes: root)
  }

  /// The same as a value of the core, to hold against the one that is kept.
  var frontier: MerkleFrontier? {
    MerkleFrontier(size: size, subtrees: subtrees.map { RefitCore.Digest(bytes: $0) })
  }

  private static func node(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
    var hash = SHA256()
    withUnsafeBytes(of: UInt8(1)) { hash.update(bufferPointer: $0) }
    left.withUnsafeBytes { hash.update(bufferPointer: $0) }
    right.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hash.finalize()
  }
}
