/// How far the curve of KS and the gaps of the calibration error stray in resamples of the rows (`DeviationBand`).
struct ScoreDeviations: Sendable {
  private let metrics: [BinaryMetric]
  private let labels: [Bool]
  private let weights: [Double]?
  /// Nil where KS is not asked for.
  private let ranked: RankedRows?
  /// Of each row its bin and label − score; none where the calibration error is not asked for.
  private let bins: [UInt8]
  private let residuals: [Double]
  /// What the rows themselves have: TP/P − FP/N by threshold, and each bin's share of the calibration error.
  private var curve: [Double] = []
  private var shares: [Double] = []

  /// Of those of the metrics that chance can only raise; they must exist on these rows.
  init(_ outcomes: BinaryOutcomes, for metrics: [BinaryMetric]) {
    self.metrics = metrics.filter(\.isRaisedByChance)
    labels = outcomes.labels
    weights = outcomes.weights?.values
    let scores = outcomes.scores ?? []
    let isOfBins = metrics.contains(.named(.ece))
    ranked = metrics.contains(.named(.ks)) ? RankedRows(labels: labels, scores: scores) : nil
    bins = isOfBins ? scores.map { UInt8(CalibrationBins.bin($0)) } : []
    residuals = isOfBins ? zip(labels, scores).map { ($0 ? 1 : 0) - $1 } : []
    let weights = weights
    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
    let totals = totals(weight)
    curve =
      ranked?.gaps(positives: totals.positives, negatives: totals.negatives, weight: weight) ?? []
    shares = isOfBins ? gaps(weight).map { $0 / (totals.positives + totals.negatives) } : []
  }

  /// Of each metric, in their order, where row i occurs `multiplicities[i]` times; nil where it does not exist.
  func measures(multiplicities: UnsafeBufferPointer<UInt8>) -> [Double?] {
    if metrics.isEmpty { return [] }
    guard let weights else { return measures { row in Double(multiplicities[row]) } }
    return weights.withUnsafeBufferPointer { weights in
      measures { row in weights[row] * Double(multiplicities[row]) }
    }
  }

  @inline(__always)
  private func measures(_ weight: (Int) -> Double) -> [Double?] {
    let (positives, negatives) = totals(weight)
    return metrics.map { metric in
      if metric == .named(.ks) {
        guard let ranked, positives > 0, negatives > 0 else { return nil }
        return ranked.deviation(from: curve, positives: positives, negatives: negatives, weight: weight)
      }
      let total = positives + negatives
      return total > 0 ? zip(gaps(weight), shares).reduce(0) { $0 + abs($1.0 / total - $1.1) } : nil
    }
  }

  /// What the rows of each class weigh.
  @inline(__always)
  private func totals(_ weight: (Int) -> Double) -> (positives: Double, negatives: Double) {
    var (positives, negatives) = (0.0, 0.0)
    labels.withUnsafeBufferPointer { labels in
      for row in 0..<labels.count {
        let weight = weight(row)
        positives += labels[row] ? weight : 0
        negatives += labels[row] ? 0 : weight
      }
    }
    return (positives, negatives)
  }

  /// Of each bin Σ weight · (label − score).
  @inline(__always)
  private func gaps(_ weight: (Int) -> Double) -> [Double] {
    var gaps = [Double](repeating: 0, count: 10)
    for row in 0..<residuals.count { gaps[Int(bins[row])] += weight(row) * residuals[row] }
    return gaps
  }
}
