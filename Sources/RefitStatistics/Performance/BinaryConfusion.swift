/// The four counts of hard predictions against labels, from which accuracy, precision, recall and others follow.
public struct BinaryConfusion: Sendable, Hashable {
  public let truePositives: Int
  public let falsePositives: Int
  public let trueNegatives: Int
  public let falseNegatives: Int

  /// Counts one pass over two parallel columns; traps when their lengths differ.
  public init(labels: [Bool], predictions: [Bool]) {
    precondition(labels.count == predictions.count, "one prediction a label")
    var positives = 0
    var selected = 0
    var both = 0
    for row in labels.indices {
      positives &+= labels[row] ? 1 : 0
      selected &+= predictions[row] ? 1 : 0
      both &+= labels[row] && predictions[row] ? 1 : 0
    }
    truePositives = both
    falsePositives = selected - both
    falseNegatives = positives - both
    trueNegatives = labels.count - positives - selected + both
  }

  /// All rows.
  public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

  /// Numerator and denominator of a metric that is a proportion of rows.
  typealias Counts = (right: Int, rows: Int)

  /// The counts of a metric that is a proportion; nil for any other.
  func counts(_ metric: PerformanceMetric) -> Counts? {
    switch metric {
    case .accuracy: (truePositives + trueNegatives, count)
    case .precision: (truePositives, truePositives + falsePositives)
    case .recall: (truePositives, truePositives + falseNegatives)
    case .specificity: (trueNegatives, trueNegatives + falsePositives)
    default: nil
    }
  }

  var weights: ConfusionWeights {
    ConfusionWeights(
      truePositives: Double(truePositives), falsePositives: Double(falsePositives),
      trueNegatives: Double(trueNegatives), falseNegatives: Double(falseNegatives))
  }

  /// A metric that reads hard predictions, undefined where it is 0/0 and for any other metric.
  public func measure(_ metric: PerformanceMetric) -> Statistic {
    weights.measure(metric) ?? .undefined("\(metric.rawValue) does not follow from hard predictions")
  }
}
