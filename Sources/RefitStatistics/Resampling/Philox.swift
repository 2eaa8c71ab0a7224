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

  /// The generator of a seed and of the numbers that its draws are made of, in whatever order. By the seed alone, draws
  /// that depend on few numbers would stray in one direction on all data: a bad seed would be bad for all.
  init(seed: UInt64, drawingOf numbers: [Double]) {
    self.init(
      seed: numbers.reduce(seed) { key, number in
        // SplitMix64's step (Steele, Lea and Flood, OOPSLA 2014).
        var mixed = (seed ^ number.bitPattern) &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return key &+ (mixed ^ (mixed >> 31))
      })
  }

  /// The 128 random bits at a counter, both with two words in each number, the first one low. Words are kept in 64 bits,
  /// where a product needs no widening: this takes half the time.
  @inline(__always)
  func halves(_ first: UInt64, _ second: UInt64) -> (UInt64, UInt64) {
    let word: UInt64 = 0xFFFF_FFFF
    var (a, b, c, d) = (first & word, first >> 32, second & word, second >> 32)
    var (low, high) = (low, high)
    for round in 0..<10 {
      if round > 0 {
        low &+= 0x9E37_79B9
        high &+= 0xBB67_AE85
      }
      let left = a &* 0xD251_1F53
      let right = c &* 0xCD9E_8D57
      a = (right >> 32) ^ b ^ UInt64(low)
      c = (left >> 32) ^ d ^ UInt64(high)
      b = right & word
      d = left & word
    }
    return (b << 32 | a, d << 32 | c)
  }

  /// What a draw is for: draws of different kinds never share their bits.
  enum Stream: UInt32 {
    case poissonWeights = 0
    case poissonCounts = 1
    case groupCells = 3
    case rowBlocks = 4
  }

  /// The 128 random bits of a resample at an index of a stream, their low half first.
  @inline(__always)
  func bits(_ stream: Stream, resample: Int, index: Int) -> (UInt64, UInt64) {
    halves(
      UInt64(truncatingIfNeeded: index),
      UInt64(stream.rawValue) << 32 | UInt64(UInt32(truncatingIfNeeded: resample)))
  }
}
