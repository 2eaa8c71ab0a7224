/// Sums over rows from which metrics of several classes' scores follow, of one model or as the difference of two, so that
/// many rows are resampled in blocks.
///
/// An area under the ROC curve is a mean over pairs of rows and not a sum. Here it is A + B − area, where A is the mean of
/// the positive rows' placements, the share of negative rows that score below, and B the mean of the negative rows', the
/// share of positive rows that score above, both placements held as the data has them (Hájek's projection, on which
/// DeLong's variance rests). What this leaves out of the variance is one part in about as many as there are rows.
struct ClassScoreSums: Sendable {
  private let metrics: [ClassMetric]
  private let sums: RowSums
  /// Of each class, or the difference; none where no metric is of ranks.
  private let areas: [Double]
  private let classes: Int
  private let isOfOne: Bool

  /// Takes metrics of scores that exist, of one or two models of the same rows.
  init(_ models: [ClassOutcomes], for metrics: [ClassMetric]) {
    let rows = models[0]
    let weights = rows.weights?.values ?? [Double](repeating: 1, count: rows.count)
    let blocks = RowBlocks(rows: rows.count)
    var areas: [Double] = []
    var columns = [
      blocks.sums(
        metrics.contains(.logLoss)
          ? rows.labels.indices.map { weights[$0] * Self.loss(models, row: $0) } : rows.labels.map { _ in 0 })
    ]
    for index in rows.classes.indices {
      let own = zip(rows.labels, weights).map { $0 == index ? $1 : 0 }
      columns.append(blocks.sums(own))
      guard metrics.contains(where: \.isOfRanks) else { continue }
      let placements = Self.placements(index, models, weights)
      areas.append(placements.area)
      columns.append(blocks.sums(zip(placements.values, own).map(*)))
      columns.append(
        blocks.sums(rows.labels.indices.map { (weights[$0] - own[$0]) * placements.values[$0] }))
    }
    (self.metrics, self.areas) = (metrics, areas)
    sums = RowSums(columns)
    classes = rows.classes.count
    isOfOne = models.count == 1
  }

  /// A row's loss, less that of a second model.
  private static func loss(_ models: [ClassOutcomes], row: Int) -> Double {
    models[0].logLoss(row) - (models.count == 2 ? models[1].logLoss(row) : 0)
  }

  /// A class's placements and area, less those of a second model.
  private static func placements(
    _ index: Int, _ models: [ClassOutcomes], _ weights: [Double]
  ) -> (values: [Double], area: Double) {
    let labels = models[0].labels.map { $0 == index }
    let found = models.map { model in
      WeightedPlacements(labels: labels, scores: model.scores![index], weights: weights)
    }
    guard found.count == 2 else { return (found[0].values, found[0].area) }
    return (zip(found[0].values, found[1].values).map { $0 - $1 }, found[0].area - found[1].area)
  }

  /// The metrics in one set of resamples.
  func resamples(_ plan: ResamplingPlan) -> MetricResamples { MetricResamples(sums, plan, values) }

  private func values(_ sums: [Double]) -> [Double?] {
    let width = areas.isEmpty ? 1 : 3
    let labels = (0..<classes).map { sums[1 + width * $0] }
    let total = labels.reduce(0, +)
    guard total > 0 else { return metrics.map { _ in nil } }
    var (macro, weighted): (Double?, Double?) = (0, 0)
    for (index, area) in areas.enumerated() {
      let place = 1 + width * index
      let others = total - labels[index]
      // A sum of weights may leave something where there is nothing.
      guard labels[index] > 0, others > 1e-12 * total else {
        (macro, weighted) = (nil, nil)
        break
      }
      let value = sums[place + 1] / labels[index] + sums[place + 2] / others - area
      macro = macro.map { $0 + value / Double(classes) }
      weighted = weighted.map { $0 + value * (labels[index] / total) }
    }
    return metrics.map { metric in
      if metric == .logLoss { return sums[0] / total }
      return (metric == .rocAUCWeighted ? weighted : macro).map { isOfOne ? min(1, $0) : $0 }
    }
  }
}
