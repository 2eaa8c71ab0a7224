/// The four counts of hard predictions against labels, from which accuracy, precision, recall and F1 follow.
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

  var accuracyCounts: Counts { (truePositives + trueNegatives, count) }
  var precisionCounts: Counts { (truePositives, truePositives + falsePositives) }
  var recallCounts: Counts { (truePositives, truePositives + falseNegatives) }

  /// (TP + TN) / all rows; undefined without rows.
  public var accuracy: Statistic { ratio(accuracyCounts, otherwise: "there are no rows") }

  /// TP / (TP + FP); undefined when nothing was predicted positive.
  public var precision: Statistic { ratio(precisionCounts, otherwise: "no row was predicted positive") }

  /// TP / (TP + FN); undefined when no label is positive.
  public var recall: Statistic { ratio(recallCounts, otherwise: "no label is positive") }

  /// 2·TP / (2·TP + FP + FN); undefined when no label and no prediction is positive.
  public var f1: Statistic {
    let counts = (2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    return ratio(counts, otherwise: "no label and no prediction is positive")
  }

  private func ratio(_ counts: Counts, otherwise reason: String) -> Statistic {
    Statistic(counts.right, over: counts.rows, otherwise: count == 0 ? "there are no rows" : reason)
  }
}
