/// The interval of a metric that is the size of a curve or of some gaps, which chance can only raise: KS is the greatest
/// height of TP/P − FP/N over thresholds, the calibration error the sum of the bins' gaps. A resample adds the chance of
/// its own to that of the rows, so that quantiles of resamples lie too high.
///
/// The curve itself has no such bias. By how much that of a resample strays from that of the rows says by how much the
/// latter strays from the truth (Bickel and Krieger, JASA 84, 1989: bootstrap confidence bands), and the metric strays by
/// no more than that: |true value − value| ≤ D. So value ± a quantile of D errs no more often than it says, and less often
/// where the curve is far from flat.
struct DeviationBand: Sendable {
  /// The metric in resamples.
  let distribution: BootstrapDistribution
  /// D of each resample: the greatest distance of the curves, or the sum of those of the gaps.
  let deviations: BootstrapDistribution

  /// At a two-sided confidence, half of the error on each side, within 0…1.
  func interval(confidence: Double) -> IntervalEstimate {
    if let reason = deviations.reasonNoInterval() { return .undefined(reason) }
    guard let reach = deviations.percentileBounds(confidence: MetricInterval.oneSided(confidence))?.upper
    else {
      return .undefined("the resamples don't tell how precise it is")
    }
    let value = distribution.estimate
    return .defined(
      MetricInterval(
        ConfidenceBounds(lower: max(0, value - reach), upper: min(1, value + reach)),
        standardError: distribution.standardError.value, .deviationBand, confidence: confidence))
  }
}

extension BinaryMetric {
  /// Whether chance can only raise it, since it is the size of something that is 0 at best.
  var isRaisedByChance: Bool { self == .named(.ks) || self == .named(.ece) }
}
