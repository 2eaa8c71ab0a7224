/// The weight of the rows in each cell of hard predictions against labels; without weights, their number.
struct ConfusionWeights: Sendable, Hashable {
  var truePositives = 0.0
  var falsePositives = 0.0
  var trueNegatives = 0.0
  var falseNegatives = 0.0

  var positives: Double { truePositives + falseNegatives }
  var negatives: Double { trueNegatives + falsePositives }
  var selected: Double { truePositives + falsePositives }
  var rejected: Double { trueNegatives + falseNegatives }
  var total: Double { positives + negatives }

  /// The metric, or nil when it is not one of hard predictions.
  func measure(_ metric: PerformanceMetric) -> Statistic? {
    if total == 0 { return .undefined("there are no rows") }
    switch metric {
    case .accuracy: return .defined((truePositives + trueNegatives) / total)
    case .balancedAccuracy:
      return both(ratio(truePositives, positives, noPositives), ratio(trueNegatives, negatives, noNegatives))
    case .precision: return ratio(truePositives, selected, "no row was predicted positive")
    case .recall: return ratio(truePositives, positives, noPositives)
    case .specificity: return ratio(trueNegatives, negatives, noNegatives)
    case .f1:
      return ratio(
        2 * truePositives, 2 * truePositives + falsePositives + falseNegatives,
        "no label and no prediction is positive")
    case .mcc: return correlation()
    default: return nil
    }
  }

  private var noPositives: String { "no label is positive" }
  private var noNegatives: String { "every label is positive" }

  private func both(_ left: Statistic, _ right: Statistic) -> Statistic {
    guard let first = left.value, let second = right.value else { return left.value == nil ? left : right }
    return .defined((first + second) / 2)
  }

  private func ratio(_ numerator: Double, _ denominator: Double, _ reason: String) -> Statistic {
    denominator == 0 ? .undefined(reason) : .defined(numerator / denominator)
  }

  /// (TP·TN − FP·FN) / √(P·N·selected·rejected), factored so that no product overflows or vanishes.
  private func correlation() -> Statistic {
    let reason: String
    if positives == 0 {
      reason = noPositives
    } else if negatives == 0 {
      reason = noNegatives
    } else if selected == 0 {
      reason = "no row was predicted positive"
    } else if rejected == 0 {
      reason = "every row was predicted positive"
    } else {
      let (p, n) = (positives.binade, negatives.binade)
      let association = differenceOfProducts(
        truePositives / p, trueNegatives / n, falseNegatives / p, falsePositives / n)
      let prevalence = (positives.squareRoot() / selected.squareRoot())
      let rarity = negatives.squareRoot() / rejected.squareRoot()
      let value = association / ((positives / p) * (negatives / n)) * prevalence * rarity
      return .defined(min(1, max(-1, value)))
    }
    return .undefined(reason)
  }
}

extension ConfusionWeights {
  /// Adds a row to its cell.
  @inline(__always)
  mutating func add(label: Bool, prediction: Bool, weight: Double) {
    truePositives += label && prediction ? weight : 0
    falsePositives += !label && prediction ? weight : 0
    trueNegatives += !label && !prediction ? weight : 0
    falseNegatives += label && !prediction ? weight : 0
  }

  /// The metric of hard predictions; undefined for any other.
  func measure(_ metric: BinaryMetric) -> Statistic {
    switch metric {
    case .named(let named):
      measure(named) ?? .undefined("\(metric.name) does not follow from hard predictions")
    case .lift: .undefined("\(metric.name) does not follow from hard predictions")
    case .expectedCost(let costs): mean(of: costs)
    }
  }

  func mean(of costs: DecisionCosts) -> Statistic {
    if total == 0 { return .undefined("there are no rows") }
    var sum = CompensatedSum()
    sum.add(truePositives / total * costs.truePositive)
    sum.add(falsePositives / total * costs.falsePositive)
    sum.add(trueNegatives / total * costs.trueNegative)
    sum.add(falseNegatives / total * costs.falseNegative)
    return Statistic(finite: sum.value)
  }
}
