/// The mean of a loss's differences over the same rows, with Student's t.
public struct PairedT: Sendable, Hashable {
  /// Mean of candidate − champion; undefined without rows or with numbers that are not finite.
  public let difference: Statistic
  /// Standard deviation of the differences over √rows; undefined with fewer than two rows.
  public let standardError: Statistic
  public let rows: Int

  /// From the loss of each row; traps when the lengths differ.
  public init(candidate: [Double], champion: [Double]) {
    precondition(candidate.count == champion.count, "both models judged on the same rows")
    rows = candidate.count
    if let reason = rows == 0
      ? "there are no rows"
      : reasonNotFinite(candidate, called: "candidate losses") ?? reasonNotFinite(champion, called: "champion losses")
    {
      (difference, standardError) = (.undefined(reason), .undefined(reason))
      return
    }
    // Divided by a power of two, which is exact, so that squares neither overflow nor vanish.
    var largest = 0.0
    for row in candidate.indices { largest = max(largest, abs(candidate[row] / 2 - champion[row] / 2)) }
    let scale = largest == 0 ? 1 : largest.binade
    func scaled(_ row: Int) -> Double { (candidate[row] / 2 - champion[row] / 2) / scale }
    let n = Double(rows)
    var sum = CompensatedSum()
    for row in candidate.indices { sum.add(scaled(row)) }
    let mean = sum.value / n
    difference = Statistic(finite: 2 * mean * scale)
    if rows == 1 {
      standardError = .undefined("one row has no variance")
      return
    }
    let first = scaled(0)
    var squares = CompensatedSum()
    var areEqual = true
    for row in candidate.indices {
      let deviation = scaled(row) - mean
      areEqual = areEqual && scaled(row) == first
      squares.add(deviation * deviation)
    }
    standardError =
      areEqual ? .defined(0) : Statistic(finite: 2 * (squares.value / (n - 1) / n).squareRoot() * scale)
  }

  /// The paired t-test (`scipy.stats.ttest_rel`); undefined where all rows show one same difference.
  public var test: DifferenceTest {
    guard let difference = difference.value, let standardError = standardError.value else {
      return DifferenceTest(undefined: difference.reason ?? standardError.reason ?? "", method: Self.method)
    }
    if standardError == 0 {
      return DifferenceTest(undefined: "every row has the same difference of losses", method: Self.method)
    }
    let t = difference / standardError
    let twoSided = StudentT.twoSidedTail(t, degreesOfFreedom: rows - 1)
    return DifferenceTest(
      statistic: t, twoSided: twoSided, greater: StudentT.upperTail(t, degreesOfFreedom: rows - 1),
      less: StudentT.upperTail(-t, degreesOfFreedom: rows - 1), method: Self.method)
  }

  /// One-sided bounds of the mean difference, each at `confidence` (0.5..<1): difference ± t·standardError
  /// (`ttest_rel(…).confidence_interval(2·confidence − 1)`).
  ///
  /// Nil where there is no standard error, and where it is 0 though the difference is not: rows that all show the same
  /// say nothing about how far others may differ. Exactly 0…0 where the losses are equal on every row.
  public func bounds(confidence: Double) -> ConfidenceBounds? {
    precondition(confidence >= 0.5 && confidence < 1, "a confidence lies in 0.5..<1")
    guard let difference = difference.value, let standardError = standardError.value else { return nil }
    if standardError == 0 { return difference == 0 ? ConfidenceBounds(lower: 0, upper: 0) : nil }
    let reach = standardError * StudentT.upperQuantile(1 - confidence, degreesOfFreedom: rows - 1)
    return ConfidenceBounds(lower: difference - reach, upper: difference + reach)
  }

  static let method = "paired-t"
}
