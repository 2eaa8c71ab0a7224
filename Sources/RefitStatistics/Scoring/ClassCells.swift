/// Rows of several classes by their label and what one or two models predict, from whose counts the metrics of predictions
/// follow, so that they are resampled in a time that goes by the cells that occur and the classes, not by the rows.
struct ClassCells: Sendable {
  private let classes: Int
  private let kinds: RowKinds
  /// Of each kind.
  private let labels: [Int]
  /// Of each model, for each kind.
  private let predictions: [[Int]]

  /// The rows of models that have predictions of the same rows, with usable weights.
  init(_ models: [ClassOutcomes]) {
    let rows = models[0]
    let classes = rows.classes.count
    let sides = models.compactMap(\.predictions)
    precondition(sides.count == models.count && (1...2).contains(sides.count), "one or two models")
    let kinds = RowKinds(rows: rows.count, weights: rows.weights?.values) { row in
      sides.reduce(rows.labels[row]) { $0 * classes + $1[row] }
    }
    let place = models.count == 1 ? classes : classes * classes
    labels = kinds.cells.map { $0 / place }
    predictions = sides.indices.map { side in
      kinds.cells.map { side == sides.count - 1 ? $0 % classes : $0 / classes % classes }
    }
    (self.classes, self.kinds) = (classes, kinds)
  }

  /// The metrics of the only model, or how much the first one's exceed the second one's.
  func resamples(_ metrics: [ClassMetric], _ plan: ResamplingPlan) -> MetricResamples {
    let counts = PoissonCounts(means: kinds.means, seed: plan.seed)
    let models = predictions.map { margins($0, weights: kinds.weights) }
    let sums = models.map(\.sums)
    let replicates = plan.map(
      scratch: { (drawn: [Int](repeating: 0, count: labels.count), margins: ClassMargins(classes: classes)) }
    ) { scratch, resample in
      counts.fill(&scratch.drawn, resample: resample)
      return values(
        metrics,
        predictions.map { predictions in
          scratch.margins.removeAll()
          for kind in labels.indices where scratch.drawn[kind] > 0 {
            scratch.margins.add(
              label: labels[kind], prediction: predictions[kind],
              weight: kinds.units[kind] * Double(scratch.drawn[kind]))
          }
          return scratch.margins.sums
        })
    }
    let leftOut = labels.indices.map { kind in
      values(
        metrics,
        models.indices.map {
          models[$0].sums(
            sums[$0], without: kinds.units[kind], label: labels[kind], prediction: predictions[$0][kind])
        })
    }
    return MetricResamples(
      whole: values(metrics, sums), replicates: replicates, leftOut: leftOut, counts: kinds.means)
  }

  private func margins(_ predictions: [Int], weights: [Double]) -> ClassMargins {
    var margins = ClassMargins(classes: classes)
    for kind in labels.indices {
      margins.add(label: labels[kind], prediction: predictions[kind], weight: weights[kind])
    }
    return margins
  }

  private func values(_ metrics: [ClassMetric], _ models: [ClassSums]) -> [Double?] {
    metrics.map { metric in
      guard let own = models[0].value(of: metric) else { return nil }
      return models.count == 1 ? own : models[1].value(of: metric).map { own - $0 }
    }
  }
}
