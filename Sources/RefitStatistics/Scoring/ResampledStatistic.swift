/// A statistic in resamples of its rows, and what leaving out rows does to it.
struct ResampledStatistic: Sendable, Hashable {
  let distribution: BootstrapDistribution
  /// How fast the standard error changes with the true value; nil where leaving out a row leaves no statistic.
  let acceleration: Double?

  /// - Parameters:
  ///   - replicates: of each resample; nil where the statistic is undefined in it.
  ///   - leftOut: without each row, kind or block, of which there may be `counts`; none where nothing is corrected.
  init(estimate: Double, replicates: [Double?], leftOut: [Double?], counts: [Double]? = nil) {
    distribution = BootstrapDistribution(estimate: estimate, replicates: replicates)
    let known = leftOut.compactMap(\.self)
    acceleration =
      known.count == leftOut.count && !known.isEmpty ? Jackknife.acceleration(known, worth: counts) : nil
  }

  /// Without correction.
  init(_ distribution: BootstrapDistribution) {
    self.distribution = distribution
    acceleration = nil
  }

  /// The two-sided interval at a confidence: corrected for bias and acceleration where that is possible, else the
  /// quantiles of the replicates.
  func interval(confidence: Double) -> IntervalEstimate {
    if let reason = distribution.reasonNoInterval() { return .undefined(reason) }
    guard let (bounds, method) = bounds(confidence: MetricInterval.oneSided(confidence)) else {
      return .undefined("the resamples don't tell how precise it is")
    }
    return .defined(
      MetricInterval(
        bounds, standardError: distribution.standardError.value, method, confidence: confidence))
  }

  /// One-sided bounds, each at `confidence` (0.5..<1), and how they were got: corrected where that is possible, else the
  /// quantiles of the replicates.
  func bounds(confidence: Double) -> (ConfidenceBounds, MetricInterval.Method)? {
    if let acceleration,
      let bounds = distribution.correctedBounds(confidence: confidence, acceleration: acceleration)
    {
      return (bounds, .correctedBootstrap)
    }
    return distribution.percentileBounds(confidence: confidence).map { ($0, .percentileBootstrap) }
  }

  /// The two-sided p-value of 0, in agreement with the bounds.
  var pValueOfZero: Statistic {
    acceleration.flatMap { distribution.correctedPValueOfZero(acceleration: $0) } ?? distribution.pValueOfZero
  }
}

extension BootstrapDistribution {
  /// Why no interval comes from the replicates, or nil when one does: resamples that are all alike would make it a
  /// single point, which claims certainty from any number of rows.
  ///
  /// - Parameter magnitude: of the numbers of which the statistic is a difference.
  func reasonNoInterval(magnitude: Double = 0) -> String? {
    if let reasonUnusable { return reasonUnusable }
    let (lowest, highest) = (replicates[0], replicates[replicates.count - 1])
    // Sums of weights that are drawn anew may round differently.
    return highest - lowest <= 1e-12 * max(magnitude, abs(lowest), abs(highest))
      ? "every resample gives the same value, which doesn't tell how precise it is" : nil
  }
}
