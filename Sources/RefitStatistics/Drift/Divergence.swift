import Glibc

/// Divergences and distances of two distributions over the same bins, from the shares of each bin: q of the
/// reference, p of the current side, each summing to 1.
enum Divergence {
  /// Σ a·ln(a/b) after both are floored at 1e-4 and renormalised (`scipy.stats.entropy(a, b)`); 0 or more.
  static func kullbackLeibler(_ a: [Double], _ b: [Double]) -> Double {
    let (a, b) = (renormalised(a), renormalised(b))
    return max(0, sum(a, b) { $0 * log($0 / $1) })
  }

  /// √((KL(q‖m) + KL(p‖m)) / 2), m the mean of both, base 2 (`scipy.spatial.distance.jensenshannon`); exactly 0
  /// for the same shares.
  static func jensenShannonDistance(_ q: [Double], _ p: [Double]) -> Double {
    let divergence = sum(q, p) { q, p in
      let middle = (q + p) / 2
      return term(q, middle) + term(p, middle)
    }
    return max(0, divergence / 2 / log(2)).squareRoot()
  }

  /// √(Σ (√q − √p)² / 2).
  static func hellinger(_ q: [Double], _ p: [Double]) -> Double {
    let squares = sum(q, p) { q, p in
      let difference = q.squareRoot() - p.squareRoot()
      return difference * difference
    }
    return min(1, (squares / 2).squareRoot())
  }

  /// Σ |q − p| / 2.
  static func totalVariation(_ q: [Double], _ p: [Double]) -> Double {
    min(1, sum(q, p) { abs($0 - $1) } / 2)
  }

  /// max |q − p|.
  static func lInfinity(_ q: [Double], _ p: [Double]) -> Double {
    zip(q, p).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  private static func term(_ share: Double, _ middle: Double) -> Double {
    share == 0 || share == middle ? 0 : share * log(share / middle)
  }

  private static func renormalised(_ shares: [Double]) -> [Double] {
    let floored = shares.map { max($0, PopulationStability.floor) }
    var total = CompensatedSum()
    for share in floored { total.add(share) }
    return floored.map { $0 / total.value }
  }

  private static func sum(_ a: [Double], _ b: [Double], _ term: (Double, Double) -> Double) -> Double {
    var sum = CompensatedSum()
    for index in a.indices { sum.add(term(a[index], b[index])) }
    return sum.value
  }
}
