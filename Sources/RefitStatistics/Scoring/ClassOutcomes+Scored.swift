extension ClassOutcomes {
  /// Every metric that the columns allow, in the order of `ClassMetric`, with two-sided intervals at `confidence`
  /// (0.5..<1): Wilson's for shares of rows and normal ones for log loss where the rows weigh the same, else by the
  /// bootstrap.
  ///
  /// - Parameter mostRowsDrawnAlone: of more rows areas are had from cells of neighbouring scores (`ScoreCells`).
  public func scored(
    confidence: Double, _ plan: ResamplingPlan, mostRowsDrawnAlone: Int = 20_000
  ) -> [ScoredMetric] {
    let metrics = ClassMetric.allCases.filter { $0.readsScores ? scores != nil : predictions != nil }
    let values = measures(metrics)
    var intervals: [ClassMetric: IntervalEstimate] = [:]
    let bootstrap = MetricBootstrap(confidence: confidence, plan: plan)
    let resampled = metrics.indices.filter {
      values[$0].value != nil && (weights != nil || metrics[$0].method == nil)
    }
    let counted = resampled.filter { weights == nil && !metrics[$0].readsScores }
    let ranked = resampled.filter { weights != nil || metrics[$0].readsScores }
    if let confusion, !counted.isEmpty {
      let found = confusion.intervals(of: counted.map { metrics[$0] }, counted.map { values[$0] }, bootstrap)
      for (index, interval) in zip(counted, found) { intervals[metrics[index]] = interval }
    }
    if !ranked.isEmpty {
      let asked = ranked.map { metrics[$0] }
      let prepared = PreparedClassOutcomes(self, for: asked, areCells: count > mostRowsDrawnAlone)
      let found = bootstrap.intervals(of: ranked.map { values[$0] }, rows: count) { drawn in
        prepared.measures(asked, multiplicities: drawn)
      }
      for (metric, interval) in zip(asked, found) { intervals[metric] = interval }
    }
    return zip(metrics, values).map { metric, value in
      let interval =
        intervals[metric]
        ?? IntervalEstimate(
          estimate(metric, confidence: MetricInterval.oneSided(confidence)), metric.method ?? .normal,
          confidence: confidence)
      return ScoredMetric(metric.rawValue, value, interval)
    }
  }
}

extension ClassMetric {
  /// The theory of its precision on rows that weigh the same; nil where only resampling tells.
  fileprivate var method: MetricInterval.Method? {
    switch self {
    case .accuracy, .precisionMicro, .recallMicro, .f1Micro: .wilson
    case .logLoss: .normal
    default: nil
    }
  }
}

extension ClassConfusion {
  /// The bootstrap of metrics of predictions, without a look at any row; the cells are whole numbers.
  fileprivate func intervals(
    of metrics: [ClassMetric], _ values: [Statistic], _ bootstrap: MetricBootstrap
  ) -> [IntervalEstimate] {
    let places = classes.indices.flatMap { label in classes.indices.map { (label, $0) } }
      .filter { self[label: $0.0, prediction: $0.1] > 0 }
    let kinds = places.map { Int(self[label: $0.0, prediction: $0.1]) }
    let names = classes
    return bootstrap.intervals(of: values, kinds: kinds) { kinds in
      var confusion = ClassConfusion(classes: names)
      for (place, count) in zip(places, kinds) {
        confusion.add(label: place.0, prediction: place.1, weight: Double(count))
      }
      return metrics.map { confusion.measure($0, zeroByZero: .undefined) ?? .undefined("it reads scores") }
    }
  }
}
