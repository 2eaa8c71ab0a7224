/// Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945): whether a loss's differences lie evenly around 0, by the
/// ranks of their sizes. Unlike the t-test it is not moved by how large a few of them are.
public enum SignedRank {
  /// Up to so many rows, without ties, the probabilities are exact.
  public static let mostExactRows = 50

  /// From the loss of each row; traps when the lengths differ.
  ///
  /// Rows without a difference are left out (`scipy.stats.wilcoxon(zero_method="wilcox")`). Exact (`method="exact"`)
  /// with at most 50 others and no ties of size among them, else by the normal law with the variance corrected for
  /// ties and without continuity correction (`method="asymptotic"`). Undefined without a differing row, or with
  /// numbers that are not finite. The statistic is W⁺, the sum of the ranks of the positive differences.
  public static func test(candidate: [Double], champion: [Double]) -> DifferenceTest {
    precondition(candidate.count == champion.count, "both models judged on the same rows")
    var above: [Double] = []
    var below: [Double] = []
    for row in candidate.indices {
      let difference = candidate[row] - champion[row]
      if difference > 0 { above.append(difference) } else if difference < 0 { below.append(-difference) }
      guard difference.isFinite else {
        return DifferenceTest(undefined: "not every difference of losses is a finite number", method: "wilcoxon")
      }
    }
    if above.isEmpty && below.isEmpty {
      return DifferenceTest(undefined: "no row differs", method: "wilcoxon")
    }
    let ranks = Ranks(above: RadixSort.sorted(above), below: RadixSort.sorted(below))
    return ranks.tieTerm == 0 && ranks.rows <= mostExactRows ? exact(ranks) : approximate(ranks)
  }

  private static func exact(_ ranks: Ranks) -> DifferenceTest {
    // How many of the 2ⁿ choices of signs have each sum of ranks; whole numbers below 2⁵³.
    let most = ranks.rows * (ranks.rows + 1) / 2
    var choices = [Double](repeating: 0, count: most + 1)
    choices[0] = 1
    for rank in 1...ranks.rows {
      for sum in stride(from: most, through: rank, by: -1) { choices[sum] += choices[sum - rank] }
    }
    let all = choices.reduce(0, +)
    let sum = ranks.doubledSumAbove / 2
    let greater = choices[sum...].reduce(0, +) / all
    let less = choices[...sum].reduce(0, +) / all
    return DifferenceTest(
      statistic: Double(sum), twoSided: min(1, 2 * min(greater, less)), greater: greater, less: less,
      method: "wilcoxon-exact")
  }

  private static func approximate(_ ranks: Ranks) -> DifferenceTest {
    let n = Double(ranks.rows)
    let variance = (n * (n + 1) * (2 * n + 1) - ranks.tieTerm / 2) / 24
    let sum = Double(ranks.doubledSumAbove) / 2
    return DifferenceTest(
      z: (sum - n * (n + 1) / 4) / variance.squareRoot(), statistic: sum, method: "wilcoxon-normal")
  }

  private struct Ranks {
    let rows: Int
    /// Twice the sum of the mid-ranks of the positive differences, a whole number.
    private(set) var doubledSumAbove = 0
    /// Σ (t³ − t) over the sizes that t rows share.
    private(set) var tieTerm = 0.0

    /// Sizes of differences, ascending.
    init(above: [Double], below: [Double]) {
      rows = above.count + below.count
      var (up, down) = (0, 0)
      while up < above.count || down < below.count {
        let size = min(
          up < above.count ? above[up] : .infinity, down < below.count ? below[down] : .infinity)
        let before = up + down
        let first = up
        while up < above.count, above[up] == size { up += 1 }
        while down < below.count, below[down] == size { down += 1 }
        let tied = up + down - before
        doubledSumAbove += (up - first) * (2 * before + tied + 1)
        if tied > 1 { tieTerm += Double(tied) * Double(tied) * Double(tied) - Double(tied) }
      }
    }
  }
}
