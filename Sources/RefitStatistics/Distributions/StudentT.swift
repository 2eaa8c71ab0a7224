import Glibc

/// Student's t distribution.
public enum StudentT {
  /// The probability of a value as far from 0 as `t`, or farther, with so many degrees of freedom, at least 1
  /// (`2 * scipy.stats.t.sf(abs(t), df)`): the regularised incomplete beta function at ν/(ν + t²) of ν/2 and 1/2.
  /// Traps on NaN.
  public static func twoSidedTail(_ t: Double, degreesOfFreedom: Int) -> Double {
    precondition(!t.isNaN && degreesOfFreedom > 0, "a number, and a degree of freedom at least")
    if t == 0 { return 1 }
    if t.isInfinite { return 0 }
    let (freedom, size) = (Double(degreesOfFreedom), abs(t))
    // t²/ν, whose root is taken first, since the square of a large t is no Double.
    let root = size / freedom.squareRoot()
    let ratio = root * root
    let logOfRest = root > 1e8 ? -2 * log(root) : -log1p(ratio)
    let (rest, share) = (exp(logOfRest), ratio.isFinite ? ratio / (1 + ratio) : 1)
    let a = freedom / 2
    let scale = exp(a * logOfRest + 0.5 * log(share) - logOfBeta(a))
    return rest < (a + 1) / (a + 2.5)
      ? min(1, scale / a * fraction(a, 0.5, at: rest))
      : max(0, 1 - scale * 2 * fraction(0.5, a, at: share))
  }

  /// The probability of a value above `t` (`scipy.stats.t.sf`).
  public static func upperTail(_ t: Double, degreesOfFreedom: Int) -> Double {
    let half = twoSidedTail(t, degreesOfFreedom: degreesOfFreedom) / 2
    return t > 0 ? half : 1 - half
  }

  /// The t that a share `probability` (0<…≤0.5) of values is above (`scipy.stats.t.isf`); traps outside.
  public static func upperQuantile(_ probability: Double, degreesOfFreedom: Int) -> Double {
    precondition(probability > 0 && probability <= 0.5, "an upper tail lies in 0<…≤0.5")
    func tail(_ t: Double) -> Double { upperTail(t, degreesOfFreedom: degreesOfFreedom) }
    var low = 0.0
    var high = max(1, -2 * Normal.quantile(probability))
    while tail(high) > probability { (low, high) = (high, high * 2) }
    while high - low > 4e-16 * high {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { break }
      if tail(middle) > probability { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// ln B(a, 1/2); for a large a by the asymptotic series of Γ(a + 1/2)/Γ(a), where two logarithms would cancel.
  private static func logOfBeta(_ a: Double) -> Double {
    let logOfRoot = 0.5 * log(Double.pi)
    guard a >= 30 else { return lgamma(a) + logOfRoot - lgamma(a + 0.5) }
    let inverse = 1 / a
    let square = inverse * inverse
    return logOfRoot - 0.5 * log(a) + inverse * (1 / 8.0 - square * (1 / 192.0 - square / 640))
  }

  /// The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22).
  private static func fraction(_ a: Double, _ b: Double, at x: Double) -> Double {
    let tiny = 1e-300
    func apart(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / apart(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...1_000_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / apart(1 + even * d)
      c = apart(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / apart(1 + odd * d)
      c = apart(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return fraction
  }
}
