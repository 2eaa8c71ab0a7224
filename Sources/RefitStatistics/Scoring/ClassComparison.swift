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

  /// The rows that exactly one model has right; nil where a model has no predictions.
  public var discordance: McNemar? {
    guard let own = candidate.right, let other = champion.right else { return nil }
    return McNemar(candidateCorrect: own, championCorrect: other)
  }

  /// Each metric that both models have the columns for: paired Wald for shares of rows, paired t on each row's loss for
  /// log loss, the bootstrap for all others and for whatever has weights. Bounds are one-sided at `confidence`
  /// (0.5..<1).
  public func compared(confidence: Double, _ plan: ResamplingPlan) -> [MetricComparison] {
    let metrics = ClassMetric.allCases.filter { metric in
      [candidate, champion].allSatisfy { metric.readsScores ? $0.scores != nil : $0.predictions != nil }
    }
    return metrics.map { compared($0, confidence, plan) }
  }

  private func compared(_ metric: ClassMetric, _ confidence: Double, _ plan: ResamplingPlan)
    -> MetricComparison
  {
    let (own, other) = (candidate.measure(metric), champion.measure(metric))
    if own.value != nil, other.value != nil, candidate.weights == nil {
      switch metric {
      case .accuracy, .precisionMicro, .recallMicro, .f1Micro:
        if let own = candidate.right, let other = champion.right {
          return MetricComparison(
            metric, PairedWald.accuracy(candidateCorrect: own, championCorrect: other), confidence: confidence
          )
        }
      case .logLoss:
        let losses = PairedT(
          candidate: candidate.labels.indices.map(candidate.logLoss),
          champion: champion.labels.indices.map(champion.logLoss))
        return MetricComparison(metric, candidate: own, champion: other, losses, confidence: confidence)
      default: break
      }
    }
    let prepared = (candidate.prepared(for: [metric]), champion.prepared(for: [metric]))
    let resampled = PairedBootstrap.compare(rows: candidate.count, plan) { drawn in
      (prepared.0.measure(metric, multiplicities: drawn), prepared.1.measure(metric, multiplicities: drawn))
    }
    return MetricComparison(
      metric, candidate: own, champion: other, resampled, rows: candidate.count, confidence: confidence)
  }
}

extension ClassOutcomes {
  /// Whether each row's prediction is its label; nil without predictions.
  fileprivate var right: [Bool]? { predictions.map { zip(labels, $0).map { $0 == $1 } } }
}
