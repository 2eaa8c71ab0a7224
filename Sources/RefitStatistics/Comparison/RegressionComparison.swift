/// Two models of a regression on the same rows.
public struct RegressionComparison: Sendable {
  private let candidate: RegressionOutcomes
  private let champion: RegressionOutcomes

  /// Traps unless both have the same targets and the same weights, or none.
  public init(candidate: RegressionOutcomes, champion: RegressionOutcomes) {
    // By their bits, since a target that is no number is not equal to itself.
    precondition(
      candidate.targets.elementsEqual(champion.targets) { $0.bitPattern == $1.bitPattern },
      "both models judged on the same rows")
    precondition(
      candidate.weights?.values == champion.weights?.values, "both models judged on rows that weigh the same")
    self.candidate = candidate
    self.champion = champion
  }

  /// The number of rows.
  public var count: Int { candidate.count }

  /// Each metric by the method that fits it: paired t on each row's error for `mae` and `mape`, the bootstrap for `rmse`
  /// and `r2`, and for whatever has weights.
  public func compare(
    _ metrics: [PerformanceMetric], confidence: Double = 0.95, _ plan: ResamplingPlan
  ) -> [MetricComparison] {
    metrics.map { metric in
      let (own, other) = (candidate.measure(metric), champion.measure(metric))
      let isMean = (metric == .mae || metric == .mape) && candidate.weights == nil
      guard own.value != nil, other.value != nil else {
        return MetricComparison(
          metric, candidate: own, champion: other, method: isMean ? PairedT.method : "bootstrap-bca",
          rows: count,
          confidence: confidence)
      }
      if isMean {
        let losses = PairedT(candidate: losses(candidate, metric), champion: losses(champion, metric))
        return MetricComparison(metric, candidate: own, champion: other, losses, confidence: confidence)
      }
      let compared = candidate.weights == nil ? sums(metric).bootstrap(plan) : weighted(metric, plan)
      return MetricComparison(
        metric, candidate: own, champion: other, compared, rows: count, confidence: confidence)
    }
  }

  private func losses(_ model: RegressionOutcomes, _ metric: PerformanceMetric) -> [Double] {
    model.targets.indices.map { metric == .mae ? abs(model.error($0)) : model.relativeError($0) }
  }

  private func sums(_ metric: PerformanceMetric) -> PairedSums {
    let (own, other) = (
      candidate.targets.indices.map(candidate.error), champion.targets.indices.map(champion.error)
    )
    return metric == .rmse
      ? .rootMeanSquares(candidateErrors: own, championErrors: other)
      : .explainedShares(targets: candidate.targets, candidateErrors: own, championErrors: other)
  }

  private func weighted(_ metric: PerformanceMetric, _ plan: ResamplingPlan) -> BootstrapComparison {
    PairedBootstrap.compare(rows: count, plan) { [candidate, champion] drawn in
      let weights = zip(drawn, candidate.weights!.values).map { Double($0) * $1 }
      let values = [candidate, champion].map { model in
        RegressionOutcomes(targets: model.targets, predictions: model.predictions, weights: weights).measure(
          metric)
      }
      return (values[0], values[1])
    }
  }
}
