/// Columns of numbers of the same rows, of whose sums a metric of two models is a function: mean losses, RMSE, R².
public struct PairedSums: Sendable {
  private let rows: Int
  private let columns: [[Double]]
  private let reason: String?
  private let metric:
    @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)

  /// - Parameters:
  ///   - columns: one number a row each, of equal lengths; what is not finite makes the metric undefined.
  ///   - metric: both models' values, from the weighted sum of each column and the sum of the weights, which may be 0.
  public init(
    _ columns: [[Double]],
    metric:
      @escaping @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)
  ) {
    rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { [rows] in $0.count == rows }, "columns of the same rows")
    self.columns = columns
    self.metric = metric
    reason =
      rows == 0
      ? "there are no rows" : columns.lazy.compactMap { reasonNotFinite($0, called: "losses") }.first
  }

  /// Two models' mean losses.
  public static func meanLosses(candidate: [Double], champion: [Double]) -> PairedSums {
    PairedSums([candidate, champion]) { sums, rows in (mean(sums[0], rows), mean(sums[1], rows)) }
  }

  /// The root of two models' mean squared errors, from the errors (target − prediction).
  public static func rootMeanSquares(candidateErrors: [Double], championErrors: [Double]) -> PairedSums {
    PairedSums([candidateErrors.map { $0 * $0 }, championErrors.map { $0 * $0 }]) { sums, rows in
      (mean(sums[0], rows).squareRoot, mean(sums[1], rows).squareRoot)
    }
  }

  /// Two models' shares of the targets' variance that they explain (`sklearn.metrics.r2_score`), from the errors.
  public static func explainedShares(
    targets: [Double], candidateErrors: [Double], championErrors: [Double]
  ) -> PairedSums {
    let middle = targets.reduce(0) { $0 + $1 / Double(targets.count) }
    let centred = targets.map { $0 - middle }
    let squares = [centred, candidateErrors, championErrors].map { $0.map { $0 * $0 } }
    return PairedSums([centred] + squares) { sums, rows in
      let spread = sums[1] - sums[0] * sums[0] / rows
      guard rows > 0, spread > 1e-12 * sums[1] else {
        return (.undefined("all targets are equal"), .undefined("all targets are equal"))
      }
      return (Statistic(finite: 1 - sums[2] / spread), Statistic(finite: 1 - sums[3] / spread))
    }
  }

  private static func mean(_ sum: Double, _ rows: Double) -> Statistic {
    rows > 0 ? Statistic(finite: sum / rows) : .undefined("there are no rows")
  }

  /// The Poisson-weighted paired bootstrap of the metric's difference, of many rows by `RowBlocks`.
  public func bootstrap(_ plan: ResamplingPlan) -> BootstrapComparison {
    if let reason {
      return BootstrapComparison(
        candidate: .undefined(reason), champion: .undefined(reason), replicates: { [] }, acceleration: { nil }
      )
    }
    let weights = PoissonWeights(seed: plan.seed)
    let blocks = RowBlocks(rows: rows)
    let drawable = RowSums(columns.map(blocks.sums) + [blocks.sizes])
    let ones = [UInt8](repeating: 1, count: blocks.count)
    let whole = ones.withUnsafeBufferPointer(drawable.sums)
    let values = metric([Double](whole.dropLast()), Double(rows))
    return BootstrapComparison(
      candidate: values.candidate, champion: values.champion,
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

extension Statistic {
  fileprivate var squareRoot: Statistic {
    switch self {
    case .defined(let value): .defined(max(0, value).squareRoot())
    case .undefined: self
    }
  }
}
