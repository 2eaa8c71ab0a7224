/// What the metrics of ranks need of the distinct scores, which are added from the highest down.
struct RankSums {
  private let positives: Double
  private let negatives: Double
  /// How many units of `positives` one of `negatives` is, as two factors, since one could be beyond a Double.
  private let unit: (Double, Double)
  private var positivesAbove = 0.0
  private var negativesAbove = 0.0
  /// Pairs of a positive and a negative row, counted twice where in order and once where tied.
  private var concordance = 0.0
  /// The largest of TP·N − FP·P.
  private var largestGap = 0.0
  private var precision = CompensatedSum()

  /// Takes the weight of each class.
  init(positives: Double, negatives: Double, unit: (Double, Double) = (1, 1)) {
    self.positives = positives
    self.negatives = negatives
    self.unit = unit
  }

  /// The weight of the rows of each class that have the next lower score.
  @inline(__always)
  mutating func add(positives tiedPositives: Double, negatives tiedNegatives: Double) {
    concordance += tiedNegatives * (2 * positivesAbove + tiedPositives)
    positivesAbove += tiedPositives
    negativesAbove += tiedNegatives
    largestGap = max(largestGap, positivesAbove * negatives - negativesAbove * positives)
    if tiedPositives > 0 {
      let wrong = negativesAbove * unit.0 * unit.1
      precision.add(tiedPositives * (positivesAbove / (positivesAbove + wrong)))
    }
  }

  /// The same of a metric that is named; lift does not follow from these sums.
  func measure(_ metric: BinaryMetric) -> Statistic {
    guard case .named(let named) = metric else {
      preconditionFailure("\(metric.name) reads the highest scores")
    }
    return measure(named)
  }

  /// A metric of ranks: `sklearn.metrics.roc_auc_score`, `average_precision_score`, the largest difference of
  /// `roc_curve`; undefined without the class that it needs.
  func measure(_ metric: PerformanceMetric) -> Statistic {
    if positives == 0 && negatives == 0 { return .undefined("there are no rows") }
    if positives == 0 { return .undefined("no label is positive") }
    if metric == .averagePrecision { return .defined(min(1, precision.value / positives)) }
    if negatives == 0 { return .undefined("every label is positive") }
    let pairs = positives * negatives
    switch metric {
    case .ks: return .defined(min(1, largestGap / pairs))
    case .gini: return .defined(max(-1, min(1, (concordance - pairs) / pairs)))
    default: return .defined(min(1, concordance / (2 * pairs)))
    }
  }
}
