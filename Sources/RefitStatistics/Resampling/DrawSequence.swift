/// Uniform numbers, one after another, from one stream's resample: each has its address, so that the sequence is the
/// same whoever draws it.
struct DrawSequence {
  private let generator: Philox
  private let stream: Philox.Stream
  private let resample: Int
  private var index: Int
  private var spare: UInt64?

  /// The sequence that begins at an index; each index gives two numbers.
  init(_ generator: Philox, _ stream: Philox.Stream, resample: Int, from index: Int) {
    self.generator = generator
    self.stream = stream
    self.resample = resample
    self.index = index
  }

  /// The next number, between 0 and 1 and neither of them.
  mutating func next() -> Double {
    if let bits = spare {
      spare = nil
      return Self.unit(bits)
    }
    let bits = generator.bits(stream, resample: resample, index: index)
    index += 1
    spare = bits.1
    return Self.unit(bits.0)
  }

  private static func unit(_ bits: UInt64) -> Double { (Double(bits >> 11) + 0.5) * 0x1p-53 }
}
