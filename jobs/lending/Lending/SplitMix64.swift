import Glibc

/// Steele, Lea and Flood's SplitMix64: the same numbers for the same seed on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// A stream of its own for each pair of a seed and a key.
  public init(seed: UInt64, key: UInt64) {
    var mixer = SplitMix64(seed: seed)
    state = mixer.next() ^ (key &* 0xD1B5_4A32_D192_ED03)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in (0, 1).
  public mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// Normal with mean 0 and standard deviation 1 (Box and Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log(uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Poisson by inversion; for small means.
  public mutating func poisson(mean: Double) -> Int {
    var (count, left) = (0, uniform())
    var probability = exp(-mean)
    while left > probability, count < 1_000 {
      left -= probability
      count += 1
      probability *= mean / Double(count)
    }
    return count
  }

  /// The index of one of `weights`, drawn in proportion to them.
  public mutating func index(weights: [Double]) -> Int {
    var left = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }
}
