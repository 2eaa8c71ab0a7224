/// Bootstrap weights of rows that need to know nothing of each other: each row is drawn Poisson(1) times, which is
/// the multinomial bootstrap with a sample size that is random itself (Chamandy, Muralidharan, Najmi and Naidu,
/// "Estimating uncertainty for massive data streams", 2012).
///
/// The weight of a row in a resample depends on seed, resample and row alone.
public struct PoissonWeights: Sendable, Hashable {
  private let generator: Philox

  /// The weights of a seed.
  public init(seed: UInt64) { generator = Philox(seed: seed) }

  private static let rowsABlock = 8
  private static let blocksAtOnce = 64

  /// Writes the weights (0…8) of the rows 0..<weights.count in a resample.
  public func fill(_ weights: UnsafeMutableBufferPointer<UInt8>, resample: Int) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.blocksAtOnce) { halves in
      let words = UnsafeRawPointer(halves.baseAddress!).assumingMemoryBound(to: UInt16.self)
      for start in stride(from: 0, to: weights.count, by: Self.blocksAtOnce * Self.rowsABlock) {
        for block in 0..<Self.blocksAtOnce {
          let bits = generator.bits(.poissonWeights, resample: resample, index: start / Self.rowsABlock + block)
          halves[2 * block] = bits.0.littleEndian
          halves[2 * block + 1] = bits.1.littleEndian
        }
        let end = min(start + Self.blocksAtOnce * Self.rowsABlock, weights.count)
        Self.convert(words, to: UnsafeMutableBufferPointer(rebasing: weights[start..<end]))
      }
    }
  }

  /// Of the 65,536 numbers that sixteen bits hold, 24109, 24109, 12056, 4018, 1005, 200, 33, 5 and 1 give the
  /// weights 0…8: the whole numbers nearest to Poisson's probabilities whose mean and variance are exactly 1.
  ///
  /// Kept apart, and in the width of the bits, so that eight rows fit into one comparison.
  @inline(never)
  private static func convert(_ words: UnsafePointer<UInt16>, to weights: UnsafeMutableBufferPointer<UInt8>) {
    for row in 0..<weights.count {
      let bits = UInt16(littleEndian: words[row])
      let reached =
        one(bits, 24109) &+ one(bits, 48218) &+ one(bits, 60274) &+ one(bits, 64292) &+ one(bits, 65297)
        &+ one(bits, 65497) &+ one(bits, 65530) &+ one(bits, 65535)
      weights[row] = UInt8(truncatingIfNeeded: reached)
    }
  }

  @inline(__always)
  private static func one(_ bits: UInt16, _ reached: UInt16) -> UInt16 { bits >= reached ? 1 : 0 }
}
