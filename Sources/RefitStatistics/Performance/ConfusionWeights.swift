import Glibc

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
  func measure(_ metric: PerformanceMetric, zeroByZero: ZeroByZero = .undefined) -> Statistic? {
    if total == 0 { return .undefined("there are no rows") }
    switch metric {
    case .accuracy: return .defined((truePositives + trueNegatives) / total)
    case .balancedAccuracy:
      return both(ratio(truePositives, positives, noPositives), ratio(trueNegatives, negatives, noNegatives))
    case .precision: return ratio(truePositives, selected, "no row was predicted positive", zeroByZero)
    case .recall: return ratio(truePositives, positives, noPositives, zeroByZero)
    case .specificity: return ratio(trueNegatives, negatives, noNegatives, zeroByZero)
    case .f1:
      return ratio(
        2 * truePositives, 2 * truePositives + falsePositives + falseNegatives,
        "no label and no prediction is positive", zeroByZero)
    case .mcc: return correlation(zeroByZero)
    default: return nil
    }
  }

  private var noPositives: String { "no label is positive" }
  private var noNegatives: String { "every label is positive" }

  private func both(_ left: Statistic, _ right: Statistic) -> Statistic {
    guard let first = left.value, let second = right.value else { return left.value == nil ? left : right }
    return .defined((first + second) / 2)
  }

  private func ratio(
    _ numerator: Double, _ denominator: Double, _ reason: String, _ zeroByZero: ZeroByZero = .undefined
  ) -> Statistic {
    guard denominator == 0 else { return .defined(numerator / denominator) }
    return zeroByZero == .zero ? .defined(0) : .undefined(reason)
  }

  /// (TP·TN − FP·FN) / √(P·N·selected·rejected), factored so that no product overflows or vanishes.
  private func correlation(_ zeroByZero: ZeroByZero) -> Statistic {
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
    return zeroByZero == .zero ? .defined(0) : .undefined(reason)
  }

  /// a·b − c·d without cancellation of rounding errors (Kahan).
  private func differenceOfProducts(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let subtracted = c * d
    return fma(a, b, -subtracted) + fma(-c, d, subtracted)
  }
}
