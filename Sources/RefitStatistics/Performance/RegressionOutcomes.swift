/// The targets of a regression beside a model's predictions of the same rows: parallel columns.
public struct RegressionOutcomes: Sendable {
  let targets: [Double]
  let predictions: [Double]
  let weights: RowWeights?

  /// Takes the columns; traps when their lengths differ. What is not finite makes every metric undefined, and so does
  /// a weight that is negative.
  public init(targets: [Double], predictions: [Double], weights: [Double]? = nil) {
    precondition(targets.count == predictions.count, "one prediction a target")
    precondition(weights == nil || weights?.count == targets.count, "one weight a target")
    self.targets = targets
    self.predictions = predictions
    self.weights = weights.map(RowWeights.init)
  }

  /// The number of rows.
  public var count: Int { targets.count }

  /// RMSE or MAE in the target's unit, MAPE or R² (`sklearn.metrics.root_mean_squared_error`,
  /// `mean_absolute_error`, `mean_absolute_percentage_error`, `r2_score`), or undefined with the reason: no rows, not
  /// finite, targets that are all the same (R²), a classification metric.
  public func measure(_ metric: PerformanceMetric) -> Statistic { measures([metric])[0] }

  /// Each of the metrics, in their order.
  public func measures(_ metrics: [PerformanceMetric]) -> [Statistic] {
    let problem = reasonUnusable()
    return metrics.map { metric in
      if let problem, !metric.isForClassification { return .undefined(problem) }
      switch metric {
      case .rmse: return rootMeanSquare(of: error)
      case .mape: return mean(of: relativeError)
      case .r2: return determination()
      case .mae: return mean(of: { abs(error($0)) })
      default: return .undefined(metric.notForRegression)
      }
    }
  }

  /// The mean of prediction − target in the target's unit: over 0 where the model says too much.
  public func meanError() -> Statistic {
    reasonUnusable().map { .undefined($0) } ?? mean(of: error)
  }

  /// The mean pinball loss of predictions of a quantile (over 0 and under 1) in the target's unit:
  /// quantile · max(y − ŷ, 0) + (1 − quantile) · max(ŷ − y, 0) (`sklearn.metrics.mean_pinball_loss`).
  public func pinball(quantile: Double) -> Statistic {
    precondition(quantile > 0 && quantile < 1, "a quantile is over 0 and under 1")
    if let problem = reasonUnusable() { return .undefined(problem) }
    return mean { pinball(quantile, $0) }
  }

  /// The pinball loss of a row.
  func pinball(_ quantile: Double, _ row: Int) -> Double {
    let error = error(row)
    return error <= 0 ? -quantile * error : (1 - quantile) * error
  }

  func reasonUnusable() -> String? {
    if let problem = weights?.problem { return problem }
    if targets.isEmpty { return "there are no rows" }
    return reasonNotFinite(targets, called: "targets") ?? reasonNotFinite(predictions, called: "predictions")
  }

  func error(_ row: Int) -> Double { predictions[row] - targets[row] }

  func relativeError(_ row: Int) -> Double { abs(error(row)) / max(abs(targets[row]), Double.ulpOfOne) }

  func mean(of value: (Int) -> Double) -> Statistic { moments(value).mean }

  func rootMeanSquare(of value: (Int) -> Double) -> Statistic { moments(value).rootMeanSquare }

  private func moments(_ value: (Int) -> Double) -> WeightedMoments {
    WeightedMoments(targets.indices.map(value), weights: weights?.values)
  }

  /// 1 − (RMSE / standard deviation of the targets)².
  private func determination() -> Statistic {
    let counted = targets.indices.filter { (weights?.values[$0] ?? 1) > 0 }
    if counted.count < 2 { return .undefined("one row has no variance") }
    let (least, most) = counted.reduce((Double.infinity, -Double.infinity)) {
      (min($0.0, targets[$1]), max($0.1, targets[$1]))
    }
    if least == most { return .undefined("all targets are the same") }
    // Quarters of what is large, since a difference of two targets may be twice as large as any Double.
    let part = max(abs(least), abs(most)) > 0x1p1000 ? 0.25 : 1
    let mean = mean { targets[$0] * part }
    guard let mean = mean.value else { return mean }
    let spread = rootMeanSquare { targets[$0] * part - mean }
    let errors = rootMeanSquare { predictions[$0] * part - targets[$0] * part }
    guard let spread = spread.value, let errors = errors.value else {
      return errors.value == nil ? errors : spread
    }
    if spread == 0 { return .undefined("the targets differ by less than a Double can tell") }
    let ratio = errors / spread
    return Statistic(finite: 1 - ratio * ratio)
  }
}
