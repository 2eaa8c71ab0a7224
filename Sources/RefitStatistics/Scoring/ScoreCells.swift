/// The rows of a binary task in cells of neighbouring scores, so that metrics of scores are resampled by counts, in a
/// time that hardly grows with the rows.
///
/// A cell holds at most one row in 200 of those that score at least as high (and any number of rows of one score), and
/// lies within one bin of the calibration error. So the rows that score highest, on which the average precision
/// depends most, are alone, and what moves within a cell is small beside what moves between cells.
struct ScoreCells: Sendable {
  private let metrics: [BinaryMetric]
  /// The rows of each cell by class, from the highest scores down: positives and negatives in turn.
  let kinds: [Int]
  /// The kind of each row.
  private let places: [UInt32]
  private let meanScores: [Double]
  private let bins: [Int]
  /// The metrics of the rows themselves less those of the cells.
  private var shifts: [Double] = []

  private static let fineness = 200

  /// Takes finite scores, and probabilities where the metrics ask for them; `values` are the metrics of the rows.
  init(labels: [Bool], scores: [Double], metrics: [BinaryMetric], values: [Statistic]) {
    self.metrics = metrics
    let isCalibrated = metrics.contains(.named(.ece))
    var (kinds, means, bins) = ([Int](), [Double](), [Int]())
    var (positives, negatives, sum, above) = (0, 0, 0.0, 0)
    var places = [UInt32](repeating: 0, count: labels.count)
    let order = RadixSort.order(scores)
    for place in stride(from: order.count - 1, through: 0, by: -1) {
      let row = Int(order[place])
      if labels[row] { positives += 1 } else { negatives += 1 }
      places[row] = UInt32(kinds.count + (labels[row] ? 0 : 1))
      sum += scores[row]
      let rows = positives + negatives
      let next = place > 0 ? scores[Int(order[place - 1])] : -.infinity
      guard next != scores[row] else { continue }
      let bin = isCalibrated ? CalibrationBins.bin(scores[row]) : 0
      let isFull = rows >= 1 + above / Self.fineness
      let endsBin = isCalibrated && place > 0 && CalibrationBins.bin(next) != bin
      guard isFull || endsBin || place == 0 else { continue }
      kinds += [positives, negatives]
      means.append(sum / Double(rows))
      bins.append(bin)
      above += rows
      (positives, negatives, sum) = (0, 0, 0)
    }
    (self.kinds, meanScores, self.bins, self.places) = (kinds, means, bins, places)
    shifts = zip(values, measures(kinds)).map { ($0.value ?? 0) - ($1.value ?? 0) }
  }

  /// The metrics where each kind of rows is so frequent, shifted so that those of `kinds` are those of the rows.
  func shiftedMeasures(_ counts: [Int]) -> [Statistic] {
    zip(measures(counts), shifts).map { statistic, shift in
      statistic.value.map { .defined($0 + shift) } ?? statistic
    }
  }

  /// The same where row i occurs `multiplicities[i]` times.
  func shiftedMeasures(multiplicities: UnsafeBufferPointer<UInt8>) -> [Statistic] {
    precondition(multiplicities.count == places.count, "one multiplicity a row")
    var counts = [Int](repeating: 0, count: kinds.count)
    counts.withUnsafeMutableBufferPointer { counts in
      places.withUnsafeBufferPointer { places in
        for row in 0..<places.count { counts[Int(places[row])] &+= Int(multiplicities[row]) }
      }
    }
    return shiftedMeasures(counts)
  }

  private func measures(_ counts: [Int]) -> [Statistic] {
    var (positives, negatives) = (0, 0)
    for cell in meanScores.indices {
      positives += counts[2 * cell]
      negatives += counts[2 * cell + 1]
    }
    var ranks = RankSums(positives: Double(positives), negatives: Double(negatives))
    var gaps = [Double](repeating: 0, count: 10)
    for cell in meanScores.indices {
      let (hits, others) = (Double(counts[2 * cell]), Double(counts[2 * cell + 1]))
      ranks.add(positives: hits, negatives: others)
      gaps[bins[cell]] += hits - meanScores[cell] * (hits + others)
    }
    let rows = Double(positives + negatives)
    return metrics.map { metric in
      if case .lift(let share) = metric { return lift(share: share, counts, positives, negatives) }
      guard metric == .named(.ece) else { return ranks.measure(metric) }
      return rows == 0 ? .undefined("there are no rows") : .defined(gaps.reduce(0) { $0 + abs($1) } / rows)
    }
  }

  private func lift(share: Double, _ counts: [Int], _ positives: Int, _ negatives: Int) -> Statistic {
    var top = HighestScores(share: share, positives: Double(positives), negatives: Double(negatives))
    for cell in meanScores.indices {
      top.add(positives: Double(counts[2 * cell]), negatives: Double(counts[2 * cell + 1]))
    }
    return top.lift
  }
}
