/// Two models of a binary task on the same rows.
public struct BinaryComparison: Sendable {
  private let candidate: BinaryOutcomes
  private let champion: BinaryOutcomes

  /// Traps unless both have the same labels and the same weights, or none.
  public init(candidate: BinaryOutcomes, champion: BinaryOutcomes) {
    requireSameRows(
      candidate.labels == champion.labels, candidate.weights?.values, champion.weights?.values)
    self.candidate = candidate
    self.champion = champion
  }

  /// The number of rows.
  public var count: Int { candidate.count }

  /// Each metric by the method that fits it: DeLong for `roc_auc` and `gini`, paired Wald for `accuracy`, `recall` and
  /// `specificity`, paired t on each row's loss for `log_loss` and `brier`, the bootstrap for all others, and for
  /// whatever has weights.
  public func compare(
    _ metrics: [PerformanceMetric], confidence: Double = 0.95, _ plan: ResamplingPlan
  ) -> [MetricComparison] {
    metrics.map { metric in
      let (own, other) = (candidate.measure(metric), champion.measure(metric))
      guard own.value != nil, other.value != nil else {
        return MetricComparison(
          metric, candidate: own, champion: other, method: method(metric), rows: count, confidence: confidence
        )
      }
      if candidate.weights != nil { return resampled(metric, own, other, plan, confidence) }
      switch metric {
      case .rocAUC, .gini:
        let areas = DeLong.compare(
          labels: candidate.labels, candidate: candidate.scores!, champion: champion.scores!)
        return MetricComparison(metric, areas, scale: metric == .gini ? 2 : 1, confidence: confidence)
      case .accuracy: return proportion(metric, of: nil, confidence)
      case .recall: return proportion(metric, of: true, confidence)
      case .specificity: return proportion(metric, of: false, confidence)
      case .brier, .logLoss:
        let loss = metric == .brier ? ProbabilityLoss.brier : ProbabilityLoss.logLoss
        let losses = PairedT(
          candidate: zip(candidate.labels, candidate.scores!).map(loss),
          champion: zip(champion.labels, champion.scores!).map(loss))
        return MetricComparison(metric, candidate: own, champion: other, losses, confidence: confidence)
      case .precision, .f1, .mcc, .balancedAccuracy:
        let confusion = PairedConfusion(
          labels: candidate.labels, candidate: candidate.predictions!, champion: champion.predictions!)
        return MetricComparison(
          metric, candidate: own, champion: other, confusion.bootstrap(plan, metric), rows: count,
          confidence: confidence)
      default: return resampled(metric, own, other, plan, confidence)
      }
    }
  }

  /// A share of right decisions among the rows of one class, or of both.
  private func proportion(
    _ metric: PerformanceMetric, of label: Bool?, _ confidence: Double
  ) -> MetricComparison {
    let rows = candidate.labels.indices.filter { label == nil || candidate.labels[$0] == label }
    let own = rows.map { candidate.predictions![$0] == candidate.labels[$0] }
    let other = rows.map { champion.predictions![$0] == champion.labels[$0] }
    return MetricComparison(
      metric, PairedWald.accuracy(candidateCorrect: own, championCorrect: other), confidence: confidence,
      discordance: McNemar(candidateCorrect: own, championCorrect: other))
  }

  private func resampled(
    _ metric: PerformanceMetric, _ own: Statistic, _ other: Statistic, _ plan: ResamplingPlan,
    _ confidence: Double
  ) -> MetricComparison {
    let prepared = (candidate.prepared(for: [metric]), champion.prepared(for: [metric]))
    let compared = PairedBootstrap.compare(rows: count, plan) { drawn in
      (prepared.0.measure(metric, multiplicities: drawn), prepared.1.measure(metric, multiplicities: drawn))
    }
    return MetricComparison(
      metric, candidate: own, champion: other, compared, rows: count, confidence: confidence)
  }

  /// What would compare the metric if it were defined.
  private func method(_ metric: PerformanceMetric) -> String {
    switch metric {
    case _ where candidate.weights != nil: "bootstrap-bca"
    case .rocAUC, .gini: "delong"
    case .accuracy, .recall, .specificity: "paired-wald"
    case .brier, .logLoss: PairedT.method
    default: "bootstrap-bca"
    }
  }
}
