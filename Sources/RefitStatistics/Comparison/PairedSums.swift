/// Columns of numbers of the same rows, of whose sums a metric of two models is a function: mean losses, RMSE, R².
public struct PairedSums: Sendable {
  private let rows: Int
  private let columns: [[Double]]
  private let reason: String?
  private let metric: @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)

  /// - Parameters:
  ///   - columns: one number a row each, of equal lengths; what is not finite makes the metric undefined.
  ///   - metric: both models' values, from the weighted sum of each column and the sum of the weights, which may be 0.
  public init(
    _ columns: [[Double]],
    metric: @escaping @Sendable (_ sums: [Double], _ rows: Double) -> (candidate: Statistic, champion: Statistic)
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

  /// The Poisson-weighted paired bootstrap of the metric's difference.
  public func bootstrap(_ plan: ResamplingPlan) -> BootstrapComparison {
    if let reason {
      return BootstrapComparison(
        candidate: .undefined(reason), champion: .undefined(reason), replicates: { [] }, acceleration: { nil })
    }
    let weights = PoissonWeights(seed: plan.seed)
    let whole = sums([UInt8](repeating: 1, count: rows))
    let values = metric(whole, Double(rows))
    return BootstrapComparison(
      candidate: values.candidate, champion: values.champion,
      replicates: {
        plan.map(scratch: { [UInt8](repeating: 0, count: rows) }) { drawn, resample in
          drawn.withUnsafeMutableBufferPointer { weights.fill($0, resample: resample) }
          let total = drawn.reduce(0) { $0 &+ Int($1) }
          return difference(sums(drawn), Double(total))
        }
      },
      acceleration: { acceleration(whole) })
  }

  private func difference(_ sums: [Double], _ rows: Double) -> Double? {
    let values = metric(sums, rows)
    return values.candidate.less(values.champion).value
  }

  /// By eight partial sums, always the same ones, so that the order of adding is that of no machine in particular.
  private func sums(_ weights: [UInt8]) -> [Double] {
    columns.map { column in
      let (column, weights) = (column.span, weights.span)
      var partial = SIMD8<Double>(repeating: 0)
      let blocks = column.count / 8
      for block in 0..<blocks {
        var terms = SIMD8<Double>()
        for lane in 0..<8 {
          let row = 8 &* block &+ lane
          terms[lane] = Double(weights[unchecked: row]) * column[unchecked: row]
        }
        partial += terms
      }
      var sum = 0.0
      for lane in 0..<8 { sum += partial[lane] }
      for row in 8 * blocks..<column.count { sum += Double(weights[row]) * column[row] }
      return sum
    }
  }

  private func acceleration(_ whole: [Double]) -> Double? {
    guard rows > 1 else { return nil }
    var without = whole
    var values: [Double] = []
    values.reserveCapacity(rows)
    for row in 0..<rows {
      for column in columns.indices { without[column] = whole[column] - columns[column][row] }
      guard let value = difference(without, Double(rows - 1)) else { return nil }
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
