/// Two models' outcomes of the same rows in their canonical order (`RowOrder`), drawn anew together.
struct PairedRows: Sendable {
  let candidate: BinaryOutcomes
  let champion: BinaryOutcomes

  private var count: Int { candidate.count }

  /// Of metrics that are functions of sums over rows.
  func sumBootstraps(
    _ metrics: [BinaryMetric], _ values: PairedValues, _ plan: ResamplingPlan
  ) -> [BootstrapComparison] {
    if candidate.weights == nil, let own = candidate.predictions, let other = champion.predictions {
      let confusion = PairedConfusion(labels: candidate.labels, candidate: own, champion: other)
      return metrics.map { confusion.bootstrap(plan, $0) }
    }
    let blocks = RowBlocks(rows: count)
    let own = OutcomeSums(candidate, for: metrics, blocks)
    let other = OutcomeSums(champion, for: metrics, blocks)
    let sums = RowSums(own.columns + other.columns)
    let resamples = MetricResamples(rows: blocks.count, whole: values.differences, plan) { drawn in
      let sums = sums.sums(drawn)
      return PairedValues(
        candidate: own.measures(sums[..<OutcomeSums.width]),
        champion: other.measures(sums[OutcomeSums.width...])
      ).differences
    }
    return compared(metrics, values, resamples)
  }

  /// Of metrics of scores, each row drawn on its own.
  func rowBootstraps(
    _ metrics: [BinaryMetric], _ values: PairedValues, _ plan: ResamplingPlan
  ) -> [BootstrapComparison] {
    let (own, other) = (candidate.prepared(for: metrics), champion.prepared(for: metrics))
    let biased = metrics.filter { $0 == .named(.ece) }
    let deviations = [candidate, champion].map { ScoreDeviations($0, for: biased) }
    return compared(
      metrics, values,
      MetricResamples(rows: count, whole: values.differences + biased.flatMap { _ in [nil, nil] }, plan) {
        drawn in
        PairedValues(
          candidate: own.measures(metrics, multiplicities: drawn),
          champion: other.measures(metrics, multiplicities: drawn)
        ).differences + deviations.flatMap { $0.measures(multiplicities: drawn) }
      })
  }

  /// The same, counted by the cells of each model's scores.
  func cellBootstraps(
    _ metrics: [BinaryMetric], _ values: PairedValues, _ plan: ResamplingPlan
  ) -> [BootstrapComparison] {
    func cells(_ model: BinaryOutcomes, _ values: [Statistic]) -> ScoreCells {
      ScoreCells(
        labels: model.labels, scores: model.scores!, weights: model.weights?.values, metrics: metrics,
        values: values)
    }
    let (own, other) = (cells(candidate, values.candidate), cells(champion, values.champion))
    let raised = metrics.filter(\.isRaisedByChance)
    let place = raised.firstIndex(of: .named(.ece)).map { metrics.count + $0 }
    return compared(
      metrics, values,
      MetricResamples(rows: count, whole: values.differences + (place == nil ? [] : [nil, nil]), plan) {
        drawn in
        let (own, other) = (own.resampled(multiplicities: drawn), other.resampled(multiplicities: drawn))
        let differences = metrics.indices.map { index in
          own[index].flatMap { own in other[index].map { own - $0 } }
        }
        return differences + (place.map { [own[$0], other[$0]] } ?? [])
      })
  }

  /// Behind the differences stand the deviations of both models' calibration errors, where these are asked for.
  private func compared(
    _ metrics: [BinaryMetric], _ values: PairedValues, _ resamples: MetricResamples
  ) -> [BootstrapComparison] {
    metrics.enumerated().map { index, metric in
      let (own, other) = (values.candidate[index], values.champion[index])
      func bias(_ model: Int) -> Double { resamples.greatestBias(deviation: metrics.count + model) }
      return resamples.comparison(
        index, candidate: own, champion: other,
        modelsAgree: own == other && candidate.agrees(with: champion, on: metric),
        bias: metric == .named(.ece) ? PairedBias(candidate: bias(0), champion: bias(1)) : nil)
    }
  }
}
