/// The paired bootstrap of any metric that can be measured with weighted rows.
public enum PairedBootstrap {
  /// At most so many blocks of rows are left out in turn to find the acceleration.
  public static let mostBlocks = 200

  /// Resamples the rows by Poisson weights and measures both models on each resample.
  ///
  /// - Parameters:
  ///   - rows: how many there are.
  ///   - measure: both models' values, given how often each row is drawn; all ones are the data itself.
  ///
  /// The acceleration is found by leaving out one row at a time, or of more than 200 rows one of 200 interleaved blocks.
  public static func compare(
    rows: Int, _ plan: ResamplingPlan,
    measure: @escaping @Sendable (_ weights: [UInt8]) -> (candidate: Statistic, champion: Statistic)
  ) -> BootstrapComparison {
    let weights = PoissonWeights(seed: plan.seed)
    let ones = [UInt8](repeating: 1, count: rows)
    let values = measure(ones)
    @Sendable func difference(_ weights: [UInt8]) -> Double? {
      let values = measure(weights)
      return values.candidate.less(values.champion).value
    }
    return BootstrapComparison(
      candidate: values.candidate, champion: values.champion,
      replicates: {
        plan.map(scratch: { ones }) { drawn, resample in
          drawn.withUnsafeMutableBufferPointer { weights.fill($0, resample: resample) }
          return difference(drawn)
        }
      },
      acceleration: {
        let blocks = min(rows, mostBlocks)
        guard blocks > 1 else { return nil }
        let leftOut = ResamplingPlan(resamples: blocks, seed: plan.seed, threads: plan.threads)
        let values = leftOut.map { block in
          var without = ones
          for row in stride(from: block, to: rows, by: blocks) { without[row] = 0 }
          return difference(without)
        }
        let defined = values.compactMap { $0 }
        return defined.count == blocks ? Jackknife.acceleration(defined) : nil
      })
  }
}
