import Glibc

/// The distributions of the two-sample Kolmogorov–Smirnov statistic under one continuous distribution.
enum Kolmogorov {
  /// The limit law: Q(x) = 2·Σ (−1)^(k−1)·e^(−2k²x²) (`scipy.special.kolmogorov`).
  static func limitUpperTail(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x < 1 {
      // 1 − √(2π)/x·Σ e^(−(2k−1)²π²/(8x²)), which converges fast where the other series does not.
      let exponent = -Double.pi * Double.pi / (8 * x * x)
      let sum = [1.0, 9, 25, 49].reduce(0) { $0 + exp(exponent * $1) }
      return max(0, 1 - (2 * Double.pi).squareRoot() / x * sum)
    }
    var sum = 0.0
    for k in 1...5 {
      let term = exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
    }
    return min(1, 2 * sum)
  }

  /// The exact probability that |i/n − j/m| reaches `numerator` / (n·m) somewhere on a random path from (0, 0) to
  /// (n, m): `scipy.stats.ks_2samp(method="exact")`, without ties.
  ///
  /// Walks the lattice row by row with the mass of the paths that have not left the band yet, and adds up what
  /// leaves it. All terms are positive, so that a small probability keeps its digits.
  static func exactUpperTail(n: Int, m: Int, numerator: Int) -> Double {
    if numerator <= 0 { return 1 }
    if Self.isBelowSmallestDouble(n: n, m: m, numerator: numerator) { return 0 }
    // mass[j]: of the paths that reach (i, j) inside the band. A step goes right in proportion to what is left.
    var mass = [Double](repeating: 0, count: m + 1)
    mass[0] = 1
    var left = CompensatedSum()
    var first = 0
    for i in 0...n {
      // Inside: |i·m − j·n| < numerator.
      let low = max(0, Self.floorDivide(i * m - numerator, n) + 1)
      let high = min(m, Self.floorDivide(i * m + numerator - 1, n))
      while first < low {
        left.add(mass[first])
        mass[first] = 0
        first += 1
      }
      for j in low...max(low, high) where j <= high {
        let here = mass[j]
        guard here > 0 else { continue }
        let remaining = Double(n - i + m - j)
        guard remaining > 0 else { continue }
        let up = here * Double(m - j) / remaining
        if j < high { mass[j + 1] += up } else { left.add(up) }
        mass[j] = here * Double(n - i) / remaining
      }
    }
    return min(1, left.value)
  }

  /// By Hoeffding's bound on sampling without replacement over all points of the path: far below what a Double holds.
  private static func isBelowSmallestDouble(n: Int, m: Int, numerator: Int) -> Bool {
    let (n, m) = (Double(n), Double(m))
    let distance = Double(numerator) / (n * m)
    return log(n + m) + log(2) - 2 * distance * distance * n * m / (n + m) < -800
  }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}
