/// The scores of positive and of negative rows, each sorted once; AUC and its variance are read off a merge.
struct RankedClasses {
  private let positives: [Double]
  private let negatives: [Double]

  /// Traps when the lengths differ; the scores must be finite, since NaN has no place in an order.
  init(labels: [Bool], scores: [Double]) {
    precondition(labels.count == scores.count, "one score a label")
    var positives: [Double] = []
    var negatives: [Double] = []
    positives.reserveCapacity(labels.count)
    negatives.reserveCapacity(labels.count)
    for row in labels.indices {
      if labels[row] { positives.append(scores[row]) } else { negatives.append(scores[row]) }
    }
    positives.sort()
    negatives.sort()
    self.positives = positives
    self.negatives = negatives
  }

  /// The area under the ROC curve (`sklearn.metrics.roc_auc_score`): the probability that a positive row
  /// scores above a negative one, ties counting half; undefined with one class or with non-finite scores.
  static func area(labels: [Bool], scores: [Double]) -> Statistic {
    if let reason = reasonNotFinite(scores, called: "scores") { return .undefined(reason) }
    return RankedClasses(labels: labels, scores: scores).area
  }

  var area: Statistic {
    if let reason = RankedClasses.reasonNoArea(positives: positiveCount, negatives: negativeCount) {
      return .undefined(reason)
    }
    return .defined(Double(doubledConcordance()) / (2 * Double(positiveCount) * Double(negativeCount)))
  }

  /// Why rows of these classes have no AUC, or nil when they have one.
  static func reasonNoArea(positives: Int, negatives: Int) -> String? {
    if positives == 0 && negatives == 0 { return "there are no rows" }
    if positives == 0 { return "no label is positive" }
    return negatives == 0 ? "every label is positive" : nil
  }

  var positiveCount: Int { positives.count }
  var negativeCount: Int { negatives.count }

  /// Pairs of a positive and a negative row, counted twice where the positive scores above and once where
  /// they tie. An integer, so that the AUC is rounded only once.
  func doubledConcordance() -> Int {
    var doubled = 0
    forEachTie { tie in doubled += tie.positives * (2 * tie.negativesBelow + tie.negatives) }
    return doubled
  }

  /// DeLong's variance of the AUC, Var(V10)/m + Var(V01)/n; needs two rows of each class.
  func placementVariance() -> Double {
    let area = Double(doubledConcordance())
    let (m, n) = (Double(positives.count), Double(negatives.count))
    let (meanAbove, meanBelow) = (area / m, area / n)
    var above = CompensatedSum()
    var below = CompensatedSum()
    forEachTie { tie in
      let ofPositive = Double(2 * tie.negativesBelow + tie.negatives) - meanAbove
      let positivesAbove = positives.count - tie.positivesBelow - tie.positives
      let ofNegative = Double(2 * positivesAbove + tie.positives) - meanBelow
      above.add(Double(tie.positives) * ofPositive * ofPositive)
      below.add(Double(tie.negatives) * ofNegative * ofNegative)
    }
    return above.value / (4 * n * n * (m - 1) * m) + below.value / (4 * m * m * (n - 1) * n)
  }

  /// How many rows of each class have one same score, and how many have a smaller one.
  private struct Tie {
    var positives = 0
    var negatives = 0
    var positivesBelow = 0
    var negativesBelow = 0
  }

  /// Visits each distinct score, ascending.
  private func forEachTie(_ body: (Tie) -> Void) {
    var tie = Tie()
    while tie.positivesBelow < positives.count || tie.negativesBelow < negatives.count {
      let score = nextScore(after: tie)
      var positive = tie.positivesBelow
      while positive < positives.count, positives[positive] == score { positive += 1 }
      var negative = tie.negativesBelow
      while negative < negatives.count, negatives[negative] == score { negative += 1 }
      tie.positives = positive - tie.positivesBelow
      tie.negatives = negative - tie.negativesBelow
      body(tie)
      tie.positivesBelow = positive
      tie.negativesBelow = negative
    }
  }

  private func nextScore(after tie: Tie) -> Double {
    if tie.positivesBelow == positives.count { return negatives[tie.negativesBelow] }
    if tie.negativesBelow == negatives.count { return positives[tie.positivesBelow] }
    return min(positives[tie.positivesBelow], negatives[tie.negativesBelow])
  }
}
