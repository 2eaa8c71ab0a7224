import Glibc

/// The standard normal distribution (mean 0, standard deviation 1).
public enum Normal {
  /// The probability of a value at most `x`: Φ(x) = erfc(−x/√2)/2 (`scipy.stats.norm.cdf`); NaN traps.
  public static func cdf(_ x: Double) -> Double {
    precondition(!x.isNaN, "Φ of NaN")
    return 0.5 * erfc(-x / 2.0.squareRoot())
  }

  /// The x with Φ(x) = `probability` (`scipy.stats.norm.ppf`); −∞ at 0 and +∞ at 1, traps outside of 0…1.
  ///
  /// Wichura's AS 241, PPND16 (Applied Statistics 37, 1988): relative error about 1e-16.
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0…1")
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    let fromMiddle = probability - 0.5
    if abs(fromMiddle) <= 0.425 {
      let r = 0.180625 - fromMiddle * fromMiddle
      return fromMiddle * ratio(middleNumerator, middleDenominator, at: r)
    }
    let tail = fromMiddle < 0 ? probability : 1 - probability
    let r = (-log(tail)).squareRoot()
    let x =
      r <= 5
      ? ratio(nearNumerator, nearDenominator, at: r - 1.6)
      : ratio(farNumerator, farDenominator, at: r - 5)
    return fromMiddle < 0 ? -x : x
  }

  /// How many standard errors a one-sided bound at `confidence` lies from the estimate; traps outside of
  /// 0.5…1 (1 excluded).
  static func oneSidedQuantile(_ confidence: Double) -> Double {
    precondition(confidence >= 0.5 && confidence < 1, "a confidence lies in 0.5..<1")
    // From the lower tail, where a double still resolves 1 − confidence.
    return -quantile(1 - confidence)
  }

  private static func ratio(
    _ numerator: InlineArray<8, Double>, _ denominator: InlineArray<8, Double>, at r: Double
  ) -> Double {
    var above = numerator[7]
    var below = denominator[7]
    for power in stride(from: 6, through: 0, by: -1) {
      above = above * r + numerator[power]
      below = below * r + denominator[power]
    }
    return above / below
  }

  private static let middleNumerator: InlineArray<8, Double> = [
    3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
  ]
  private static let middleDenominator: InlineArray<8, Double> = [
    1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
  ]
  private static let nearNumerator: InlineArray<8, Double> = [
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
    1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
  ]
  private static let nearDenominator: InlineArray<8, Double> = [
    1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  ]
  private static let farNumerator: InlineArray<8, Double> = [
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
    2.01033439929228813265e-7,
  ]
  private static let farDenominator: InlineArray<8, Double> = [
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  ]
}
