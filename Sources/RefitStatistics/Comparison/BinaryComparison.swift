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

  /// Each metric that both models have the columns for, and behind them those that are `asked` for. Bounds are one-sided
  /// at `confidence` (0.5..<1).
  public func compared(
    asked: [BinaryMetric] = [], confidence: Double, _ plan: ResamplingPlan
  ) -> [MetricComparison] {
    let metrics = BinaryMetric.all(and: asked).filter { metric in
      [candidate, champion].allSatisfy { metric.readsScores ? $0.scores != nil : $0.predictions != nil }
    }
    return compare(metrics, confidence: confidence, plan)
  }

  /// Each metric by the method that fits it: DeLong for `roc_auc` and `gini`, paired Wald for `accuracy`, `recall` and
  /// `specificity`, paired t on each row's loss for `log_loss`, `brier` and costs, the bootstrap for all others, and for
  /// whatever has weights; that of `ece` allows for what chance adds to either model's.
  ///
  /// - Parameter mostRowsDrawnAlone: in a bootstrap of more rows each is still drawn on its own, but in metrics of scores
  ///   a model tells apart only cells of neighbouring ones (`ScoreCells`).
  public func compare(
    _ metrics: [BinaryMetric], confidence: Double = 0.95, _ plan: ResamplingPlan,
    mostRowsDrawnAlone: Int = 20_000
  ) -> [MetricComparison] {
    let (own, other) = (candidate.measures(metrics), champion.measures(metrics))
    let resampled = metrics.indices.filter {
      own[$0].value != nil && other[$0].value != nil && isResampled(metrics[$0])
    }
    let found = bootstraps(
      resampled.map { metrics[$0] }, PairedValues(candidate: own, champion: other).of(resampled), plan,
      areCells: count > mostRowsDrawnAlone)
    let bootstraps = Dictionary(uniqueKeysWithValues: zip(resampled, found))
    return metrics.enumerated().map { index, metric in
      if let bootstrap = bootstraps[index] {
        return MetricComparison(
          metric, candidate: own[index], champion: other[index], bootstrap, rows: count,
          confidence: confidence)
      }
      return theoretical(metric, own[index], other[index], confidence)
    }
  }

  private func isResampled(_ metric: BinaryMetric) -> Bool {
    [BootstrapComparison.corrected, BootstrapComparison.biasAware].contains(method(metric))
  }

  private func method(_ metric: BinaryMetric) -> String {
    if metric == .named(.ece) { return BootstrapComparison.biasAware }
    if candidate.weights != nil { return BootstrapComparison.corrected }
    return switch metric {
    case .named(.rocAUC), .named(.gini): "delong"
    case .named(.accuracy), .named(.recall), .named(.specificity): PairedWald.method
    case .named(.brier), .named(.logLoss), .expectedCost: PairedT.method
    default: BootstrapComparison.corrected
    }
  }

  // MARK: - By theory

  private func theoretical(
    _ metric: BinaryMetric, _ own: Statistic, _ other: Statistic, _ confidence: Double
  ) -> MetricComparison {
    if let reason = own.reason ?? other.reason {
      return MetricComparison(
        metric, candidate: own, champion: other, reason: reason, method: method(metric), rows: count,
        confidence: confidence)
    }
    switch metric {
    case .named(.rocAUC), .named(.gini):
      let areas = DeLong.compare(
        labels: candidate.labels, candidate: candidate.scores!, champion: champion.scores!)
      return MetricComparison(
        metric, areas, scale: metric == .named(.gini) ? 2 : 1, rowsInAll: count, confidence: confidence)
    case .named(.accuracy): return proportion(metric, of: nil, confidence)
    case .named(.recall): return proportion(metric, of: true, confidence)
    case .named(.specificity): return proportion(metric, of: false, confidence)
    default:
      return MetricComparison(
        metric, candidate: own, champion: other,
        PairedT(candidate: losses(candidate, metric), champion: losses(champion, metric)),
        confidence: confidence)
    }
  }

  /// What each row adds to a metric that is their mean.
  private func losses(_ model: BinaryOutcomes, _ metric: BinaryMetric) -> [Double] {
    let losses: [Double]? =
      switch metric {
      case .named(let named): model.rowValues(named)
      case .expectedCost(let costs): model.rowCosts(costs)
      case .lift: nil
      }
    guard let losses else { preconditionFailure("\(metric.name) is no mean of losses") }
    return losses
  }

  /// A share of right decisions among the rows of one class, or of both.
  private func proportion(
    _ metric: BinaryMetric, of label: Bool?, _ confidence: Double
  ) -> MetricComparison {
    let rows = candidate.labels.indices.filter { label == nil || candidate.labels[$0] == label }
    let own = rows.map { candidate.predictions![$0] == candidate.labels[$0] }
    let other = rows.map { champion.predictions![$0] == champion.labels[$0] }
    return MetricComparison(
      metric, PairedWald.accuracy(candidateCorrect: own, championCorrect: other), rowsInAll: count,
      confidence: confidence, discordance: McNemar(candidateCorrect: own, championCorrect: other))
  }

  // MARK: - By resampling

  private func bootstraps(
    _ metrics: [BinaryMetric], _ values: PairedValues, _ plan: ResamplingPlan, areCells: Bool
  ) -> [BootstrapComparison] {
    let summed = metrics.indices.filter { metrics[$0].isOfSums }
    let ranked = metrics.indices.filter { !metrics[$0].isOfSums }
    let order = metrics.isEmpty ? [] : RowOrder.canonical(of: [candidate, champion])
    let ordered = PairedRows(candidate: candidate.inOrder(order), champion: champion.inOrder(order))
    var found: [Int: BootstrapComparison] = [:]
    let ofRanks = areCells ? ordered.cellBootstraps : ordered.rowBootstraps
    for (indices, bootstraps) in [(summed, ordered.sumBootstraps), (ranked, ofRanks)] where !indices.isEmpty {
      let some = bootstraps(indices.map { metrics[$0] }, values.of(indices), plan)
      for (index, bootstrap) in zip(indices, some) { found[index] = bootstrap }
    }
    return metrics.indices.compactMap { found[$0] }
  }
}
