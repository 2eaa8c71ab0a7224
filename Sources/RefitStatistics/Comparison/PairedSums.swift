/// Columns of numbers of the same rows, of whose sums a metric of two models is a function: mean losses, RMSE, R².
public struct PairedSums: Sendable {
  private let rows: Int
  private let columns: [[Double]]
  private let modelsAgree: Bool
  private let reason: String?
  private let metric:
    @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)

  /// - Parameters:
  ///   - columns: one number a row each, of equal lengths; what is not finite makes the metric undefined.
  ///   - modelsAgree: whether those of both models are the same.
  ///   - metric: both models' values, from the weighted sum of each column and the sum of the weights, which may be 0.
  public init(
    _ columns: [[Double]], modelsAgree: Bool,
    metric:
      @escaping @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)
  ) {
    rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { [rows] in $0.count == rows }, "columns of the same rows")
    self.columns = columns
    self.modelsAgree = modelsAgree
    self.metric = metric
    reason =
      rows == 0
      ? "there are no rows" : columns.lazy.compactMap { reasonNotFinite($0, called: "losses") }.first
  }

  /// The Poisson-weighted paired bootstrap of the metric's difference, of many rows by `RowBlocks`.
  public func bootstrap(_ plan: ResamplingPlan) -> BootstrapComparison {
    if let reason {
      return BootstrapComparison(
        candidate: .undefined(reason), champion: .undefined(reason), modelsAgree: modelsAgree,
        replicates: { [] }, acceleration: { nil })
    }
    let weights = PoissonWeights(seed: plan.seed)
    let blocks = RowBlocks(rows: rows)
    let drawable = RowSums(columns.map(blocks.sums) + [blocks.sizes])
    let ones = [UInt8](repeating: 1, count: blocks.count)
    let whole = ones.withUnsafeBufferPointer(drawable.sums)
    let values = metric([Double](whole.dropLast()), Double(rows))
    return BootstrapComparison(
      candidate: values.candidate, champion: values.champion, modelsAgree: modelsAgree,
      replicates: {
        plan.map(scratch: { ones }) { drawn, resample in
          drawn.withUnsafeMutableBufferPointer { drawn in
            weights.fill(drawn, resample: resample)
            return difference(drawable.sums(UnsafeBufferPointer(drawn)))
          }
        }
      },
      acceleration: { acceleration(drawable, whole) })
  }

  /// From the sum of each column and the number of rows.
  private func difference(_ sums: [Double]) -> Double? {
    let values = metric([Double](sums.dropLast()), sums[sums.count - 1])
    return values.candidate.less(values.champion).value
  }

  private func acceleration(_ drawable: RowSums, _ whole: [Double]) -> Double? {
    guard drawable.rows > 1 else { return nil }
    var values: [Double] = []
    values.reserveCapacity(drawable.rows)
    for row in 0..<drawable.rows {
      guard let value = difference(drawable.sums(whole, without: row)) else { return nil }
      values.append(value)
    }
    return Jackknife.acceleration(values)
  }
}
