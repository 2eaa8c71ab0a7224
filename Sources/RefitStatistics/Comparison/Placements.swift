/// For each row, how many rows of the other class it is on the right side of: counted twice, and once where
/// they tie. Integers, so that two models that order the rows alike have identical placements.
struct Placements {
  let doubled: [Int]
  let positives: Int
  let negatives: Int

  /// The sum over positive rows, which is also the sum over negative rows.
  let concordance: Int

  var area: Double { Double(concordance) / (2 * Double(positives) * Double(negatives)) }

  /// Traps when the lengths differ; the scores must be finite.
  init(labels: [Bool], scores: [Double]) {
    precondition(labels.count == scores.count, "one score a label")
    self.init(labels: labels, ascending: Placements.ascending(scores))
  }

  /// From the rows in the order of their scores.
  init(labels: [Bool], ascending: [(score: Double, row: UInt32)]) {
    let positives = labels.count(where: \.self)
    var doubled = [Int](repeating: 0, count: labels.count)
    var concordance = 0
    var positivesBelow = 0
    var negativesBelow = 0
    var first = 0
    while first < ascending.count {
      var end = first
      var tied = 0
      while end < ascending.count, ascending[end].score == ascending[first].score {
        tied += labels[Int(ascending[end].row)] ? 1 : 0
        end += 1
      }
      let ofPositive = 2 * negativesBelow + (end - first - tied)
      let ofNegative = 2 * (positives - positivesBelow - tied) + tied
      for position in first..<end {
        let row = Int(ascending[position].row)
        doubled[row] = labels[row] ? ofPositive : ofNegative
      }
      concordance += tied * ofPositive
      positivesBelow += tied
      negativesBelow += end - first - tied
      first = end
    }
    self.doubled = doubled
    self.positives = positives
    self.negatives = labels.count - positives
    self.concordance = concordance
  }

  /// The rows in the order of their scores.
  static func ascending(_ scores: [Double]) -> [(score: Double, row: UInt32)] {
    var entries: [(score: Double, row: UInt32)] = []
    entries.reserveCapacity(scores.count)
    for row in scores.indices { entries.append((scores[row], UInt32(row))) }
    entries.sort { $0.score < $1.score }
    return entries
  }
}
