import Glibc

/// Bootstrap counts of kinds of rows: k rows that are alike, each drawn Poisson(1) times, are drawn Poisson(k) times
/// together. So a statistic that is a function of counts is resampled without a look at any row, however many
/// there are.
public struct PoissonCounts: Sendable {
  private let generator: Philox
  private let tables: [PoissonTable]

  /// Traps on a negative count.
  public init(_ counts: [Int], seed: UInt64) {
    generator = Philox(seed: seed)
    tables = counts.map { PoissonTable(mean: $0) }
  }

  /// Writes the count of each kind in a resample; traps unless there is room for one a kind.
  public func fill(_ counts: inout [Int], resample: Int) {
    precondition(counts.count == tables.count, "one count a kind")
    for kind in tables.indices {
      let bits = generator.bits(.poissonCounts, resample: resample, index: kind)
      let uniform = Double(bits.0 >> 11) * 0x1p-53
      counts[kind] = tables[kind].quantile(uniform)
    }
  }
}

/// The distribution function of a Poisson variable with a whole mean, wherever it is neither 0 nor 1 to a Double.
private struct PoissonTable: Sendable {
  private let first: Int
  /// Up to first, first + 1, …; not divided by their sum yet.
  private let cumulative: [Double]

  /// Made of sums, products and quotients only, which round alike on every machine.
  init(mean: Int) {
    precondition(mean >= 0, "a count is not negative")
    let negligible = 1e-22
    var below: [Double] = []
    var probability = 1.0
    var count = mean
    while count > 0 {
      probability *= Double(count) / Double(mean)
      if probability < negligible { break }
      count -= 1
      below.append(probability)
    }
    first = mean - below.count
    var cumulative: [Double] = []
    var sum = CompensatedSum()
    for probability in below.reversed() {
      sum.add(probability)
      cumulative.append(sum.value)
    }
    probability = 1
    count = mean
    while probability >= negligible {
      sum.add(probability)
      cumulative.append(sum.value)
      count += 1
      probability *= Double(mean) / Double(count)
    }
    self.cumulative = cumulative
  }

  /// The smallest count whose distribution function is above `uniform` (0..<1).
  func quantile(_ uniform: Double) -> Int {
    let sought = uniform * cumulative[cumulative.count - 1]
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > sought { high = middle } else { low = middle + 1 }
    }
    return first + low
  }
}
