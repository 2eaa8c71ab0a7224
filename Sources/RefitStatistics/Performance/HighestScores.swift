/// The rows of the highest scores that make up a share of all rows; of tied rows at the border, the share that fits.
struct HighestScores {
  private let positives: Double
  private let total: Double
  private let wanted: Double
  private var taken = 0.0
  private var hits = 0.0

  init(share: Double, positives: Double, negatives: Double) {
    self.positives = positives
    total = positives + negatives
    // All rows are all of them, even those whose weight vanishes beside the others.
    wanted = share == 1 ? .infinity : share * total
  }

  /// The weight of the rows of each class that have the next lower score.
  mutating func add(positives tiedPositives: Double, negatives tiedNegatives: Double) {
    let tied = tiedPositives + tiedNegatives
    guard taken < wanted, tied > 0 else { return }
    let fitting = min(1, (wanted - taken) / tied)
    hits += fitting * tiedPositives
    taken += tied
  }

  /// The share of positive rows among these over that among all.
  var lift: Statistic {
    if total == 0 { return .undefined("there are no rows") }
    if positives == 0 { return .undefined("no label is positive") }
    return wanted == .infinity ? .defined(1) : Statistic(finite: hits / positives / (wanted / total))
  }
}
