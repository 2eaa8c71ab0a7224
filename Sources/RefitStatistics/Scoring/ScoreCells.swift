/// The rows of a binary task in cells of neighbouring scores, so that metrics of scores are resampled by counts, in a
/// time that hardly grows with the rows.
///
/// A cell is full as soon as it holds one row in 200 of those that score at least as high, by their weights (and with any
/// number of rows of one score), and lies within one bin of the calibration error. So the rows that score highest, on which the average
/// precision depends most, are alone, and what moves within a cell is small beside what moves between cells. A cell also ends
/// where the second class begins and where the first one ends, so that classes that are told apart without an error stay so.
struct ScoreCells: Sendable {
  private let metrics: [BinaryMetric]
  /// The rows of each cell by class, from the highest scores down: positives and negatives in turn.
  let kinds: [Int]
  /// The kind of each row.
  private let places: [UInt32]
  /// Of each row, near 1 on average; nil where rows weigh the same.
  private let weights: [Double]?
  private let meanScores: [Double]
  private let bins: [Int]
  /// The metrics of the rows themselves less those of the cells.
  private var shifts: [Double] = []
  /// What deviations are from: the gaps of the cells themselves.
  private var gaps = Gaps()

  private static let fineness = 200.0

  /// Takes finite scores, and probabilities where the metrics ask for them, and weights of which one is not 0; `values`
  /// are the metrics of the rows.
  init(
    labels: [Bool], scores: [Double], weights: [Double]? = nil, metrics: [BinaryMetric], values: [Statistic]
  ) {
    self.metrics = metrics
    let isCalibrated = metrics.contains(.named(.ece))
    let weights = weights.map(Self.scaled)
    var (kinds, means, bins) = ([Int](), [Double](), [Int]())
    var (positives, negatives, weight, sum, above) = (0, 0, 0.0, 0.0, 0.0)
    var places = [UInt32](repeating: 0, count: labels.count)
    let borders = Self.borders(labels, scores, weights)
    let order = RadixSort.order(scores)
    for place in stride(from: order.count - 1, through: 0, by: -1) {
      let row = Int(order[place])
      let own = weights?[row] ?? 1
      if labels[row] { positives += 1 } else { negatives += 1 }
      places[row] = UInt32(kinds.count + (labels[row] ? 0 : 1))
      weight += own
      sum += own * scores[row]
      let next = place > 0 ? scores[Int(order[place - 1])] : -.infinity
      guard next != scores[row] else { continue }
      let bin = isCalibrated ? CalibrationBins.bin(scores[row]) : 0
      let endsBin = isCalibrated && place > 0 && CalibrationBins.bin(next) != bin
      let endsClass = borders.contains { $0 > next && $0 <= scores[row] }
      guard weight >= above / Self.fineness || endsBin || endsClass || place == 0 else { continue }
      kinds += [positives, negatives]
      means.append(weight > 0 ? sum / weight : scores[row])
      bins.append(bin)
      above += weight
      (positives, negatives, weight, sum) = (0, 0, 0, 0)
    }
    (self.kinds, meanScores, self.bins, self.places) = (kinds, means, bins, places)
    self.weights = weights
    let ones = [UInt8](repeating: 1, count: labels.count)
    let sums = ones.withUnsafeBufferPointer { self.sums($0) }
    shifts = zip(values, measures(sums)).map { ($0.value ?? 0) - ($1.value ?? 0) }
    gaps = Gaps(sums, self)
  }

  /// The lowest score that is over all of one class, and the lowest of the class that ends first.
  private static func borders(_ labels: [Bool], _ scores: [Double], _ weights: [Double]?) -> [Double] {
    var (least, most) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
    for row in labels.indices where weights?[row] != 0 {
      let own = labels[row] ? 1 : 0
      least[own] = min(least[own], scores[row])
      most[own] = max(most[own], scores[row])
    }
    let second = min(most[0], most[1])
    let lastAlone = scores.reduce(Double.infinity) { $1 > second ? min($0, $1) : $0 }
    return [lastAlone, max(least[0], least[1])]
  }

  /// Divided by a power of two, so that products of sums stay within a Double.
  private static func scaled(_ weights: [Double]) -> [Double] {
    let mean = weights.reduce(0) { $0 + $1 / Double(weights.count) }
    return weights.map { $0 / mean.binade }
  }

  /// The metrics where each kind of rows is so frequent, shifted so that those of `kinds` are those of the rows, and behind
  /// them the deviations of those that chance can only raise (`DeviationBand`).
  func resampled(_ counts: [Int]) -> [Double?] { resampled(counts.map(Double.init)) }

  /// The same where row i occurs `multiplicities[i]` times.
  func resampled(multiplicities: UnsafeBufferPointer<UInt8>) -> [Double?] { resampled(sums(multiplicities)) }

  private func resampled(_ sums: [Double]) -> [Double?] {
    let values = measures(sums).enumerated().map { index, statistic in
      // A shift must not take a metric where no rows could have it.
      statistic.value.map { metrics[index].limited($0 + shifts[index]) }
    }
    let raised = metrics.filter(\.isRaisedByChance)
    return raised.isEmpty ? values : values + Gaps(sums, self).deviations(raised, from: gaps)
  }

  /// TP/P − FP/N below each cell, and each bin's share of the calibration error.
  private struct Gaps: Sendable {
    var ofRanks: [Double] = []
    var ofBins: [Double] = []

    init() {}

    init(_ sums: [Double], _ cells: ScoreCells) {
      let positives = stride(from: 0, to: sums.count, by: 2).reduce(0) { $0 + sums[$1] }
      let negatives = stride(from: 1, to: sums.count, by: 2).reduce(0) { $0 + sums[$1] }
      var (hits, others, bins) = (0.0, 0.0, [Double](repeating: 0, count: 10))
      for cell in cells.meanScores.indices {
        let (own, other) = (sums[2 * cell], sums[2 * cell + 1])
        (hits, others) = (hits + own, others + other)
        if positives > 0, negatives > 0 { ofRanks.append(hits / positives - others / negatives) }
        bins[cells.bins[cell]] += own - cells.meanScores[cell] * (own + other)
      }
      if positives + negatives > 0 { ofBins = bins.map { $0 / (positives + negatives) } }
    }

    func deviations(_ metrics: [BinaryMetric], from whole: Gaps) -> [Double?] {
      metrics.map { metric in
        let isOfRanks = metric == .named(.ks)
        let apart = zip(isOfRanks ? ofRanks : ofBins, isOfRanks ? whole.ofRanks : whole.ofBins)
          .map { abs($0 - $1) }
        return apart.isEmpty ? nil : isOfRanks ? apart.max() : apart.reduce(0, +)
      }
    }
  }

  /// What the rows of each kind weigh.
  private func sums(_ multiplicities: UnsafeBufferPointer<UInt8>) -> [Double] {
    precondition(multiplicities.count == places.count, "one multiplicity a row")
    guard let weights else {
      return total(Int.self) { Int(multiplicities[$0]) }.map(Double.init)
    }
    return weights.withUnsafeBufferPointer { weights in
      total(Double.self) { weights[$0] * Double(multiplicities[$0]) }
    }
  }

  @inline(__always)
  private func total<Number: AdditiveArithmetic>(_: Number.Type, _ number: (Int) -> Number) -> [Number] {
    var totals = [Number](repeating: .zero, count: kinds.count)
    totals.withUnsafeMutableBufferPointer { totals in
      places.withUnsafeBufferPointer { places in
        for row in 0..<places.count { totals[Int(places[row])] += number(row) }
      }
    }
    return totals
  }

  private func measures(_ sums: [Double]) -> [Statistic] {
    var (positives, negatives) = (0.0, 0.0)
    for cell in meanScores.indices {
      positives += sums[2 * cell]
      negatives += sums[2 * cell + 1]
    }
    var ranks = RankSums(positives: positives, negatives: negatives)
    var gaps = [Double](repeating: 0, count: 10)
    for cell in meanScores.indices {
      let (hits, others) = (sums[2 * cell], sums[2 * cell + 1])
      ranks.add(positives: hits, negatives: others)
      gaps[bins[cell]] += hits - meanScores[cell] * (hits + others)
    }
    let rows = positives + negatives
    return metrics.map { metric in
      if case .lift(let share) = metric { return lift(share: share, sums, positives, negatives) }
      guard metric == .named(.ece) else { return ranks.measure(metric) }
      return rows == 0 ? .undefined("there are no rows") : .defined(gaps.reduce(0) { $0 + abs($1) } / rows)
    }
  }

  private func lift(share: Double, _ sums: [Double], _ positives: Double, _ negatives: Double) -> Statistic {
    var top = HighestScores(share: share, positives: positives, negatives: negatives)
    for cell in meanScores.indices { top.add(positives: sums[2 * cell], negatives: sums[2 * cell + 1]) }
    return top.lift
  }
}

extension BinaryMetric {
  /// The nearest value that rows could have, for a metric of ranks and the calibration error.
  fileprivate func limited(_ value: Double) -> Double {
    switch self {
    case .lift(let share): min(1 / share, max(0, value))
    case .named(.gini): min(1, max(-1, value))
    default: min(1, max(0, value))
    }
  }
}
