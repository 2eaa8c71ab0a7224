import Glibc

/// The Mann–Kendall test for a monotone trend of a series (Mann, Econometrica 13, 1945; Kendall 1975), with
/// tied values.
public struct MannKendall: Sendable, Hashable {
  /// The number of values.
  public let count: Int
  /// Pairs that rise less pairs that fall, over all pairs of an earlier and a later value.
  public let score: Int
  /// The variance of the score without a trend: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18 over groups of t equal
  /// values.
  public let variance: Double

  /// Takes the values in the order of time, in O(n log n); throws when one of them is not finite.
  public init(_ series: [Double]) throws(UnusableSeries) {
    let unusable = series.count { !$0.isFinite }
    if unusable > 0 { throw .notFinite(unusable) }
    count = series.count
    var ranked = series
    let falling = Self.sortCountingFalls(&ranked)
    var tied = 0
    var correction = 0.0
    var first = 0
    while first < ranked.count {
      var end = first + 1
      while end < ranked.count, ranked[end] == ranked[first] { end += 1 }
      tied += Self.pairs(of: end - first)
      correction += Self.term(end - first)
      first = end
    }
    score = Self.pairs(of: count) - tied - 2 * falling
    variance = (Self.term(count) - correction) / 18
  }

  /// Kendall's τ-a of value and time: the score over the number of pairs, −1…1; undefined with fewer than two
  /// values.
  public var tau: Statistic {
    Statistic(score, over: Self.pairs(of: count), otherwise: "a trend needs two values")
  }

  /// (score ∓ 1) / √variance, one towards 0 (continuity correction), and 0 for a score of 0; undefined when
  /// all values are equal or there are fewer than two, since there is nothing to judge by.
  public var z: Statistic {
    if count < 2 { return .undefined("a trend needs two values") }
    if variance == 0 { return .undefined("all \(count) values are equal") }
    return .defined(Double(score - score.signum()) / variance.squareRoot())
  }

  /// The two-sided p-value of `z` by the normal law (`pymannkendall.original_test`): how likely as large a score
  /// is without a trend, of independent values.
  public var pValue: Statistic {
    switch z {
    case .defined(let z): .defined(erfc(abs(z) / 2.0.squareRoot()))
    case .undefined: z
    }
  }

  private static func pairs(of count: Int) -> Int { count * (count - 1) / 2 }

  private static func term(_ count: Int) -> Double {
    let n = Double(count)
    return n * (n - 1) * (2 * n + 5)
  }

  /// Sorts by merging from below, and counts the pairs of a larger value before a smaller one.
  private static func sortCountingFalls(_ values: inout [Double]) -> Int {
    var falls = 0
    var target = values
    var width = 1
    while width < values.count {
      var start = 0
      while start < values.count {
        let middle = min(start + width, values.count)
        let end = min(start + 2 * width, values.count)
        falls += merge(values, start, middle, end, into: &target)
        start = end
      }
      swap(&values, &target)
      width *= 2
    }
    return falls
  }

  private static func merge(
    _ values: [Double], _ start: Int, _ middle: Int, _ end: Int, into target: inout [Double]
  ) -> Int {
    var (left, right, falls) = (start, middle, 0)
    for position in start..<end {
      if left < middle, right == end || values[left] <= values[right] {
        target[position] = values[left]
        left += 1
      } else {
        target[position] = values[right]
        right += 1
        falls += middle - left
      }
    }
    return falls
  }
}
