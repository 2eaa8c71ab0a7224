/// How far the curve of KS and the gaps of the calibration error stray in resamples of the rows (`DeviationBand`).
struct ScoreDeviations: Sendable {
  private let metrics: [BinaryMetric]
  private let labels: [Bool]
  private let scores: [Double]
  private let weights: [Double]?
  /// Nil where KS is not asked for.
  private let ranked: RankedRows?
  /// What the rows themselves have: TP/P − FP/N by threshold, and each bin's share of the calibration error.
  private var curve: [Double] = []
  private var bins: [Double] = []

  /// Of those of the metrics that chance can only raise; they must exist on these rows.
  init(_ outcomes: BinaryOutcomes, for metrics: [BinaryMetric]) {
    self.metrics = metrics.filter(\.isRaisedByChance)
    labels = outcomes.labels
    scores = self.metrics.isEmpty ? [] : outcomes.scores!
    weights = outcomes.weights?.values
    ranked = self.metrics.contains(.named(.ks)) ? RankedRows(labels: labels, scores: scores) : nil
    let weights = weights
    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
    curve = ranked?.gaps(weight: weight) ?? []
    if self.metrics.contains(.named(.ece)) { bins = shares(weight) ?? [] }
  }

  /// Of each metric, in their order, where row i occurs `multiplicities[i]` times; nil where it does not exist.
  func measures(multiplicities: UnsafeBufferPointer<UInt8>) -> [Double?] {
    guard let weights else { return measures { row in Double(multiplicities[row]) } }
    return weights.withUnsafeBufferPointer { weights in
      measures { row in weights[row] * Double(multiplicities[row]) }
    }
  }

  @inline(__always)
  private func measures(_ weight: (Int) -> Double) -> [Double?] {
    metrics.map { metric in
      if metric == .named(.ks) { return ranked?.deviation(from: curve, weight: weight) }
      return shares(weight).map { zip($0, bins).reduce(0) { $0 + abs($1.0 - $1.1) } }
    }
  }

  /// Of each bin Σ weight · (label − score) over the weight of all rows.
  @inline(__always)
  private func shares(_ weight: (Int) -> Double) -> [Double]? {
    var (gaps, total) = ([Double](repeating: 0, count: 10), 0.0)
    for row in labels.indices {
      let weight = weight(row)
      gaps[CalibrationBins.bin(scores[row])] += weight * ((labels[row] ? 1 : 0) - scores[row])
      total += weight
    }
    return total > 0 ? gaps.map { $0 / total } : nil
  }
}
