extension BinaryOutcomes {
  /// Every metric that the columns allow, in the order of `PerformanceMetric`, with two-sided intervals at `confidence`
  /// (over 0, under 1): by the metric's `theory` where the rows weigh the same, else by the bootstrap. Behind them those that
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
    let resampled = metrics.indices.filter {
      values[$0].value != nil && (weights != nil || metrics[$0].theory == .resampling)
    }
    let intervals = resampledIntervals(
      resampled.map { metrics[$0] }, resampled.map { values[$0] }, confidence, plan,
      areMany: count > mostRowsDrawnAlone)
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

  private func resampledIntervals(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ confidence: Double, _ plan: ResamplingPlan,
    areMany: Bool
  ) -> [BinaryMetric: IntervalEstimate] {
    let summed = metrics.indices.filter { metrics[$0].isOfSums }
    let ranked = metrics.indices.filter { !metrics[$0].isOfSums }
    // Counts of rows that are alike know no order.
    let areCounted = weights == nil && (ranked.isEmpty || areMany)
    let ordered = areCounted || metrics.isEmpty ? self : inOrder(RowOrder.canonical(of: [self]))
    var intervals: [BinaryMetric: IntervalEstimate] = [:]
    for (indices, isOfSums) in [(summed, true), (ranked, false)] where !indices.isEmpty {
      let (some, ofThem) = (indices.map { metrics[$0] }, indices.map { values[$0] })
      let resamples =
        isOfSums
        ? ordered.summedResamples(some, ofThem, plan)
        : ordered.rankedResamples(some, ofThem, plan, areMany: areMany)
      for (metric, interval) in zip(some, resamples.intervals(some, ofThem, confidence: confidence)) {
        intervals[metric] = interval
      }
    }
    return intervals
  }

  private func summedResamples(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ plan: ResamplingPlan
  ) -> MetricResamples {
    if weights == nil, let confusion { return confusion.resamples(metrics, values, plan) }
    let blocks = RowBlocks(rows: count)
    let outcomes = OutcomeSums(self, for: metrics, blocks)
    let sums = RowSums(outcomes.columns)
    return MetricResamples(rows: blocks.count, whole: values.map(\.value), plan) {
      outcomes.measures(sums.sums($0)[...]).map(\.value)
    }
  }

  /// The metrics, and behind them the deviations of those that chance can only raise.
  private func rankedResamples(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ plan: ResamplingPlan, areMany: Bool
  ) -> MetricResamples {
    // Deviations are none of the rows themselves.
    let whole = values.map(\.value) + metrics.filter(\.isRaisedByChance).map { _ in nil }
    guard areMany, let scores else {
      let prepared = prepared(for: metrics)
      let deviations = ScoreDeviations(self, for: metrics)
      return MetricResamples(rows: count, whole: whole, plan) {
        prepared.measures(metrics, multiplicities: $0).map(\.value) + deviations.measures(multiplicities: $0)
      }
    }
    let cells = ScoreCells(
      labels: labels, scores: scores, weights: weights?.values, metrics: metrics, values: values)
    return weights == nil
      ? MetricResamples(kinds: cells.kinds, whole: whole, plan, cells.resampled)
      : MetricResamples(rows: count, whole: whole, plan, cells.resampled(multiplicities:))
  }

  private func areaInterval(_ confidence: Double) -> IntervalEstimate {
    let estimate = estimate(.rocAUC, confidence: MetricInterval.oneSided(confidence))
    return IntervalEstimate(estimate, .deLong, confidence: confidence)
  }

  private func theoretical(_ metric: BinaryMetric, _ confidence: Double) -> IntervalEstimate {
    IntervalEstimate(
      estimate(metric, confidence: MetricInterval.oneSided(confidence)), metric.theory.interval ?? .normal,
      confidence: confidence)
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
  fileprivate func resamples(
    _ metrics: [BinaryMetric], _ values: [Statistic], _ plan: ResamplingPlan
  ) -> MetricResamples {
    let kinds = [truePositives, falsePositives, trueNegatives, falseNegatives]
    return MetricResamples(kinds: kinds, whole: values.map(\.value), plan) { kinds in
      let confusion = BinaryConfusion(
        truePositives: kinds[0], falsePositives: kinds[1], trueNegatives: kinds[2], falseNegatives: kinds[3])
      return metrics.map { confusion.weights.measure($0).value }
    }
  }
}

extension MetricResamples {
  /// The interval of each metric at a two-sided confidence; behind all metrics stand the deviations of some.
  fileprivate func intervals(
    _ metrics: [BinaryMetric], _ values: [Statistic], confidence: Double
  ) -> [IntervalEstimate] {
    let raised = metrics.filter(\.isRaisedByChance)
    return metrics.enumerated().map { index, metric in
      guard let place = raised.firstIndex(of: metric), let value = values[index].value else {
        return interval(index, of: values[index], confidence: confidence)
      }
      return band(index, deviation: metrics.count + place, estimate: value).interval(confidence: confidence)
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
