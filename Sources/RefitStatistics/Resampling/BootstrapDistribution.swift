/// The values of a statistic in resamples of its data, and what they say about its precision.
public struct BootstrapDistribution: Sendable, Hashable {
  /// The statistic of the data itself.
  public let estimate: Double
  /// The values that are defined and finite, ascending.
  public let replicates: [Double]
  /// All resamples, also those in which the statistic is undefined.
  public let resamples: Int

  /// Takes the value of each resample; nil where the statistic is undefined in it.
  public init(estimate: Double, replicates: [Double?]) {
    self.estimate = estimate
    self.replicates = RadixSort.sorted(replicates.compactMap { $0 }.filter(\.isFinite))
    resamples = replicates.count
  }

  /// Why the distribution says nothing, or nil when it does: at most one resample in twenty may be undefined, since
  /// those that are left would be a selection.
  public var reasonUnusable: String? {
    let lost = resamples - replicates.count
    if replicates.count < 2 || lost * 20 > resamples {
      return "it is undefined in \(lost) of \(resamples) resamples"
    }
    return nil
  }

  /// The standard deviation of the replicates, with one degree of freedom less than there are.
  public var standardError: Statistic {
    if let reasonUnusable { return .undefined(reasonUnusable) }
    let origin = replicates[0]
    var sum = CompensatedSum()
    for replicate in replicates { sum.add(replicate - origin) }
    let mean = sum.value / Double(replicates.count)
    // In ascending order the one farthest from the mean is an end; its unit keeps squares from vanishing.
    let unit = max(abs(mean), abs(replicates[replicates.count - 1] - origin - mean))
    guard unit > 0 else { return .defined(0) }
    var squares = CompensatedSum()
    for replicate in replicates {
      let apart = (replicate - origin - mean) / unit
      squares.add(apart * apart)
    }
    return Statistic(finite: unit * (squares.value / Double(replicates.count - 1)).squareRoot())
  }

  /// One-sided percentile bounds, each at `confidence` (0.5..<1): quantiles of the replicates (type 7, as
  /// `scipy.stats.bootstrap(method="percentile", confidence_level=2·confidence − 1)`); nil when unusable.
  public func percentileBounds(confidence: Double) -> ConfidenceBounds? {
    bounds(lowerShare: 1 - confidence, upperShare: confidence)
  }

  /// One-sided bounds that are corrected for bias and acceleration (Efron, JASA 82, 1987), each at `confidence`
  /// (0.5..<1), as `scipy.stats.bootstrap(method="BCa")`. Nil when unusable, and where all replicates lie on one
  /// side of the estimate, so that no finite correction exists.
  public func correctedBounds(confidence: Double, acceleration: Double) -> ConfidenceBounds? {
    guard let bias else { return nil }
    let quantile = Normal.oneSidedQuantile(confidence)
    func corrected(_ z: Double) -> Double {
      let moved = bias + z
      return Normal.cdf(bias + moved / (1 - acceleration * moved))
    }
    return bounds(lowerShare: corrected(-quantile), upperShare: corrected(quantile))
  }

  /// How far the median of the replicates lies from the estimate, in standard deviations of a normal law; nil where all
  /// lie on one side of it.
  private var bias: Double? {
    let below = replicates.partitionPoint { $0 >= estimate }
    let upTo = replicates.partitionPoint { $0 > estimate }
    let share = Double(below + upTo) / (2 * Double(max(1, replicates.count)))
    return share > 0 && share < 1 ? Normal.quantile(share) : nil
  }

  /// The probability of a statistic at least this far from 0 if it were 0 in truth, two-sided: twice the smaller of
  /// the shares of replicates at most and at least 0, each counted with one replicate more (Davison and Hinkley
  /// 1997, section 4.2), at most 1. It can't be smaller than 2/(resamples + 1).
  public var pValueOfZero: Statistic {
    if let reasonUnusable { return .undefined(reasonUnusable) }
    return .defined(min(1, 2 * Double(min(countUpToZero, countFromZero) + 1) / Double(replicates.count + 1)))
  }

  /// The same in agreement with `correctedBounds`: twice the smaller of the error rates at which a bound is just 0
  /// (Efron and Tibshirani 1993, section 15.5 for percentile bounds; here through the correction). Nil where there are no
  /// such bounds.
  public func correctedPValueOfZero(acceleration: Double) -> Statistic? {
    guard reasonUnusable == nil, let bias else { return nil }
    let (upTo, from, all) = (countUpToZero, countFromZero, Double(replicates.count))
    func rate(_ count: Int, bias: Double, acceleration: Double) -> Double? {
      // No bound reaches 0 where no replicate does, and every one where all do.
      if count == 0 || count == replicates.count { return count == 0 ? 0 : 1 }
      let moved = Normal.quantile(Double(count) / all) - bias
      let slope = 1 + acceleration * moved
      return slope > 0 ? Normal.cdf(moved / slope - bias) : nil
    }
    guard let below = rate(upTo, bias: bias, acceleration: acceleration),
      let above = rate(from, bias: -bias, acceleration: -acceleration)
    else { return nil }
    // Replicates can't tell smaller ones apart.
    return .defined(min(1, 2 * max(1 / (all + 1), min(below, above))))
  }

  /// Replicates at most 0, and at least 0.
  private var countUpToZero: Int { replicates.partitionPoint { $0 > 0 } }
  private var countFromZero: Int { replicates.count - replicates.partitionPoint { $0 >= 0 } }

  private func bounds(lowerShare: Double, upperShare: Double) -> ConfidenceBounds? {
    if reasonUnusable != nil { return nil }
    return ConfidenceBounds(
      lower: Quantile.typeSeven(ofSorted: replicates, at: lowerShare),
      upper: Quantile.typeSeven(ofSorted: replicates, at: upperShare))
  }
}

extension [Double] {
  /// The first index from which on the condition holds, in elements of which it holds from some index on.
  fileprivate func partitionPoint(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
