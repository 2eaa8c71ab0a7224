/// Some metrics, or their differences between two models, in one set of resamples of the rows, and without each row, kind
/// of rows or block of rows.
struct MetricResamples: Sendable {
  /// Of the rows themselves, measured as in the resamples; nil where undefined, here as in all that follows.
  let whole: [Double?]
  /// Of each resample.
  let replicates: [[Double?]]
  /// Without each row, or one of the rows of each kind, or each block.
  let leftOut: [[Double?]]
  /// How many rows each of these stands for; nil where it is one.
  let counts: [Double]?

  /// A metric's resamples. What sets `estimate` apart from how the resamples were measured moves each of them, so that a
  /// resample that draws each row once is the estimate itself.
  func statistic(_ metric: Int, estimate: Double) -> ResampledStatistic {
    ResampledStatistic(
      estimate: estimate, replicates: moved(metric, estimate), leftOut: leftOut.map { $0[metric] },
      counts: counts)
  }

  /// The interval of a metric of these rows at a two-sided confidence.
  func interval(_ metric: Int, of value: Statistic, confidence: Double) -> IntervalEstimate {
    guard let estimate = value.value else { return .undefined(value.reason ?? "") }
    return statistic(metric, estimate: estimate).interval(confidence: confidence)
  }

  /// The interval of a metric that chance can only raise; `deviation` is the place of its deviations.
  func band(_ metric: Int, deviation: Int, estimate: Double) -> DeviationBand {
    DeviationBand(
      distribution: BootstrapDistribution(estimate: estimate, replicates: moved(metric, estimate)),
      deviations: deviations(deviation))
  }

  /// The most by which chance raises a metric on average: by as much as where its true value is 0. `deviation` is the
  /// place of its deviations.
  func greatestBias(deviation: Int) -> Double {
    let deviations = deviations(deviation).replicates
    return deviations.reduce(0) { $0 + $1 / Double(deviations.count) }
  }

  private func deviations(_ place: Int) -> BootstrapDistribution {
    BootstrapDistribution(estimate: 0, replicates: replicates.map { $0[place] })
  }

  /// A metric of two models, of whose difference these are the resamples.
  func comparison(
    _ metric: Int, candidate: Statistic, champion: Statistic, modelsAgree: Bool, bias: PairedBias? = nil
  ) -> BootstrapComparison {
    BootstrapComparison(
      candidate: candidate, champion: champion, modelsAgree: modelsAgree, bias: bias,
      resampled: candidate.less(champion).value.map { statistic(metric, estimate: $0) })
  }

  private func moved(_ metric: Int, _ estimate: Double) -> [Double?] {
    let shift = whole[metric].map { estimate - $0 } ?? 0
    return replicates.map { values in values[metric].map { $0 + shift } }
  }
}

extension MetricResamples {
  /// At most so many blocks of rows are left out in turn to find the acceleration.
  static let mostBlocks = 200

  /// By Poisson weights of rows, each drawn on its own. `measure` gives the metrics for how often each row occurs; `whole`
  /// are those of the rows themselves. Left out are single rows, or of more than 200 one of 200 blocks at a time.
  init(
    rows: Int, whole: [Double?], _ plan: ResamplingPlan,
    _ measure: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [Double?]
  ) {
    let weights = PoissonWeights(seed: plan.seed)
    let replicates = plan.map(scratch: { [UInt8](repeating: 0, count: rows) }) { drawn, resample in
      drawn.withUnsafeMutableBufferPointer { drawn in
        weights.fill(drawn, resample: resample)
        return measure(UnsafeBufferPointer(drawn))
      }
    }
    self.init(
      whole: whole, replicates: replicates, leftOut: Self.leavingOut(rows: rows, plan, measure), counts: nil)
  }

  /// Without each row, or each block; nothing of a single row.
  private static func leavingOut(
    rows: Int, _ plan: ResamplingPlan,
    _ measure: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [Double?]
  ) -> [[Double?]] {
    let blocks = min(rows, mostBlocks)
    guard blocks > 1 else { return [] }
    let places = rows == blocks ? nil : (0..<rows).map { RowBlocks.place(ofRow: $0, among: blocks) }
    let leaving = ResamplingPlan(resamples: blocks, seed: plan.seed, threads: plan.threads)
    return leaving.map { block in
      var kept = [UInt8](repeating: 1, count: rows)
      for row in 0..<rows where (places?[row] ?? row) == block { kept[row] = 0 }
      return kept.withUnsafeBufferPointer(measure)
    }
  }

  /// By Poisson weights of rows of whose sums the metrics are functions. Left out is each row.
  init(_ sums: RowSums, _ plan: ResamplingPlan, _ values: @escaping @Sendable ([Double]) -> [Double?]) {
    let weights = PoissonWeights(seed: plan.seed)
    let replicates = plan.map(scratch: { [UInt8](repeating: 0, count: sums.rows) }) { drawn, resample in
      drawn.withUnsafeMutableBufferPointer { drawn in
        weights.fill(drawn, resample: resample)
        return values(sums.sums(UnsafeBufferPointer(drawn)))
      }
    }
    let whole = sums.whole
    self.init(
      whole: values(whole), replicates: replicates,
      leftOut: sums.rows > 1 ? (0..<sums.rows).map { values(sums.sums(whole, without: $0)) } : [],
      counts: nil)
  }

  /// By Poisson counts of kinds of rows that are alike, whatever the number of rows. `measure` gives the metrics for how
  /// often each kind occurs; `whole` are those of the rows themselves.
  init(
    kinds: [Int], whole: [Double?], _ plan: ResamplingPlan,
    _ measure: @escaping @Sendable ([Int]) -> [Double?]
  ) {
    let counts = PoissonCounts(kinds, seed: plan.seed)
    let replicates = plan.map(scratch: { kinds }) { drawn, resample in
      counts.fill(&drawn, resample: resample)
      return measure(drawn)
    }
    let occurring = kinds.indices.filter { kinds[$0] > 0 }
    let leftOut = occurring.map { kind in
      var without = kinds
      without[kind] -= 1
      return measure(without)
    }
    self.init(
      whole: whole, replicates: replicates, leftOut: leftOut, counts: occurring.map { Double(kinds[$0]) })
  }
}
