/// The scores of positive and of negative rows, each sorted once; what depends on ranks is read off a merge.
struct RankedClasses {
  private let positives: [Double]
  private let negatives: [Double]

  /// Traps when the lengths differ; the scores must be finite, since NaN has no place in an order.
  init(labels: [Bool], scores: [Double]) {
    precondition(labels.count == scores.count, "one score a label")
    let count = labels.count
    let positiveCount = labels.count(where: \.self)
    let both = [Double](unsafeUninitializedCapacity: count) { both, initialized in
      // The place is chosen by arithmetic, so that random labels cost no mispredicted branch.
      var positive = 0
      var negative = positiveCount
      for row in 0..<count {
        let isPositive = labels[row] ? 1 : 0
        let place = isPositive == 1 ? positive : negative
        (both.baseAddress! + place).initialize(to: scores[row])
        positive += isPositive
        negative += 1 - isPositive
      }
      initialized = count
    }
    positives = RadixSort.sorted(both[..<positiveCount])
    negatives = RadixSort.sorted(both[positiveCount...])
  }

  /// The area under the ROC curve (`sklearn.metrics.roc_auc_score`), rounded only once.
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

  /// All that the metrics of ranks need, in one merge.
  func sums() -> RankSums {
    var sums = RankSums(positives: Double(positiveCount), negatives: Double(negativeCount))
    forEachTie { tie in sums.add(positives: Double(tie.positives), negatives: Double(tie.negatives)) }
    return sums
  }

  /// How much more frequent positive labels are among the highest scores than among all rows.
  func lift(share: Double) -> Statistic {
    var top = HighestScores(share: share, positives: Double(positiveCount), negatives: Double(negativeCount))
    forEachTie { tie in top.add(positives: Double(tie.positives), negatives: Double(tie.negatives)) }
    return top.lift
  }

  /// Pairs of a positive and a negative row, counted twice where the positive scores above and once where
  /// they tie. An integer, so that the AUC is rounded only once.
  func doubledConcordance() -> Int {
    var doubled = 0
    forEachTie { tie in doubled += tie.negatives * (2 * tie.positivesAbove + tie.positives) }
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
      let negativesBelow = negatives.count - tie.negativesAbove - tie.negatives
      let ofPositive = Double(2 * negativesBelow + tie.negatives) - meanAbove
      let ofNegative = Double(2 * tie.positivesAbove + tie.positives) - meanBelow
      above.add(Double(tie.positives) * ofPositive * ofPositive)
      below.add(Double(tie.negatives) * ofNegative * ofNegative)
    }
    return above.value / (4 * n * n * (m - 1) * m) + below.value / (4 * m * m * (n - 1) * n)
  }

  /// How many rows of each class have one same score, and how many have a larger one.
  private struct Tie {
    var positives = 0
    var negatives = 0
    var positivesAbove = 0
    var negativesAbove = 0
  }

  /// Visits each distinct score, descending.
  @inline(__always)
  private func forEachTie(_ body: (Tie) -> Void) {
    positives.withUnsafeBufferPointer { positives in
      negatives.withUnsafeBufferPointer { negatives in
        var tie = Tie()
        var positive = positives.count - 1
        var negative = negatives.count - 1
        while positive >= 0 || negative >= 0 {
          let best = positive >= 0 ? positives[positive] : -Double.infinity
          let other = negative >= 0 ? negatives[negative] : -Double.infinity
          let score = max(best, other)
          tie.positives = 0
          while positive >= 0, positives[positive] == score {
            tie.positives += 1
            positive -= 1
          }
          tie.negatives = 0
          while negative >= 0, negatives[negative] == score {
            tie.negatives += 1
            negative -= 1
          }
          body(tie)
          tie.positivesAbove += tie.positives
          tie.negativesAbove += tie.negatives
        }
      }
    }
  }
}
