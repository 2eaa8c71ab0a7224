/// Intervals of several statistics of the same rows from one set of resamples: corrected for bias and acceleration where
/// that is possible, else the quantiles of the replicates.
struct MetricBootstrap: Sendable {
  /// Two-sided.
  let confidence: Double
  let plan: ResamplingPlan

  /// By Poisson weights of rows. `measure` gives the statistics for how often each row occurs; `values` are those of the
  /// rows themselves.
  func intervals(
    of values: [Statistic], rows: Int,
    _ measure: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [Statistic]
  ) -> [IntervalEstimate] {
    let weights = PoissonWeights(seed: plan.seed)
    let replicates: [[Double?]] = plan.map(scratch: { [UInt8](repeating: 0, count: rows) }) {
      drawn, resample in
      drawn.withUnsafeMutableBufferPointer { drawn in
        weights.fill(drawn, resample: resample)
        return measure(UnsafeBufferPointer(drawn)).map(\.value)
      }
    }
    let blocks = min(rows, PairedBootstrap.mostBlocks)
    guard blocks > 1 else { return intervals(of: values, replicates, leftOut: [], counts: nil) }
    let leaving = ResamplingPlan(resamples: blocks, seed: plan.seed, threads: plan.threads)
    let leftOut: [[Double?]] = leaving.map { block in
      var without = [UInt8](repeating: 1, count: rows)
      for row in stride(from: block, to: rows, by: blocks) { without[row] = 0 }
      return without.withUnsafeBufferPointer { measure($0).map(\.value) }
    }
    return intervals(of: values, replicates, leftOut: leftOut, counts: nil)
  }

  /// By Poisson counts of kinds of rows that are alike, whatever the number of rows. `measure` gives the statistics for
  /// how often each kind occurs.
  func intervals(
    of values: [Statistic], kinds: [Int], _ measure: @escaping @Sendable ([Int]) -> [Statistic]
  ) -> [IntervalEstimate] {
    let counts = PoissonCounts(kinds, seed: plan.seed)
    let replicates: [[Double?]] = plan.map(scratch: { kinds }) { drawn, resample in
      counts.fill(&drawn, resample: resample)
      return measure(drawn).map(\.value)
    }
    let occurring = kinds.indices.filter { kinds[$0] > 0 }
    let leftOut = occurring.map { kind in
      var without = kinds
      without[kind] -= 1
      return measure(without).map(\.value)
    }
    return intervals(of: values, replicates, leftOut: leftOut, counts: occurring.map { Double(kinds[$0]) })
  }

  /// - Parameters:
  ///   - replicates: of each resample the statistics.
  ///   - leftOut: the statistics without each row, kind or block.
  private func intervals(
    of values: [Statistic], _ replicates: [[Double?]], leftOut: [[Double?]], counts: [Double]?
  ) -> [IntervalEstimate] {
    values.enumerated().map { index, statistic in
      guard let value = statistic.value else { return .undefined(statistic.reason ?? "") }
      return ResampledStatistic(
        estimate: value, replicates: replicates.map { $0[index] }, leftOut: leftOut.map { $0[index] },
        counts: counts
      ).interval(confidence: confidence)
    }
  }
}
