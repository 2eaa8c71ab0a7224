/// The two-sample Kolmogorov–Smirnov test.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// How the p-value was computed.
  public enum Method: String, Sendable, Hashable, Codable {
    /// The exact distribution without ties; both sides have at most 10,000 rows.
    case exact
    /// Kolmogorov's limit law of √(nm/(n+m))·D.
    case limit
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

  /// Takes two ascending samples, each with a value.
  ///
  /// Counts are compared as integers over the common denominator, so that the result is rounded only once.
  init(sorted reference: [Double], _ current: [Double]) {
    let (n, m) = (reference.count, current.count)
    var largest = 0
    reference.withUnsafeBufferPointer { reference in
      current.withUnsafeBufferPointer { current in
        var i = 0
        var j = 0
        // Once a sample is used up, the distance can only shrink.
        while i < n, j < m {
          let value = min(reference[i], current[j])
          while i < n, reference[i] == value { i += 1 }
          while j < m, current[j] == value { j += 1 }
          largest = max(largest, abs(i * m - j * n))
        }
      }
    }
    numerator = largest
    statistic = Double(largest) / (Double(n) * Double(m))
    referenceCount = n
    currentCount = m
  }

  /// How `pValue` is computed.
  public var method: Method {
    max(referenceCount, currentCount) <= Self.mostExact ? .exact : .limit
  }

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
