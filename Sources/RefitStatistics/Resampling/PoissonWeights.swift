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
    let atOnce = Self.blocksAtOnce * Self.rowsABlock
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: atOnce / 2) { words in
      var row = 0
      while row < weights.count {
        let rows = min(atOnce, weights.count - row)
        let blocks = (rows + Self.rowsABlock - 1) / Self.rowsABlock
        for block in 0..<blocks {
          let bits = generator.block(
            .poissonWeights, resample: resample, index: row / Self.rowsABlock + block)
          words[4 * block] = bits.x
          words[4 * block + 1] = bits.y
          words[4 * block + 2] = bits.z
          words[4 * block + 3] = bits.w
        }
        Self.convert(words, to: UnsafeMutableBufferPointer(rebasing: weights[row..<row + rows]))
        row += rows
      }
    }
  }

  /// Two rows a word, its low half first.
  private static func convert(
    _ words: UnsafeMutableBufferPointer<UInt32>, to weights: UnsafeMutableBufferPointer<UInt8>
  ) {
    for pair in 0..<weights.count / 2 {
      weights[2 * pair] = weight(UInt16(truncatingIfNeeded: words[pair]))
      weights[2 * pair + 1] = weight(UInt16(truncatingIfNeeded: words[pair] >> 16))
    }
    if weights.count % 2 == 1 {
      weights[weights.count - 1] = weight(UInt16(truncatingIfNeeded: words[weights.count / 2]))
    }
  }

  /// Of the 65,536 numbers that sixteen bits hold, 24109, 24109, 12056, 4018, 1005, 200, 33, 5 and 1 give the
  /// weights 0…8: the whole numbers nearest to Poisson's probabilities whose mean and variance are exactly 1.
  @inline(__always)
  private static func weight(_ bits: UInt16) -> UInt8 {
    func one(_ reached: Bool) -> UInt8 { reached ? 1 : 0 }
    let few = one(bits >= 24109) &+ one(bits >= 48218) &+ one(bits >= 60274) &+ one(bits >= 64292)
    let many = one(bits >= 65297) &+ one(bits >= 65497) &+ one(bits >= 65530) &+ one(bits >= 65535)
    return few &+ many
  }
}
