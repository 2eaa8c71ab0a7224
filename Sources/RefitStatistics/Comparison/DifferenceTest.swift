/// A test of whether two models differ, by their rows' differences (candidate − champion).
public struct DifferenceTest: Sendable, Hashable {
  /// What the method computes: t, W⁺ or z.
  public let statistic: Statistic
  /// The probability of a difference at least as large, either way, between models that do not differ.
  public let pValue: Statistic
  /// The same of a difference at least as far up: small where the candidate's values are the larger ones.
  public let pValueGreater: Statistic
  /// The same of a difference at least as far down.
  public let pValueLess: Statistic
  /// How the probabilities were got.
  public let method: String

  init(statistic: Double, twoSided: Double, greater: Double, less: Double, method: String) {
    self.statistic = .defined(statistic)
    pValue = .defined(twoSided)
    pValueGreater = .defined(greater)
    pValueLess = .defined(less)
    self.method = method
  }

  init(undefined reason: String, method: String) {
    statistic = .undefined(reason)
    pValue = .undefined(reason)
    pValueGreater = .undefined(reason)
    pValueLess = .undefined(reason)
    self.method = method
  }

  /// By the normal law of a difference that lies `z` standard errors from 0.
  init(z: Double, statistic: Double? = nil, method: String) {
    self.init(
      statistic: statistic ?? z, twoSided: min(1, 2 * Normal.cdf(-abs(z))), greater: Normal.cdf(-z),
      less: Normal.cdf(z), method: method)
  }
}
