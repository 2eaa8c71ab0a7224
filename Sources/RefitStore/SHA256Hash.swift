internal import Crypto
import RefitCore

/// SHA-256 as the core's Merkle tree wants it.
enum SHA256Hash {
  static let hash: MerkleFrontier.Hash = { bytes in digest(of: bytes) }

  static func digest(of bytes: [UInt8]) -> RefitCore.Digest {
    RefitCore.Digest(bytes: SHA256.hash(data: bytes))
  }
}
