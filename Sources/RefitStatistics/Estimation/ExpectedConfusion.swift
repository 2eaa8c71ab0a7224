/// How many rows of each kind are expected, given each row's probability of a positive label: a row that was
/// predicted positive is a true positive with that probability and a false positive else. Not whole numbers.
public struct ExpectedConfusion: Sendable, Hashable {
  public let truePositives: Double
  public let falsePositives: Double
  public let trueNegatives: Double
  public let falseNegatives: Double

  /// Sums parallel columns of probabilities, each 0…1, and predictions.
  init(probabilities: [Double], predictions: [Bool]) {
    var (predicted, refused) = (CompensatedSum(), CompensatedSum())
    var selected = 0
    for row in predictions.indices {
      if predictions[row] {
        predicted.add(probabilities[row])
        selected += 1
      } else {
        refused.add(probabilities[row])
      }
    }
    truePositives = predicted.value
    falsePositives = max(0, Double(selected) - predicted.value)
    falseNegatives = refused.value
    trueNegatives = max(0, Double(predictions.count - selected) - refused.value)
  }

  /// (TP + TN) / all rows; undefined without rows.
  public var accuracy: Statistic {
    let right = truePositives + trueNegatives
    return ratio(right, right + falsePositives + falseNegatives, otherwise: "there are no rows")
  }

  /// TP / (TP + FP); undefined when nothing was predicted positive.
  public var precision: Statistic {
    ratio(truePositives, truePositives + falsePositives, otherwise: "no row was predicted positive")
  }

  /// TP / (TP + FN); undefined when no positive label is expected.
  public var recall: Statistic {
    ratio(truePositives, truePositives + falseNegatives, otherwise: "no positive label is expected")
  }

  /// TN / (TN + FP); undefined when no negative label is expected.
  public var specificity: Statistic {
    ratio(trueNegatives, trueNegatives + falsePositives, otherwise: "no negative label is expected")
  }

  /// TP / (TP + (FP + FN) / 2); undefined when no positive label is expected and none predicted.
  public var f1: Statistic {
    ratio(
      truePositives, truePositives + (falsePositives + falseNegatives) / 2,
      otherwise: "no positive label is expected and none was predicted")
  }

  private func ratio(_ part: Double, _ whole: Double, otherwise reason: String) -> Statistic {
    whole > 0 ? .defined(part / whole) : .undefined(reason)
  }
}
