import Glibc

/// The binomial distribution with probability one half.
enum FairCoin {
  /// The probability of exactly `heads` in `tosses` (`scipy.stats.binom.pmf(heads, tosses, 0.5)`), by Loader's
  /// saddle-point expansion (2000), whose error does not grow with the number of tosses.
  static func probability(_ heads: Int, of tosses: Int) -> Double {
    precondition(heads >= 0 && heads <= tosses, "heads lie in 0…tosses")
    if heads == 0 || heads == tosses { return exp2(-Double(tosses)) }
    let (n, k) = (Double(tosses), Double(heads))
    let rest = n - k
    let tilt = (k - rest) / n
    let distance = n / 2 * ((1 + tilt) * log1p(tilt) + (1 - tilt) * log1p(-tilt))
    let correction = stirlingError(n) - stirlingError(k) - stirlingError(rest)
    return (n / (2 * Double.pi * k) / rest).squareRoot() * exp(correction - distance)
  }

  /// The probability of at most `heads` in `tosses` (`scipy.stats.binom.cdf`), for at most half of the tosses.
  static func atMost(_ heads: Int, of tosses: Int) -> Double {
    precondition(heads <= tosses - heads, "the lower half, where each term is smaller than the one before it")
    var term = probability(heads, of: tosses)
    var sum = CompensatedSum()
    var count = heads
    while count >= 0, term > sum.value * 1e-18 {
      sum.add(term)
      term *= Double(count) / Double(tosses - count + 1)
      count -= 1
    }
    return sum.value
  }

  /// ln n! less Stirling's formula for it.
  private static func stirlingError(_ n: Double) -> Double {
    if n < 20 { return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi) }
    let square = n * n
    return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680 * square)) / square) / square) / n
  }
}
