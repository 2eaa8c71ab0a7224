/// The two-sample Kolmogorov–Smirnov test.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// How the p-value was computed.
  public enum Method: String, Sendable, Hashable, Codable {
    /// The exact distribution without ties; both sides have at most 10,000 rows.
    case exact
    /// Kolmogorov's limit law of √(nm/(n+m))·D.
    case limit

    /// The method for samples of these sizes.
    public init(referenceCount: Int, currentCount: Int) {
      self = max(referenceCount, currentCount) <= KolmogorovSmirnov.mostExact ? .exact : .limit
    }
  }

  /// The most rows a side for which the exact distribution is computed.
  static let mostExact = 10_000

  /// sup |F − G| of the two empirical distribution functions, 0…1 (`scipy.stats.ks_2samp(...).statistic`).
  public let statistic: Double
  /// Reference rows.
  public let referenceCount: Int
  /// Current rows.
  public let currentCount: Int
  /// `statistic`·n·m, which is whole.
  private let numerator: Int

  /// The test of two samples of these sizes, at this distance.
  init(_ distance: EmpiricalDistance, referenceCount: Int, currentCount: Int) {
    numerator = distance.largestGap
    statistic = Double(numerator) / (Double(referenceCount) * Double(currentCount))
    self.referenceCount = referenceCount
    self.currentCount = currentCount
  }

  /// How `pValue` is computed.
  public var method: Method { Method(referenceCount: referenceCount, currentCount: currentCount) }

  /// How likely a distance as large is when both sides come from one continuous distribution; ties make it larger
  /// than it should be.
  public var pValue: Double {
    switch method {
    case .exact: return Kolmogorov.exactUpperTail(n: referenceCount, m: currentCount, numerator: numerator)
    case .limit:
      let (n, m) = (Double(referenceCount), Double(currentCount))
      return Kolmogorov.limitUpperTail((n * m / (n + m)).squareRoot() * statistic)
    }
  }
}
