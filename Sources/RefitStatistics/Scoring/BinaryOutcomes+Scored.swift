extension BinaryOutcomes {
  /// Every metric that the columns allow, in the order of `PerformanceMetric`, with two-sided intervals at `confidence`
  /// (0.5..<1): by the metric's `theory` where the rows weigh the same, else by the bootstrap. Behind them those that
  /// are `asked` for.
  ///
  /// - Parameter mostRowsDrawnAlone: in a bootstrap of more rows, metrics of scores tell apart only cells of
  ///   neighbouring scores (`ScoreCells`).
  public func scored(
    asked: [BinaryMetric] = [], confidence: Double, _ plan: ResamplingPlan,
    mostRowsDrawnAlone: Int = 20_000
  ) -> [ScoredMetric] {
    let metrics = BinaryMetric.all(and: asked).filter { $0.readsScores ? scores != nil : predictions != nil }
    return scored(metrics, confidence: confidence, plan, mostRowsDrawnAlone: mostRowsDrawnAlone)
  }

  /// The same of metrics whose columns are there.
  public func scored(
    _ metrics: [BinaryMetric], confidence: Double, _ plan: ResamplingPlan, mostRowsDrawnAlone: Int = 20_000
  ) -> [ScoredMetric] {
    let values = measures(metrics)
    var intervals: [BinaryMetric: IntervalEstimate] = [:]
    let bootstrap = MetricBootstrap(confidence: confidence, plan: plan)
    let untheoretical = metrics.indices.filter {
      values[$0].value != nil && (weights != nil || metrics[$0].theory == .resampling)
    }
    let summed = untheoretical.filter { metrics[$0].isOfSums }
    let ranked = untheoretical.filter { !metrics[$0].isOfSums }
    func take(_ found: [IntervalEstimate], of indices: [Int]) {
      for (index, interval) in zip(indices, found) { intervals[metrics[index]] = interval }
    }
    if !summed.isEmpty {
      take(summedIntervals(summed.map { metrics[$0] }, summed.map { values[$0] }, bootstrap), of: summed)
    }
    if !ranked.isEmpty {
      let found = rankedIntervals(
        ranked.map { metrics[$0] }, ranked.map { values[$0] }, bootstrap, areMany: count > mostRowsDrawnAlone)
      take(found, of: ranked)
    }
    let hasArea = metrics.contains(.named(.rocAUC)) || metrics.contains(.named(.gini))
    let area = weights == nil && hasArea ? areaInterval(confidence) : nil
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

  private func summedIntervals(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ bootstrap: MetricBootstrap
  ) -> [IntervalEstimate] {
    if weights == nil, let confusion { return confusion.intervals(of: metrics, values, bootstrap) }
    let blocks = RowBlocks(rows: count)
    let outcomes = OutcomeSums(self, for: metrics, blocks)
    let sums = RowSums(outcomes.columns)
    return bootstrap.intervals(of: values, rows: blocks.count) { outcomes.measures(sums.sums($0)[...]) }
  }

  private func rankedIntervals(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ bootstrap: MetricBootstrap, areMany: Bool
  ) -> [IntervalEstimate] {
    guard areMany, let scores else {
      let prepared = prepared(for: metrics)
      return bootstrap.intervals(of: values, rows: count) { prepared.measures(metrics, multiplicities: $0) }
    }
    let cells = ScoreCells(
      labels: labels, scores: scores, weights: weights?.values, metrics: metrics, values: values)
    if weights == nil {
      return bootstrap.intervals(of: values, kinds: cells.kinds) { cells.shiftedMeasures($0) }
    }
    return bootstrap.intervals(of: values, rows: count) { cells.shiftedMeasures(multiplicities: $0) }
  }

  private func areaInterval(_ confidence: Double) -> IntervalEstimate {
    let estimate = estimate(.rocAUC, confidence: MetricInterval.oneSided(confidence))
    return IntervalEstimate(estimate, .deLong, confidence: confidence)
  }

  private func theoretical(_ metric: BinaryMetric, _ confidence: Double) -> IntervalEstimate {
    let method: MetricInterval.Method =
      switch metric.theory {
      case .proportion: .wilson
      case .meanOfProportions: .newcombe
      default: .normal
      }
    return IntervalEstimate(
      estimate(metric, confidence: MetricInterval.oneSided(confidence)), method, confidence: confidence)
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
