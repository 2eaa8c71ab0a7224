import Glibc

/// The chi-square distribution.
public enum ChiSquare {
  /// The probability of a value above `x` with so many degrees of freedom, at least 1 (`scipy.stats.chi2.sf`): the
  /// regularised upper incomplete gamma function Q(k/2, x/2). Traps on NaN and below 0.
  public static func upperTail(_ x: Double, degreesOfFreedom: Int) -> Double {
    precondition(
      x >= 0 && degreesOfFreedom > 0, "a chi-square is 0 or more, with a degree of freedom at least")
    if x == 0 { return 1 }
    if x == .infinity { return 0 }
    let (a, z) = (Double(degreesOfFreedom) / 2, x / 2)
    return z < a + 1 ? 1 - lowerSeries(a, z) : upperFraction(a, z)
  }

  /// z^a·e^(−z) / Γ(a), in logarithms up to the end.
  private static func scale(_ a: Double, _ z: Double) -> Double { exp(a * log(z) - z - lgamma(a)) }

  /// P(a, z) by its power series, which converges fast for z < a + 1 (Abramowitz & Stegun 6.5.29).
  private static func lowerSeries(_ a: Double, _ z: Double) -> Double {
    var term = 1 / a
    var sum = term
    var denominator = a
    while term > sum * 1e-17 {
      denominator += 1
      term *= z / denominator
      sum += term
    }
    return min(1, sum * scale(a, z))
  }

  /// Q(a, z) by Legendre's continued fraction with Lentz's method, for z ≥ a + 1 (Abramowitz & Stegun 6.5.31).
  private static func upperFraction(_ a: Double, _ z: Double) -> Double {
    let tiny = 1e-300
    var b = z + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for step in 1...100_000 {
      let coefficient = -Double(step) * (Double(step) - a)
      b += 2
      d = coefficient * d + b
      if abs(d) < tiny { d = tiny }
      c = b + coefficient / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let factor = d * c
      fraction *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return fraction * scale(a, z)
  }
}
