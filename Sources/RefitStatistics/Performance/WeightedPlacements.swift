/// Where each row stands among the rows of the other class: of a positive row the share of negative rows' weight that
/// scores below, of a negative row the share of positive rows' weight that scores above, ties counting half.
struct WeightedPlacements: Sendable {
  /// Of each row.
  let values: [Double]
  /// The area under the ROC curve: the mean of the positive rows' placements, and of the negative rows'.
  let area: Double

  /// Takes finite scores, usable weights, and rows that weigh something in both classes.
  init(labels: [Bool], scores: [Double], weights: [Double]?) {
    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
    let order = RadixSort.order(scores)
    var (positives, negatives) = (0.0, 0.0)
    for row in labels.indices {
      if labels[row] { positives += weight(row) } else { negatives += weight(row) }
    }
    var values = [Double](repeating: 0, count: labels.count)
    var (positivesBelow, negativesBelow, concordance) = (0.0, 0.0, CompensatedSum())
    var first = 0
    while first < order.count {
      var (end, tiedPositives, tiedNegatives) = (first, 0.0, 0.0)
      while end < order.count, scores[Int(order[end])] == scores[Int(order[first])] {
        let row = Int(order[end])
        if labels[row] { tiedPositives += weight(row) } else { tiedNegatives += weight(row) }
        end += 1
      }
      let ofPositives = (negativesBelow + tiedNegatives / 2) / negatives
      let ofNegatives = 1 - (positivesBelow + tiedPositives / 2) / positives
      for place in first..<end {
        let row = Int(order[place])
        values[row] = labels[row] ? ofPositives : ofNegatives
      }
      concordance.add(tiedPositives * ofPositives)
      positivesBelow += tiedPositives
      negativesBelow += tiedNegatives
      first = end
    }
    self.values = values
    area = concordance.value / positives
  }
}
