/// Two models of a task with several classes on the same rows.
public struct ClassComparison: Sendable {
  private let candidate: ClassOutcomes
  private let champion: ClassOutcomes

  /// Traps unless both have the same classes, labels and weights, or none.
  public init(candidate: ClassOutcomes, champion: ClassOutcomes) {
    requireSameRows(
      candidate.classes == champion.classes && candidate.labels == champion.labels,
      candidate.weights?.values, champion.weights?.values)
    self.candidate = candidate
    self.champion = champion
  }

  /// Each metric that both models have the columns for: paired Wald for shares of rows, paired t on each row's loss for
  /// log loss, the bootstrap for all others and for whatever has weights. Bounds are one-sided at `confidence`
  /// (0.5..<1).
  ///
  /// - Parameter mostRowsDrawnAlone: of more rows, or of fewer and many classes, areas are had from sums (`ClassScoreSums`).
  public func compared(
    confidence: Double, _ plan: ResamplingPlan, mostRowsDrawnAlone: Int = 20_000
  ) -> [MetricComparison] {
    let metrics = ClassMetric.allCases.filter { metric in
      [candidate, champion].allSatisfy { metric.readsScores ? $0.scores != nil : $0.predictions != nil }
    }
    let (own, other) = (candidate.measures(metrics), champion.measures(metrics))
    let resampled = metrics.indices.filter {
      own[$0].value != nil && other[$0].value != nil && method(metrics[$0]) == BootstrapComparison.corrected
    }
    let ways = Dictionary(grouping: resampled) {
      candidate.way(of: metrics[$0], mostRowsDrawnAlone: mostRowsDrawnAlone)
    }
    var found: [Int: BootstrapComparison] = [:]
    for (way, indices) in ways {
      let bootstraps = bootstraps(
        indices.map { metrics[$0] }, PairedValues(candidate: own, champion: other).of(indices), way, plan)
      for (index, bootstrap) in zip(indices, bootstraps) { found[index] = bootstrap }
    }
    return metrics.enumerated().map { index, metric in
      found[index].map {
        MetricComparison(
          metric, candidate: own[index], champion: other[index], $0, rows: candidate.count,
          confidence: confidence)
      } ?? theoretical(metric, own[index], other[index], confidence)
    }
  }

  private func method(_ metric: ClassMetric) -> String {
    if candidate.weights != nil { return BootstrapComparison.corrected }
    return switch metric.theory {
    case .proportion: PairedWald.method
    case .mean: PairedT.method
    default: BootstrapComparison.corrected
    }
  }

  private func theoretical(
    _ metric: ClassMetric, _ own: Statistic, _ other: Statistic, _ confidence: Double
  ) -> MetricComparison {
    if let reason = own.reason ?? other.reason {
      return MetricComparison(
        metric, candidate: own, champion: other, reason: reason, method: method(metric),
        rows: candidate.count, confidence: confidence)
    }
    if metric != .logLoss, let right = candidate.right, let others = champion.right {
      return MetricComparison(
        metric, PairedWald.accuracy(candidateCorrect: right, championCorrect: others),
        rowsInAll: candidate.count, confidence: confidence)
    }
    let losses = PairedT(
      candidate: candidate.labels.indices.map(candidate.logLoss),
      champion: champion.labels.indices.map(champion.logLoss))
    return MetricComparison(metric, candidate: own, champion: other, losses, confidence: confidence)
  }

  private func bootstraps(
    _ metrics: [ClassMetric], _ values: PairedValues, _ way: ClassResampling, _ plan: ResamplingPlan
  ) -> [BootstrapComparison] {
    let resamples =
      way.resamples([candidate, champion], metrics, plan) ?? rowResamples(metrics, values, plan)
    return metrics.indices.map {
      let (own, other) = (values.candidate[$0], values.champion[$0])
      return resamples.comparison(
        $0, candidate: own, champion: other,
        modelsAgree: own == other && candidate.agrees(with: champion, on: metrics[$0]))
    }
  }

  private func rowResamples(
    _ metrics: [ClassMetric], _ values: PairedValues, _ plan: ResamplingPlan
  ) -> MetricResamples {
    let (own, other) = (candidate.prepared(for: metrics), champion.prepared(for: metrics))
    return MetricResamples(rows: candidate.count, whole: values.differences, plan) { drawn in
      PairedValues(
        candidate: own.measures(metrics, multiplicities: drawn),
        champion: other.measures(metrics, multiplicities: drawn)
      ).differences
    }
  }
}

extension ClassOutcomes {
  /// Whether each row's prediction is its label; nil without predictions.
  fileprivate var right: [Bool]? { predictions.map { zip(labels, $0).map { $0 == $1 } } }
}
