/// How often each class was predicted for each label; with weights, the weight of these rows.
public struct ClassConfusion: Sendable, Hashable {
  /// The names of the classes, in the order of rows and columns.
  public let classes: [String]
  /// The cells, one row of predictions after another for each label. Without weights they are whole numbers.
  public private(set) var cells: [Double]

  init(classes: [String]) {
    self.classes = classes
    cells = [Double](repeating: 0, count: classes.count * classes.count)
  }

  /// The rows with a label that were predicted as a class, by the places of both in `classes`.
  public subscript(label label: Int, prediction prediction: Int) -> Double {
    cells[label * classes.count + prediction]
  }

  mutating func add(label: Int, prediction: Int, weight: Double) {
    cells[label * classes.count + prediction] += weight
  }

  /// Of each metric its value, undefined where a rate that it averages is 0/0; nil when it is not one of predictions.
  func measures(_ metrics: [ClassMetric], zeroByZero: ZeroByZero) -> [Statistic?] {
    let margins = ClassMargins(self)
    let total = margins.total
    return metrics.map { measure($0, margins, total, zeroByZero) }
  }

  private func measure(
    _ metric: ClassMetric, _ margins: ClassMargins, _ total: Double, _ zeroByZero: ZeroByZero
  ) -> Statistic? {
    if !metric.readsScores && total == 0 { return .undefined("there are no rows") }
    switch metric {
    case .accuracy, .precisionMicro, .recallMicro, .f1Micro:
      return .defined(margins.right.reduce(0, +) / total)
    case .balancedAccuracy:
      return average(margins, .labels) { .defined(margins.right[$0] / margins.labels[$0]) }
    case .precisionMacro: return average(margins, .occurring) { precision($0, margins, zeroByZero) }
    case .precisionWeighted: return average(margins, .byLabels) { precision($0, margins, zeroByZero) }
    case .recallMacro: return average(margins, .occurring) { recall($0, margins, zeroByZero) }
    case .recallWeighted: return average(margins, .byLabels) { recall($0, margins, zeroByZero) }
    case .f1Macro: return average(margins, .occurring) { .defined(f1($0, margins)) }
    case .f1Weighted: return average(margins, .byLabels) { .defined(f1($0, margins)) }
    case .mcc: return correlation(margins, zeroByZero)
    case .logLoss, .rocAUCMacro, .rocAUCWeighted: return nil
    }
  }

  private enum Average {
    /// Of the classes of the labels, each alike.
    case labels
    /// Of the classes of the labels or the predictions, each alike.
    case occurring
    /// Of the classes of the labels, by their share.
    case byLabels
  }

  private func average(_ margins: ClassMargins, _ average: Average, _ rate: (Int) -> Statistic) -> Statistic {
    let total = margins.total
    var sum = CompensatedSum()
    var shares = CompensatedSum()
    for index in classes.indices {
      let isLabel = margins.labels[index] > 0
      guard isLabel || (average == .occurring && margins.predictions[index] > 0) else { continue }
      let rate = rate(index)
      guard let value = rate.value else { return rate }
      let share = average == .byLabels ? margins.labels[index] / total : 1
      sum.add(share * value)
      shares.add(share)
    }
    return .defined(sum.value / shares.value)
  }

  private func precision(_ index: Int, _ margins: ClassMargins, _ zeroByZero: ZeroByZero) -> Statistic {
    guard margins.predictions[index] == 0 else {
      return .defined(margins.right[index] / margins.predictions[index])
    }
    return zeroByZero == .zero ? .defined(0) : .undefined("class '\(classes[index])' was never predicted")
  }

  private func recall(_ index: Int, _ margins: ClassMargins, _ zeroByZero: ZeroByZero) -> Statistic {
    guard margins.labels[index] == 0 else {
      return .defined(margins.right[index] / margins.labels[index])
    }
    return zeroByZero == .zero ? .defined(0) : .undefined("no label is of class '\(classes[index])'")
  }

  private func f1(_ index: Int, _ margins: ClassMargins) -> Double {
    2 * margins.right[index] / (margins.labels[index] + margins.predictions[index])
  }

  /// Gorodkin's R_K: the covariance of labels and predictions over the root of the product of their variances.
  private func correlation(_ margins: ClassMargins, _ zeroByZero: ZeroByZero) -> Statistic {
    let total = margins.total
    var covariance = CompensatedSum()
    for index in classes.indices {
      let right = margins.right[index]
      let missed = margins.labels[index] - right
      let wrong = margins.predictions[index] - right
      let rest = total - margins.labels[index] - wrong
      covariance.add(differenceOfProducts(right / total, rest / total, missed / total, wrong / total))
    }
    let spreads = [margins.labels, margins.predictions].map { sides in
      sides.reduce(0) { $0 + $1 / total * ((total - $1) / total) }
    }
    guard spreads[0] > 0, spreads[1] > 0 else {
      let side = spreads[0] > 0 ? "predictions" : "labels"
      return zeroByZero == .zero ? .defined(0) : .undefined("all \(side) are of one class")
    }
    let value = covariance.value / spreads[0].squareRoot() / spreads[1].squareRoot()
    return .defined(min(1, max(-1, value)))
  }
}
