/// Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11):
/// a counter-based generator, that is a function of its key and a counter and not a state that is passed on. So
/// each draw has an address, and it doesn't matter who makes it, or when.
public struct Philox: Sendable, Hashable {
  private let low: UInt32
  private let high: UInt32

  /// The generator whose key is `seed`, its low word first.
  public init(seed: UInt64) {
    low = UInt32(truncatingIfNeeded: seed)
    high = UInt32(truncatingIfNeeded: seed >> 32)
  }

  /// The 128 random bits at a counter.
  @inline(__always)
  public func block(at counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (a, b, c, d) = (counter.x, counter.y, counter.z, counter.w)
    var (low, high) = (low, high)
    for round in 0..<10 {
      if round > 0 {
        low &+= 0x9E37_79B9
        high &+= 0xBB67_AE85
      }
      let first = UInt64(a) &* 0xD251_1F53
      let second = UInt64(c) &* 0xCD9E_8D57
      a = UInt32(truncatingIfNeeded: second >> 32) ^ b ^ low
      c = UInt32(truncatingIfNeeded: first >> 32) ^ d ^ high
      b = UInt32(truncatingIfNeeded: second)
      d = UInt32(truncatingIfNeeded: first)
    }
    return SIMD4(a, b, c, d)
  }

  /// What a draw is for: draws of different kinds never share their bits.
  enum Stream: UInt32 {
    case poissonWeights
    case poissonCounts
    case multinomialWeights
  }

  /// The 128 random bits of a resample at an index of a stream.
  @inline(__always)
  func block(_ stream: Stream, resample: Int, index: Int) -> SIMD4<UInt32> {
    block(
      at: SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
        UInt32(truncatingIfNeeded: resample), stream.rawValue))
  }
}
