/// What scores of a binary task look like over all thresholds, in few enough points to draw.
public struct ScoreCurves: Sendable {
  /// A point of a curve.
  public struct Point: Sendable, Hashable {
    public let x: Double
    public let y: Double
  }

  /// The share of rows of each class in a bin of the score.
  public struct Bin: Sendable, Hashable {
    public let positives: Double
    public let negatives: Double
  }

  /// The true positive rate over the false positive rate, from (0, 0) to (1, 1).
  public let receiverOperating: [Point]
  /// Precision over recall, from the highest threshold down.
  public let precisionRecall: [Point]
  /// The share of positive labels over the mean score of ten bins of equal width, those without rows left out; empty
  /// where scores are no probabilities.
  public let calibration: [Point]
  /// What separates neighbouring bins of the histogram.
  public let edges: [Double]
  /// One more than edges.
  public let histogram: [Bin]

  /// Nil without a row of each class that weighs, or with scores that are not finite. Traps when lengths differ.
  public init?(labels: [Bool], scores: [Double], weights: [Double]?) {
    precondition(
      labels.count == scores.count && weights?.count ?? labels.count == labels.count, "parallel columns")
    guard scores.allSatisfy(\.isFinite) else { return nil }
    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
    var (positives, negatives) = (0.0, 0.0)
    for row in labels.indices {
      if labels[row] { positives += weight(row) } else { negatives += weight(row) }
    }
    guard positives > 0, negatives > 0 else { return nil }
    let order = RadixSort.order(scores).reversed().map(Int.init)
    (receiverOperating, precisionRecall) = Self.curves(
      order, labels, scores, positives: positives, negatives: negatives, weight)
    calibration = Self.calibration(labels, scores, weight)
    (edges, histogram) = Self.histogram(labels, scores, positives: positives, negatives: negatives, weight)
  }

  /// Points at least this far apart, so that a curve of length 2 has about 200.
  private static let step = 0.01

  private static func curves(
    _ order: [Int], _ labels: [Bool], _ scores: [Double], positives: Double, negatives: Double,
    _ weight: (Int) -> Double
  ) -> (receiverOperating: [Point], precisionRecall: [Point]) {
    var (operating, precision) = ([Point(x: 0, y: 0)], [Point]())
    var (hits, alarms) = (0.0, 0.0)
    for (place, row) in order.enumerated() {
      if labels[row] { hits += weight(row) } else { alarms += weight(row) }
      let isLast = place == order.count - 1
      // A threshold takes all rows of one score.
      guard isLast || scores[order[place + 1]] != scores[row], hits + alarms > 0 else { continue }
      let point = Point(x: alarms / negatives, y: hits / positives)
      let previous = operating[operating.count - 1]
      if isLast || point.x - previous.x + point.y - previous.y >= step { operating.append(point) }
      let recalled = Point(x: hits / positives, y: hits / (hits + alarms))
      if isLast || recalled.x - (precision.last?.x ?? -1) >= step { precision.append(recalled) }
    }
    return (operating, precision)
  }

  private static func calibration(
    _ labels: [Bool], _ scores: [Double], _ weight: (Int) -> Double
  ) -> [Point] {
    guard ProbabilityLoss.reasonNot(scores) == nil else { return [] }
    var sums = [(score: Double, positives: Double, rows: Double)](repeating: (0, 0, 0), count: 10)
    for row in labels.indices {
      let bin = CalibrationBins.bin(scores[row])
      sums[bin].score += weight(row) * scores[row]
      sums[bin].positives += labels[row] ? weight(row) : 0
      sums[bin].rows += weight(row)
    }
    return sums.filter { $0.rows > 0 }.map { Point(x: $0.score / $0.rows, y: $0.positives / $0.rows) }
  }

  private static let bins = 10

  private static func histogram(
    _ labels: [Bool], _ scores: [Double], positives: Double, negatives: Double, _ weight: (Int) -> Double
  ) -> ([Double], [Bin]) {
    let (least, most) = scores.reduce((Double.infinity, -Double.infinity)) { (min($0.0, $1), max($0.1, $1)) }
    let (low, high) = least >= 0 && most <= 1 ? (0, 1) : (least, most)
    let width = high / Double(bins) - low / Double(bins)
    // Halves, since two scores may be farther apart than any Double.
    let half = width / 2
    var counts = [(positives: Double, negatives: Double)](repeating: (0, 0), count: bins)
    for row in labels.indices {
      let bin = half > 0 ? min(bins - 1, Int((scores[row] / 2 - low / 2) / half)) : 0
      if labels[row] { counts[bin].positives += weight(row) } else { counts[bin].negatives += weight(row) }
    }
    return (
      (1..<bins).map { low + Double($0) * width },
      counts.map { Bin(positives: $0.positives / positives, negatives: $0.negatives / negatives) }
    )
  }
}
