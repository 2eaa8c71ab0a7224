/// The targets of a regression beside a model's predictions of the same rows: parallel columns.
public struct RegressionOutcomes: Sendable {
  private let targets: [Double]
  private let predictions: [Double]

  /// Takes both columns; traps when their lengths differ. What is not finite makes every metric undefined.
  public init(targets: [Double], predictions: [Double]) {
    precondition(targets.count == predictions.count, "one prediction a target")
    self.targets = targets
    self.predictions = predictions
  }

  /// The number of rows.
  public var count: Int { targets.count }

  /// RMSE or MAE in the target's unit (`sklearn.metrics.root_mean_squared_error`, `mean_absolute_error`),
  /// or undefined with the reason: no rows, not finite, a classification metric.
  public func measure(_ metric: PerformanceMetric) -> Statistic {
    guard !metric.isForClassification else {
      return .undefined("\(metric.rawValue) is for classification, and this is regression")
    }
    if targets.isEmpty { return .undefined("there are no rows") }
    if let reason = reasonNotFinite(targets, called: "targets") { return .undefined(reason) }
    if let reason = reasonNotFinite(predictions, called: "predictions") { return .undefined(reason) }
    return meanError(squared: metric == .rmse)
  }

  /// Errors are divided by a power of two first, which is exact, so that squares neither overflow nor vanish.
  private func meanError(squared: Bool) -> Statistic {
    var largest = 0.0
    for row in targets.indices { largest = max(largest, abs(targets[row] - predictions[row])) }
    if largest == 0 { return .defined(0) }
    guard largest.isFinite else { return .undefined("an error is larger than a Double can hold") }
    let scale = largest.binade
    var sum = CompensatedSum()
    for row in targets.indices {
      let error = abs(targets[row] - predictions[row]) / scale
      sum.add(squared ? error * error : error)
    }
    let mean = sum.value / Double(targets.count)
    return Statistic(finite: (squared ? mean.squareRoot() : mean) * scale)
  }
}
