/// How far a metric strays between samples of one population, as the reference shows: the standard deviation of
/// what each row that counts contributes, over √(the rows that count). NannyML's definitions.
struct SamplingError: Sendable, Hashable {
  /// The population standard deviation of the contributions.
  private let spread: Double
  /// The share of rows that count.
  private let share: Double

  /// The standard error over `rows` rows; undefined where no reference row counts.
  func standardError(rows: Int) -> Statistic {
    share == 0 || rows == 0
      ? .undefined("no reference row shows how far it strays")
      : .defined(spread / (Double(rows) * share).squareRoot())
  }

  /// Of accuracy, precision, recall and specificity a row contributes 1 when it is right and 0 else.
  private init(right: Int, of relevant: Int, rows: Int, factor: Double = 1) {
    let mean = relevant == 0 ? 0 : Double(right) / Double(relevant)
    spread = factor * (mean * (1 - mean)).squareRoot()
    share = Double(relevant) / Double(rows)
  }

  /// Of F1, of the rows that are or were predicted positive, a true positive contributes their number over
  /// TP + (FP + FN) / 2, which makes their mean F1.
  private init(f1 confusion: BinaryConfusion) {
    let wrong = confusion.falsePositives + confusion.falseNegatives
    let relevant = confusion.truePositives + wrong
    let weight = Double(confusion.truePositives) + Double(wrong) / 2
    self.init(
      right: confusion.truePositives, of: relevant, rows: confusion.count,
      factor: relevant == 0 ? 0 : Double(relevant) / weight)
  }

  /// Of the area under the ROC curve a row of the rarer class (the positive one when equal) contributes the share
  /// of rows of the other class that it is on the right side of.
  private init(areaOf placements: Placements, labels: [Bool]) {
    let isPositiveRarer = placements.positives <= placements.negatives
    let others = Double(isPositiveRarer ? placements.negatives : placements.positives)
    let shares = labels.indices.filter { labels[$0] == isPositiveRarer }
      .map { Double(placements.doubled[$0]) / (2 * others) }
    spread = Spread.standardDeviation(of: shares)
    share = Double(shares.count) / Double(labels.count)
  }

  /// Of every metric, from reference rows with labels of both classes and finite scores.
  static func ofReference(
    labels: [Bool], scores: [Double], predictions: [Bool]
  ) -> [EstimatedMetric: SamplingError] {
    let confusion = BinaryConfusion(labels: labels, predictions: predictions)
    let (truePositives, trueNegatives) = (confusion.truePositives, confusion.trueNegatives)
    let (falsePositives, falseNegatives) = (confusion.falsePositives, confusion.falseNegatives)
    func share(_ right: Int, of relevant: Int) -> SamplingError {
      SamplingError(right: right, of: relevant, rows: confusion.count)
    }
    return [
      .rocAUC: SamplingError(areaOf: Placements(labels: labels, scores: scores), labels: labels),
      .accuracy: share(truePositives + trueNegatives, of: confusion.count),
      .precision: share(truePositives, of: truePositives + falsePositives),
      .recall: share(truePositives, of: truePositives + falseNegatives),
      .specificity: share(trueNegatives, of: trueNegatives + falsePositives),
      .f1: SamplingError(f1: confusion),
    ]
  }
}
