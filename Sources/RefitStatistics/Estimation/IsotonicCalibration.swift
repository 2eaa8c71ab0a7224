/// Scores as probabilities by isotonic regression: the rising function of the score that is closest to the labels
/// in squares (pool adjacent violators; Barlow et al. 1972; Zadrozny and Elkan, KDD 2002).
public struct IsotonicCalibration: Sendable, Hashable {
  /// The scores between which the function is interpolated, ascending, and its values there.
  private let scores: [Double]
  private let probabilities: [Double]

  /// Fits rows of one label each; O(n log n). Equal scores are one point, their mean label its value
  /// (`sklearn.isotonic.IsotonicRegression(out_of_bounds="clip")`, which also takes scores less than 1e-15 apart
  /// as equal). Throws without rows and when a score is not finite; traps when the lengths differ.
  public init(scores: [Double], labels: [Bool]) throws(Uncalibratable) {
    try Uncalibratable.check(scores: scores, labels: labels)
    var blocks: [Block] = []
    for point in Self.points(scores, labels) {
      blocks.append(point)
      while blocks.count > 1, blocks[blocks.count - 2].isAbove(blocks[blocks.count - 1]) {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].take(last)
      }
    }
    // Of a block only its ends matter; between blocks the function is interpolated.
    var corners: [(score: Double, probability: Double)] = []
    for block in blocks {
      corners.append((block.first, block.mean))
      if block.last != block.first { corners.append((block.last, block.mean)) }
    }
    self.scores = corners.map(\.score)
    probabilities = corners.map(\.probability)
  }

  /// The probability of a positive label at a finite score, 0…1: interpolated between the scores that were fitted,
  /// and beyond them that of the nearest.
  public func probability(of score: Double) -> Double {
    precondition(score.isFinite, "a score is finite")
    var (low, high) = (0, scores.count)
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] < score { low = middle + 1 } else { high = middle }
    }
    if low == scores.count { return probabilities[low - 1] }
    if low == 0 || scores[low] == score { return probabilities[low] }
    let (left, right) = (probabilities[low - 1], probabilities[low])
    // Halves, since two scores may be further apart than a Double can hold.
    let share = (score / 2 - scores[low - 1] / 2) / (scores[low] / 2 - scores[low - 1] / 2)
    return min(max(left + (right - left) * share, left), right)
  }

  /// Neighbouring points with one value; counts, so that no rounding decides what is pooled.
  private struct Block {
    var first: Double
    var last: Double
    var positives: Int
    var count: Int

    var mean: Double { Double(positives) / Double(count) }

    func isAbove(_ next: Block) -> Bool { positives * next.count >= next.positives * count }

    mutating func take(_ next: Block) {
      last = next.last
      positives += next.positives
      count += next.count
    }
  }

  /// Distinct scores, ascending.
  private static func points(_ scores: [Double], _ labels: [Bool]) -> [Block] {
    var blocks: [Block] = []
    let positives = RadixSort.sorted(zip(scores, labels).filter(\.1).map(\.0))
    let negatives = RadixSort.sorted(zip(scores, labels).filter { !$0.1 }.map(\.0))
    var (positive, negative) = (0, 0)
    while positive < positives.count || negative < negatives.count {
      let score = min(
        positive < positives.count ? positives[positive] : .infinity,
        negative < negatives.count ? negatives[negative] : .infinity)
      let before = (positive, negative)
      while positive < positives.count, positives[positive] == score { positive += 1 }
      while negative < negatives.count, negatives[negative] == score { negative += 1 }
      let rows = positive - before.0 + negative - before.1
      blocks.append(Block(first: score, last: score, positives: positive - before.0, count: rows))
    }
    return blocks
  }
}
