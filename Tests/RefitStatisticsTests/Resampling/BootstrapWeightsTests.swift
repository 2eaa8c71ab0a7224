import RefitStatistics
import RefitTesting
import Testing

@Suite struct BootstrapWeightsTests {
  static func poisson(rows: Int, seed: UInt64, resample: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: rows) { weights, count in
      PoissonWeights(seed: seed).fill(
        UnsafeMutableBufferPointer(rebasing: weights[..<rows]), resample: resample)
      count = rows
    }
  }

  /// e⁻¹/k! to four standard errors, and mean and variance 1.
  @Test func `Poisson weights have Poisson's probabilities`() {
    let rows = 2_000_003
    let weights = Self.poisson(rows: rows, seed: 7, resample: 3)
    var shares = [Double](repeating: 0, count: 9)
    for weight in weights { shares[Int(weight)] += 1 / Double(rows) }
    let probabilities = [0.36787944, 0.36787944, 0.18393972, 0.06131324, 0.01532831, 0.00306566, 0.00051094]
    for (share, probability) in zip(shares, probabilities) {
      #expect(abs(share - probability) < 4 * (probability / Double(rows)).squareRoot())
    }
    let mean = weights.reduce(0.0) { $0 + Double($1) } / Double(rows)
    let variance = weights.reduce(0.0) { $0 + (Double($1) - 1) * (Double($1) - 1) } / Double(rows)
    #expect(abs(mean - 1) < 0.003 && abs(variance - 1) < 0.006)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 511, 512, 513, 1000])
  func `a row's weight doesn't depend on how many rows follow`(rows: Int) {
    let all = Self.poisson(rows: 1100, seed: 9, resample: 5)
    #expect(Self.poisson(rows: rows, seed: 9, resample: 5) == Array(all[..<rows]))
  }

  struct Draw: Encodable {
    var seed: UInt64
    var resample: Int
    var rows = 0
    var counts: [Int] = []
  }

  struct Counts: Decodable { var counts: [Int] }

  struct Weights: Decodable { var poisson: [UInt8] }

  /// The address of each draw is a promise: an interval that was recorded can be had again.
  @Test func `each row's bits stand where they are said to stand`() throws {
    let draws = [0, 1, 24, 1001].flatMap { rows in
      [Draw(seed: 42, resample: 1, rows: rows), Draw(seed: .max - 5, resample: 1 << 31, rows: rows)]
    }
    for (draw, answer) in zip(draws, try Oracle.comparison("weights", draws, as: Weights.self)) {
      #expect(Self.poisson(rows: draw.rows, seed: draw.seed, resample: draw.resample) == answer.poisson)
    }
  }

  @Test func `counts are Poisson's quantiles at 53 bits`() throws {
    let draws = (0..<200).map {
      Draw(seed: 12, resample: $0, counts: [0, 1, 2, 17, 400, 12_345, 1_000_000, 1_000_000])
    }
    for (draw, answer) in zip(draws, try Oracle.comparison("counts", draws, as: Counts.self)) {
      var counts = draw.counts
      PoissonCounts(draw.counts, seed: draw.seed).fill(&counts, resample: draw.resample)
      #expect(counts == answer.counts)
    }
  }

  @Test func `seeds and resamples give other weights`() {
    let weights = Self.poisson(rows: 64, seed: 1, resample: 0)
    #expect(weights != Self.poisson(rows: 64, seed: 2, resample: 0))
    #expect(weights != Self.poisson(rows: 64, seed: 1 << 32 | 1, resample: 0))
    #expect(weights != Self.poisson(rows: 64, seed: 1, resample: 1))
  }

  /// Mean and variance of a Poisson variable are the count itself; small counts meet Poisson's probabilities.
  @Test(arguments: [0, 1, 3, 50, 10_000, 3_000_000])
  func `counts have Poisson's mean and variance`(count: Int) {
    let source = PoissonCounts([count, 5, count], seed: 8)
    var counts = [0, 0, 0]
    var (sum, squares, both) = (0.0, 0.0, 0.0)
    let resamples = 40_000
    for resample in 0..<resamples {
      source.fill(&counts, resample: resample)
      let (first, last) = (Double(counts[0] - count), Double(counts[2] - count))
      sum += first
      squares += first * first
      both += first * last
    }
    let (n, variance) = (Double(resamples), Double(count))
    #expect(abs(sum / n) <= 4 * (variance / n).squareRoot())
    #expect(abs(squares / n - variance) <= 4 * ((variance + 2 * variance * variance) / n).squareRoot())
    #expect(abs(both / n) <= 4 * variance / n.squareRoot())
  }
}
