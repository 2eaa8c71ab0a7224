/// Sums over classes of which every metric of predictions is a function. Leaving out a row changes what one or two
/// classes add, so that the metrics without it don't take another look at all classes.
struct ClassSums: Sendable {
  private var terms = SIMD16<Double>.zero

  /// Of no class.
  init() {}

  /// What one class adds: the weight of the rows with its label, with its prediction, and with both.
  init(labels: Double, predictions: Double, right: Double) {
    let (isLabel, isPrediction) = (labels > 0, predictions > 0)
    let precision = isPrediction ? right / predictions : 0
    let f1 = isLabel || isPrediction ? 2 * right / (labels + predictions) : 0
    terms[Term.total] = labels
    terms[Term.right] = right
    terms[Term.labelled] = isLabel ? 1 : 0
    terms[Term.predicted] = isPrediction ? 1 : 0
    terms[Term.occurring] = isLabel || isPrediction ? 1 : 0
    terms[Term.neverPredicted] = isLabel && !isPrediction ? 1 : 0
    terms[Term.neverLabelled] = isPrediction && !isLabel ? 1 : 0
    terms[Term.recalls] = isLabel ? right / labels : 0
    terms[Term.precisions] = precision
    terms[Term.f1s] = f1
    terms[Term.weightedPrecisions] = labels * precision
    terms[Term.weightedF1s] = labels * f1
    terms[Term.products] = labels * predictions
    terms[Term.labelSquares] = labels * labels
    terms[Term.predictionSquares] = predictions * predictions
  }

  private enum Term {
    static let (total, right, labelled, predicted, occurring) = (0, 1, 2, 3, 4)
    static let (neverPredicted, neverLabelled) = (5, 6)
    static let (recalls, precisions, f1s, weightedPrecisions, weightedF1s) = (7, 8, 9, 10, 11)
    static let (products, labelSquares, predictionSquares) = (12, 13, 14)
  }

  static func += (sums: inout ClassSums, other: ClassSums) { sums.terms += other.terms }

  static func + (sums: ClassSums, other: ClassSums) -> ClassSums {
    var sums = sums
    sums.terms += other.terms
    return sums
  }

  static func - (sums: ClassSums, other: ClassSums) -> ClassSums {
    var sums = sums
    sums.terms -= other.terms
    return sums
  }

  /// The metric; nil where a rate that it averages is 0/0, without rows, and of scores.
  func value(of metric: ClassMetric) -> Double? {
    switch metric {
    case .precisionMacro, .precisionWeighted:
      terms[Term.neverPredicted] == 0 ? valueTakingZeros(of: metric) : nil
    case .recallMacro: terms[Term.neverLabelled] == 0 ? valueTakingZeros(of: metric) : nil
    case .mcc: correlation
    default: valueTakingZeros(of: metric)
    }
  }

  /// The same with 0 for each rate that is 0/0.
  func valueTakingZeros(of metric: ClassMetric) -> Double? {
    let (total, occurring) = (terms[Term.total], terms[Term.occurring])
    guard total > 0 else { return nil }
    switch metric {
    case .accuracy, .precisionMicro, .recallMicro, .f1Micro, .recallWeighted: return terms[Term.right] / total
    case .balancedAccuracy: return terms[Term.recalls] / terms[Term.labelled]
    case .precisionMacro: return terms[Term.precisions] / occurring
    case .precisionWeighted: return terms[Term.weightedPrecisions] / total
    case .recallMacro: return terms[Term.recalls] / occurring
    case .f1Macro: return terms[Term.f1s] / occurring
    case .f1Weighted: return terms[Term.weightedF1s] / total
    case .mcc: return correlation ?? 0
    case .logLoss, .rocAUCMacro, .rocAUCWeighted: return nil
    }
  }

  private var correlation: Double? {
    let total = terms[Term.total]
    guard terms[Term.labelled] > 1, terms[Term.predicted] > 1 else { return nil }
    let covariance = terms[Term.right] * total - terms[Term.products]
    let ofLabels = total * total - terms[Term.labelSquares]
    let ofPredictions = total * total - terms[Term.predictionSquares]
    guard ofLabels > 0, ofPredictions > 0 else { return nil }
    return min(1, max(-1, covariance / (ofLabels.squareRoot() * ofPredictions.squareRoot())))
  }
}
