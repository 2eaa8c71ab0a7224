/// The two-sample Kolmogorov–Smirnov statistic.
enum KolmogorovSmirnov {
  /// sup |F − G| of two ascending samples, each with a value (`scipy.stats.ks_2samp(...).statistic`).
  ///
  /// Counts are compared as integers over the common denominator, so that the result is rounded only once.
  static func statistic(sorted reference: [Double], _ current: [Double]) -> Double {
    let (n, m) = (reference.count, current.count)
    var largest = 0
    var i = 0
    var j = 0
    // Once a sample is used up, the distance can only shrink.
    while i < n, j < m {
      let value = min(reference[i], current[j])
      while i < n, reference[i] == value { i += 1 }
      while j < m, current[j] == value { j += 1 }
      largest = max(largest, abs(i * m - j * n))
    }
    return Double(largest) / (Double(n) * Double(m))
  }
}
