import Glibc

/// Bootstrap counts of kinds of rows: k rows that are alike, each drawn Poisson(1) times, are drawn Poisson(k) times
/// together. So a statistic that is a function of counts is resampled without a look at any row, however many
/// there are. A draw depends on seed, resample, kind and all counts.
public struct PoissonCounts: Sendable {
  private let generator: Philox
  /// One a mean, however many kinds have it.
  private let tables: [PoissonTable]
  /// The table of each kind.
  private let places: [Int]

  /// Traps on a negative count.
  public init(_ counts: [Int], seed: UInt64) { self.init(means: counts.map(Double.init), seed: seed) }

  /// Of kinds that are worth so many rows, which need not be whole numbers; traps on a negative one.
  init(means: [Double], seed: UInt64) {
    generator = Philox(seed: seed, drawingOf: means)
    var (tables, known) = ([PoissonTable](), [Double: Int]())
    places = means.map { mean in
      if let place = known[mean] { return place }
      known[mean] = tables.count
      tables.append(PoissonTable(mean: mean))
      return tables.count - 1
    }
    self.tables = tables
  }

  /// Writes the count of each kind in a resample; traps unless there is room for one a kind.
  public func fill(_ counts: inout [Int], resample: Int) {
    precondition(counts.count == places.count, "one count a kind")
    for kind in places.indices {
      let bits = generator.bits(.poissonCounts, resample: resample, index: kind)
      let uniform = Double(bits.0 >> 11) * 0x1p-53
      counts[kind] = tables[places[kind]].quantile(uniform)
    }
  }
}

/// The distribution function of a Poisson variable, wherever it is neither 0 nor 1 to a Double.
private struct PoissonTable: Sendable {
  private let first: Int
  /// Up to first, first + 1, …; not divided by their sum yet.
  private let cumulative: [Double]
  /// For each of as many equal parts of 0…1, where to begin to look for a number in it (Chen and Asau, AIIE Transactions
  /// 6, 1974): on average the sought place is the next one.
  private let starts: [UInt32]

  /// Made of sums, products and quotients only, which round alike on every machine.
  init(mean: Double) {
    precondition(mean >= 0, "a count is not negative")
    let negligible = 1e-22
    let middle = mean.rounded(.down)
    var below: [Double] = []
    var probability = 1.0
    var count = middle
    while count > 0 {
      probability *= count / mean
      if probability < negligible { break }
      count -= 1
      below.append(probability)
    }
    first = Int(middle) - below.count
    var cumulative: [Double] = []
    var sum = CompensatedSum()
    for probability in below.reversed() {
      sum.add(probability)
      cumulative.append(sum.value)
    }
    probability = 1
    count = middle
    while probability >= negligible {
      sum.add(probability)
      cumulative.append(sum.value)
      count += 1
      probability *= mean / count
    }
    self.cumulative = cumulative
    starts = Self.starts(cumulative)
  }

  private static func starts(_ cumulative: [Double]) -> [UInt32] {
    var place = 0
    return cumulative.indices.map { part in
      let sought = Double(part) / Double(cumulative.count) * cumulative[cumulative.count - 1]
      while place < cumulative.count - 1, cumulative[place] <= sought { place += 1 }
      // One less, since the part of a number is rounded as well.
      return UInt32(max(0, place - 1))
    }
  }

  /// The smallest count whose distribution function is above `uniform` (0..<1).
  @inline(__always)
  func quantile(_ uniform: Double) -> Int {
    let last = cumulative.count - 1
    let sought = uniform * cumulative[last]
    var place = Int(starts[min(last, Int(uniform * Double(cumulative.count)))])
    while place < last, cumulative[place] <= sought { place += 1 }
    return first + place
  }
}
