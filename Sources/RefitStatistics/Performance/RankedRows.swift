/// Rows in descending order of their scores, sorted once, so that ranks can be read again with other weights.
struct RankedRows: Sendable {
  /// The rows, those of the highest score first.
  private let rows: [UInt32]
  /// For each of them, whether it is positive (1) and whether it is the last of its score (2).
  private let marks: [UInt8]

  /// Traps when the lengths differ; the scores must be finite.
  init(labels: [Bool], scores: [Double]) {
    precondition(labels.count == scores.count, "one score a label")
    let ascending = RadixSort.order(scores)
    let last = ascending.count - 1
    let rows = [UInt32](ascending.reversed())
    marks = rows.indices.map { place in
      let row = Int(rows[place])
      let ends = place == last || scores[Int(rows[place + 1])] != scores[row]
      return (labels[row] ? 1 : 0) | (ends ? 2 : 0)
    }
    self.rows = rows
  }

  /// The sums of ranks where row i weighs `weight(i)`.
  @inline(__always)
  func sums(weight: (Int) -> Double) -> RankSums {
    let scale = classScale(weight)
    var sums = RankSums(
      positives: scale.positives * scale.ofPositives, negatives: scale.negatives * scale.ofNegatives,
      unit: (scale.ofPositives, 1 / scale.ofNegatives))
    forEachTie(weight) { positives, negatives in
      sums.add(positives: positives * scale.ofPositives, negatives: negatives * scale.ofNegatives)
    }
    return sums
  }

  @inline(__always)
  func lift(share: Double, weight: (Int) -> Double) -> Statistic {
    let scale = classScale(weight)
    var top = HighestScores(share: share, positives: scale.positives, negatives: scale.negatives)
    forEachTie(weight) { top.add(positives: $0, negatives: $1) }
    return top.lift
  }

  /// TP/P − FP/N with each distinct score as the threshold, from the highest down, where the classes weigh so much.
  @inline(__always)
  func gaps(positives: Double, negatives: Double, weight: (Int) -> Double) -> [Double] {
    var gaps: [Double] = []
    forEachGap(1 / positives, 1 / negatives, weight) { gaps.append($0) }
    return gaps
  }

  /// The greatest distance of these gaps, with other weights, from those given.
  @inline(__always)
  func deviation(
    from gaps: [Double], positives: Double, negatives: Double, weight: (Int) -> Double
  ) -> Double {
    gaps.withUnsafeBufferPointer { gaps in
      var (place, greatest) = (0, 0.0)
      forEachGap(1 / positives, 1 / negatives, weight) {
        greatest = max(greatest, abs($0 - gaps[place]))
        place += 1
      }
      return greatest
    }
  }

  @inline(__always)
  private func forEachGap(
    _ ofPositive: Double, _ ofNegative: Double, _ weight: (Int) -> Double, _ body: (Double) -> Void
  ) {
    var (hits, others) = (0.0, 0.0)
    forEachTie(weight) { positives, negatives in
      hits += positives
      others += negatives
      body(hits * ofPositive - others * ofNegative)
    }
  }

  /// The weight of each class, and powers of two that bring them near 1 where their product could overflow or vanish.
  private typealias ClassScale = (
    positives: Double, negatives: Double, ofPositives: Double, ofNegatives: Double
  )

  @inline(__always)
  private func classScale(_ weight: (Int) -> Double) -> ClassScale {
    var positives = 0.0
    var negatives = 0.0
    for place in rows.indices {
      let weight = weight(Int(rows[place]))
      let isPositive = marks[place] & 1 == 1
      positives += isPositive ? weight : 0
      negatives += isPositive ? 0 : weight
    }
    return (positives, negatives, RankedRows.scale(of: positives), RankedRows.scale(of: negatives))
  }

  private static func scale(of total: Double) -> Double {
    total == 0 || (total > 0x1p-300 && total < 0x1p300) ? 1 : min(0x1p1000, 1 / total.binade)
  }

  /// Visits the weight of positive and of negative rows of each distinct score, descending.
  @inline(__always)
  private func forEachTie(_ weight: (Int) -> Double, _ body: (Double, Double) -> Void) {
    var positives = 0.0
    var negatives = 0.0
    for place in rows.indices {
      let weight = weight(Int(rows[place]))
      let mark = marks[place]
      positives += mark & 1 == 1 ? weight : 0
      negatives += mark & 1 == 1 ? 0 : weight
      if mark & 2 == 2 {
        body(positives, negatives)
        positives = 0
        negatives = 0
      }
    }
  }
}
