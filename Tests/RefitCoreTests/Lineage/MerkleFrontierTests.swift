import Crypto
import RefitCore
import Testing

/// Against the test vectors that Certificate Transparency's implementations share (`ReferenceMerkleTree` in
/// google/certificate-transparency and transparency-dev/merkle): eight leaves and the root after each.
@Suite struct MerkleFrontierTests {
  static let hash: MerkleFrontier.Hash = { RefitCore.Digest(bytes: SHA256.hash(data: $0)) }

  static let leaves: [[UInt8]] = [
    [],
    [0x00],
    [0x10],
    [0x20, 0x21],
    [0x30, 0x31],
    [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  ]

  static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func theRootAfterEachLeafIsThePublishedOne() {
    var frontier = MerkleFrontier()
    for (leaf, root) in zip(Self.leaves, Self.roots) {
      frontier.append(leaf: MerkleFrontier.leaf(leaf, hash: Self.hash), hash: Self.hash)
      #expect(frontier.root(hash: Self.hash).hex == root)
    }
  }

  @Test func theRootOfAnEmptyTreeIsTheHashOfNothing() {
    let root = MerkleFrontier().root(hash: Self.hash)
    #expect(root.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func everyRootIsThatOfTheRecursiveDefinition() {
    var frontier = MerkleFrontier()
    var leaves: [[UInt8]] = []
    for size in 1...70 {
      leaves.append(Array("leaf \(size)".utf8))
      frontier.append(leaf: MerkleFrontier.leaf(leaves[size - 1], hash: Self.hash), hash: Self.hash)
      #expect(frontier.root(hash: Self.hash) == Self.definition(leaves[...]), "\(size) leaves")
    }
  }

  @Test func aFrontierThatWasKeptGoesOnAsIfItHadNeverBeenPutAway() throws {
    var straight = MerkleFrontier()
    var kept = MerkleFrontier()
    for leaf in Self.leaves {
      straight.append(leaf: MerkleFrontier.leaf(leaf, hash: Self.hash), hash: Self.hash)
      kept = try #require(MerkleFrontier(size: kept.size, subtrees: kept.subtrees))
      kept.append(leaf: MerkleFrontier.leaf(leaf, hash: Self.hash), hash: Self.hash)
    }
    #expect(kept == straight)
  }

  @Test(arguments: [(0, 1), (1, 0), (3, 1), (4, 2), (7, 2), (-1, 0)])
  func aFrontierWithTheWrongNumberOfSubtreesIsNone(size: Int64, subtrees: Int) {
    let digest = Self.hash([])
    #expect(MerkleFrontier(size: size, subtrees: Array(repeating: digest, count: subtrees)) == nil)
  }

  /// RFC 6962, section 2.1: MTH(D[n]) splits at the largest power of two that is smaller than n.
  private static func definition(_ leaves: ArraySlice<[UInt8]>) -> RefitCore.Digest {
    guard leaves.count > 1 else { return hash([0] + leaves.first!) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return hash([1] + definition(leaves[..<middle]).bytes + definition(leaves[middle...]).bytes)
  }
}
