/// The scores of two models on the same rows, sorted once, so that the areas under their ROC curves are found for any
/// weights of the rows without sorting again.
public struct PairedRanks: Sendable {
  private let rows: Int
  private let candidate: ModelRanks
  private let champion: ModelRanks
  private let modelsAgree: Bool
  private let acceleration: Double?
  private let reason: String?

  /// Traps when the lengths differ; one class only and scores that are not finite make the areas undefined.
  public init(labels: [Bool], candidate: [Double], champion: [Double]) {
    precondition(labels.count == candidate.count && labels.count == champion.count, "one score a label")
    rows = labels.count
    let positives = labels.count(where: \.self)
    reason =
      reasonNotFinite(candidate, called: "candidate scores")
      ?? reasonNotFinite(champion, called: "champion scores")
      ?? RankedClasses.reasonNoArea(positives: positives, negatives: labels.count - positives)
    guard reason == nil else {
      (self.candidate, self.champion, acceleration) = (ModelRanks(), ModelRanks(), nil)
      modelsAgree = false
      return
    }
    modelsAgree = Agreement.isOfOrder(candidate, champion)
    let (own, other) = (RadixSort.order(candidate), RadixSort.order(champion))
    self.candidate = ModelRanks(labels: labels, scores: candidate, ascending: own)
    self.champion = ModelRanks(labels: labels, scores: champion, ascending: other)
    acceleration = Self.acceleration(
      labels, Placements(labels: labels, scores: candidate, ascending: own),
      Placements(labels: labels, scores: champion, ascending: other))
  }

  /// The Poisson-weighted paired bootstrap of the areas' difference.
  public func bootstrap(_ plan: ResamplingPlan) -> BootstrapComparison {
    if let reason {
      return BootstrapComparison(
        candidate: .undefined(reason), champion: .undefined(reason), modelsAgree: modelsAgree,
        replicates: { [] }, acceleration: { nil })
    }
    let weights = PoissonWeights(seed: plan.seed)
    let ones = [UInt8](repeating: 1, count: rows)
    var scratch = WeightedRanks(rows: rows, negatives: candidate.negatives.count)
    let own = scratch.measure(candidate, weights: ones)
    let other = scratch.measure(champion, weights: ones)
    return BootstrapComparison(
      candidate: .defined(Double(own.concordance) / own.pairs),
      champion: .defined(Double(other.concordance) / other.pairs), modelsAgree: modelsAgree,
      replicates: {
        plan.map(scratch: { WeightedRanks(rows: rows, negatives: candidate.negatives.count) }) {
          scratch, resample in
          scratch.draw(weights, resample: resample)
          let own = scratch.measure(candidate)
          if own.pairs == 0 { return nil }
          return Double(own.concordance - scratch.measure(champion).concordance) / own.pairs
        }
      },
      acceleration: { acceleration })
  }

  /// Leaving out a row takes its placement out of the concordant pairs.
  private static func acceleration(_ labels: [Bool], _ candidate: Placements, _ champion: Placements)
    -> Double?
  {
    let (positives, negatives) = (Double(candidate.positives), Double(candidate.negatives))
    guard positives > 1, negatives > 1 else { return nil }
    let difference = candidate.concordance - champion.concordance
    return Jackknife.acceleration(
      labels.indices.map { row in
        let left = Double(difference - (candidate.doubled[row] - champion.doubled[row]))
        return left / (labels[row] ? 2 * (positives - 1) * negatives : 2 * positives * (negatives - 1))
      })
  }
}

/// The rows of each class in the order of one model's scores.
private struct ModelRanks: Sendable {
  fileprivate private(set) var negatives: [UInt32] = []
  fileprivate private(set) var positives: [UInt32] = []
  /// For each positive row, how many negative rows score below it, and how many at most as high.
  fileprivate private(set) var below: [UInt32] = []
  fileprivate private(set) var upTo: [UInt32] = []

  init() {}

  init(labels: [Bool], scores: [Double], ascending: [UInt32]) {
    var first = 0
    while first < ascending.count {
      let before = UInt32(negatives.count)
      var end = first
      while end < ascending.count, scores[Int(ascending[end])] == scores[Int(ascending[first])] {
        let row = ascending[end]
        if labels[Int(row)] { positives.append(row) } else { negatives.append(row) }
        end += 1
      }
      while below.count < positives.count {
        below.append(before)
        upTo.append(UInt32(negatives.count))
      }
      first = end
    }
  }
}

/// What one thread measures resamples in.
private struct WeightedRanks {
  private var weights: [UInt8]
  /// The weight of the first negative rows: of none, one, two …
  private var cumulative: [UInt32]

  init(rows: Int, negatives: Int) {
    weights = [UInt8](repeating: 0, count: rows)
    cumulative = [UInt32](repeating: 0, count: negatives + 1)
  }

  mutating func draw(_ source: PoissonWeights, resample: Int) {
    weights.withUnsafeMutableBufferPointer { source.fill($0, resample: resample) }
  }

  mutating func measure(_ ranks: ModelRanks, weights: [UInt8]) -> (concordance: Int, pairs: Double) {
    self.weights = weights
    return measure(ranks)
  }

  /// Weighted pairs of a positive and a negative row, counted twice where the positive scores above and once where
  /// they tie, and twice the weight of all pairs.
  mutating func measure(_ ranks: ModelRanks) -> (concordance: Int, pairs: Double) {
    let drawn = self.weights
    let weights = drawn.span
    var cumulative = cumulative.mutableSpan
    let (negatives, positives) = (ranks.negatives.span, ranks.positives.span)
    let (below, upTo) = (ranks.below.span, ranks.upTo.span)
    var sum: UInt32 = 0
    for index in negatives.indices {
      sum &+= UInt32(weights[unchecked: Int(negatives[unchecked: index])])
      cumulative[unchecked: index + 1] = sum
    }
    var concordance = 0
    var ofPositives = 0
    for index in positives.indices {
      let weight = Int(weights[unchecked: Int(positives[unchecked: index])])
      let placement =
        Int(cumulative[unchecked: Int(below[unchecked: index])])
        &+ Int(cumulative[unchecked: Int(upTo[unchecked: index])])
      concordance &+= weight &* placement
      ofPositives &+= weight
    }
    return (concordance, 2 * Double(ofPositives) * Double(sum))
  }
}
