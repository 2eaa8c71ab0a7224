/// The paired bootstrap of any metrics that can be measured with weighted rows.
public enum PairedBootstrap {
  /// At most so many blocks of rows are left out in turn to find the acceleration.
  public static let mostBlocks = 200

  /// Several metrics of both models, each in the same order.
  typealias Values = (candidate: [Statistic], champion: [Statistic])

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
    @Sendable func values(_ drawn: UnsafeBufferPointer<UInt8>) -> Values {
      let values = measure([UInt8](drawn))
      return ([values.candidate], [values.champion])
    }
    let ones = [UInt8](repeating: 1, count: rows)
    return compare(rows: rows, plan, ones.withUnsafeBufferPointer(values), agreeing: [false], measures: values)[0]
  }

  /// The same of several metrics, which share the resamples; `values` are those of the rows themselves, and `agreeing`
  /// says on which the models agree on every row.
  static func compare(
    rows: Int, _ plan: ResamplingPlan, _ values: Values, agreeing: [Bool],
    measures: @escaping @Sendable (_ weights: UnsafeBufferPointer<UInt8>) -> Values
  ) -> [BootstrapComparison] {
    @Sendable func differences(_ drawn: UnsafeBufferPointer<UInt8>) -> [Double?] {
      let values = measures(drawn)
      return zip(values.candidate, values.champion).map { $0.less($1).value }
    }
    let weights = PoissonWeights(seed: plan.seed)
    let replicates = plan.map(scratch: { [UInt8](repeating: 0, count: rows) }) { drawn, resample in
      drawn.withUnsafeMutableBufferPointer { drawn in
        weights.fill(drawn, resample: resample)
        return differences(UnsafeBufferPointer(drawn))
      }
    }
    let leftOut = leavingOut(rows: rows, plan, differences)
    return values.candidate.indices.map { index in
      let defined = leftOut.compactMap { $0[index] }
      return BootstrapComparison(
        candidate: values.candidate[index], champion: values.champion[index],
        modelsAgree: agreeing[index],
        replicates: { replicates.map { $0[index] } },
        acceleration: {
          defined.isEmpty || defined.count < leftOut.count ? nil : Jackknife.acceleration(defined)
        })
    }
  }

  /// Without each row, or each block; nothing of a single row.
  private static func leavingOut(
    rows: Int, _ plan: ResamplingPlan,
    _ differences: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [Double?]
  ) -> [[Double?]] {
    let blocks = min(rows, mostBlocks)
    guard blocks > 1 else { return [] }
    let leaving = ResamplingPlan(resamples: blocks, seed: plan.seed, threads: plan.threads)
    return leaving.map { block in
      var without = [UInt8](repeating: 1, count: rows)
      for row in stride(from: block, to: rows, by: blocks) { without[row] = 0 }
      return without.withUnsafeBufferPointer(differences)
    }
  }
}
