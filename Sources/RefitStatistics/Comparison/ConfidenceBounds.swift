import Glibc

/// Two one-sided bounds, each at the stated confidence; together they are an interval at 2·confidence − 1.
public struct ConfidenceBounds: Sendable, Hashable, Codable {
  /// The true value is at least this, with the confidence asked for.
  public let lower: Double
  /// The true value is at most this, with the confidence asked for.
  public let upper: Double

  /// Bounds as given.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// estimate ± z·standardError, cut to what is possible.
  ///
  /// An estimated standard error of 0 would claim certainty from any number of rows. It only says that all
  /// `rows` independent rows showed the same; then a share α^(1/rows) of the population at least is like them
  /// (Clopper and Pearson), and the rest is taken at its worst.
  static func wald(
    _ estimate: Double, standardError: Double, rows: Int, within possible: ClosedRange<Double>,
    confidence: Double
  ) -> ConfidenceBounds {
    let z = Normal.oneSidedQuantile(confidence)
    guard standardError == 0 else {
      return ConfidenceBounds(
        lower: max(possible.lowerBound, estimate - z * standardError),
        upper: min(possible.upperBound, estimate + z * standardError))
    }
    let alike = pow(1 - confidence, 1 / Double(rows))
    return ConfidenceBounds(
      lower: alike * estimate + (1 - alike) * possible.lowerBound,
      upper: alike * estimate + (1 - alike) * possible.upperBound)
  }
}
