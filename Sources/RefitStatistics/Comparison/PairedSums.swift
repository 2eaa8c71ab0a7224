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
    if let reason { return BootstrapComparison(undefined: reason) }
    let blocks = RowBlocks(rows: rows)
    let sums = RowSums(columns.map(blocks.sums) + [blocks.sizes])
    let values = values(sums.whole)
    return MetricResamples(sums, plan) { sums in
      let values = self.values(sums)
      return [values.candidate.less(values.champion).value]
    }.comparison(0, candidate: values.candidate, champion: values.champion, modelsAgree: modelsAgree)
  }

  /// From the sum of each column and the number of rows.
  private func values(_ sums: [Double]) -> (candidate: Statistic, champion: Statistic) {
    metric([Double](sums.dropLast()), sums[sums.count - 1])
  }
}
