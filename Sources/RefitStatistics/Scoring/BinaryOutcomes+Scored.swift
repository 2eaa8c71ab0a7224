extension BinaryOutcomes {
  /// Every metric that the columns allow, in the order of `PerformanceMetric`, with two-sided intervals at `confidence`
  /// (0.5..<1): by the metric's `theory` where the rows weigh the same, else by the bootstrap. Behind them those that
  /// are `asked` for.
  ///
  /// - Parameter mostRowsDrawnAlone: in a bootstrap of more rows that weigh the same, rows of neighbouring scores are
  ///   drawn together, at most one in 200 of those that score as high.
  public func scored(
    asked: [BinaryMetric] = [], confidence: Double, _ plan: ResamplingPlan,
    mostRowsDrawnAlone: Int = 20_000
  ) -> [ScoredMetric] {
    let metrics = BinaryMetric.all(and: asked).filter { $0.readsScores ? scores != nil : predictions != nil }
    let values = measures(metrics)
    var intervals: [BinaryMetric: IntervalEstimate] = [:]
    let bootstrap = MetricBootstrap(confidence: confidence, plan: plan)
    let untheoretical = metrics.indices.filter {
      values[$0].value != nil && (weights != nil || metrics[$0].theory == .resampling)
    }
    let counted = untheoretical.filter { weights == nil && !metrics[$0].readsScores }
    let ranked = untheoretical.filter { weights != nil || metrics[$0].readsScores }
    if let confusion, !counted.isEmpty {
      let found = confusion.intervals(of: counted.map { metrics[$0] }, counted.map { values[$0] }, bootstrap)
      for (index, interval) in zip(counted, found) { intervals[metrics[index]] = interval }
    }
    if !ranked.isEmpty {
      let asked = ranked.map { metrics[$0] }
      let found = resampled(
        asked, ranked.map { values[$0] }, bootstrap, areCells: weights == nil && count > mostRowsDrawnAlone)
      for (metric, interval) in zip(asked, found) { intervals[metric] = interval }
    }
    let area = weights == nil && metrics.contains(.named(.rocAUC)) ? areaInterval(confidence) : nil
    return zip(metrics, values).map { metric, value in
      let interval: IntervalEstimate =
        switch metric {
        case .named(.rocAUC): intervals[metric] ?? area ?? .undefined("")
        case .named(.gini): intervals[metric] ?? area.map(\.asGini) ?? .undefined("")
        default: intervals[metric] ?? theoretical(metric, confidence)
        }
      return ScoredMetric(metric.name, value, interval)
    }
  }

  private func resampled(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ bootstrap: MetricBootstrap, areCells: Bool
  ) -> [IntervalEstimate] {
    if areCells, let scores {
      let cells = ScoreCells(labels: labels, scores: scores, metrics: metrics, values: values)
      return bootstrap.intervals(of: values, kinds: cells.kinds) { cells.shiftedMeasures($0) }
    }
    let prepared = prepared(for: metrics)
    return bootstrap.intervals(of: values, rows: count) { prepared.measures(metrics, multiplicities: $0) }
  }

  private func areaInterval(_ confidence: Double) -> IntervalEstimate {
    let estimate = estimate(.rocAUC, confidence: MetricInterval.oneSided(confidence))
    return IntervalEstimate(estimate, .deLong, confidence: confidence)
  }

  private func theoretical(_ metric: BinaryMetric, _ confidence: Double) -> IntervalEstimate {
    IntervalEstimate(
      estimate(metric, confidence: MetricInterval.oneSided(confidence)),
      metric.theory == .proportion ? .wilson : .normal, confidence: confidence)
  }
}

extension BinaryMetric {
  /// Every metric of a binary task, and behind them others.
  static func all(and others: [BinaryMetric]) -> [BinaryMetric] {
    PerformanceMetric.allCases.filter(\.isForClassification).map(BinaryMetric.named) + others
  }
}

extension BinaryConfusion {
  /// The bootstrap of metrics of hard predictions, without a look at any row.
  fileprivate func intervals(
    of metrics: [BinaryMetric], _ values: [Statistic], _ bootstrap: MetricBootstrap
  ) -> [IntervalEstimate] {
    let kinds = [truePositives, falsePositives, trueNegatives, falseNegatives]
    return bootstrap.intervals(of: values, kinds: kinds) { kinds in
      let confusion = BinaryConfusion(
        truePositives: kinds[0], falsePositives: kinds[1], trueNegatives: kinds[2], falseNegatives: kinds[3])
      return metrics.map { confusion.weights.measure($0) }
    }
  }
}

extension IntervalEstimate {
  /// Of an area the interval of Gini's coefficient.
  fileprivate var asGini: IntervalEstimate {
    guard case .defined(let area) = self else { return self }
    return .defined(
      MetricInterval(
        ConfidenceBounds(lower: 2 * area.lower - 1, upper: 2 * area.upper - 1),
        standardError: area.standardError.map { 2 * $0 }, area.method, confidence: area.confidence))
  }
}
