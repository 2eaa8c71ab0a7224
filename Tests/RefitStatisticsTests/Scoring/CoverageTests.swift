import Glibc
import RefitStatistics
import RefitTesting
import Testing

/// How often bounds at 95 % miss a truth that is known, over data sets drawn from it. What is right misses it in 5 %, or in
/// fewer; the tolerance is four standard deviations of that share in so many data sets, and a bootstrap's own error.
@Suite struct CoverageTests {
  private static let confidence = 0.95

  /// How often each side missed the truth.
  private struct Misses {
    var dataSets = 0
    var below = 0
    var above = 0

    mutating func add(_ bounds: ConfidenceBounds?, truth: Double) {
      dataSets += 1
      below += (bounds?.lower ?? -.infinity) > truth ? 1 : 0
      above += (bounds?.upper ?? .infinity) < truth ? 1 : 0
    }

    /// Few enough, where the method itself may miss by `slack` more than it says.
    func areFew(slack: Double = 0.02) -> Bool {
      let deviation = (0.05 * 0.95 / Double(dataSets)).squareRoot()
      return Double(max(below, above)) / Double(dataSets) <= 0.05 + 4 * deviation + slack
    }
  }

  private func bounds(_ outcomes: BinaryOutcomes, _ metric: PerformanceMetric, seed: Int) -> ConfidenceBounds?
  {
    let plan = ResamplingPlan(resamples: 120, seed: UInt64(seed))
    let interval = outcomes.scored([.named(metric)], confidence: 2 * Self.confidence - 1, plan)[0].interval
    return interval.value.map { ConfidenceBounds(lower: $0.lower, upper: $0.upper) }
  }

  /// Rows whose score is a class's level with these probabilities.
  private struct Levels {
    let share = 0.4
    let positive: [Double]
    let negative: [Double]

    func outcomes(_ rows: Int, _ random: inout SeededGenerator) -> BinaryOutcomes {
      let labels = (0..<rows).map { _ in random.chance(share) }
      let scores = labels.map { Double(level($0 ? positive : negative, random.unit())) }
      return BinaryOutcomes(labels: labels, scores: scores, predictions: scores.map { $0 >= 3 })
    }

    private func level(_ probabilities: [Double], _ unit: Double) -> Int {
      var left = unit
      for (level, probability) in probabilities.enumerated() {
        left -= probability
        if left < 0 { return level }
      }
      return probabilities.count - 1
    }

    /// Shares of each class at least at each level, the highest first.
    private var curve: [(recall: Double, fall: Double)] {
      positive.indices.reversed().map { (positive[$0...].reduce(0, +), negative[$0...].reduce(0, +)) }
    }

    var ks: Double { curve.map { $0.recall - $0.fall }.max() ?? 0 }

    var averagePrecision: Double {
      var former = 0.0
      return curve.reduce(0) { sum, point in
        let hits = share * point.recall
        defer { former = point.recall }
        return sum + (point.recall - former) * hits / (hits + (1 - share) * point.fall)
      }
    }

    var f1: Double {
      let hits = share * positive[3...].reduce(0, +)
      return 2 * hits / (share + hits + (1 - share) * negative[3...].reduce(0, +))
    }
  }

  private static let useful = Levels(
    positive: [0.05, 0.05, 0.1, 0.2, 0.25, 0.35], negative: [0.4, 0.25, 0.15, 0.1, 0.07, 0.03])
  private static let useless = Levels(
    positive: [0.14, 0.14, 0.16, 0.18, 0.19, 0.19], negative: [0.15, 0.15, 0.16, 0.18, 0.18, 0.18])

  @Test func `balanced accuracy with few positive rows`() throws {
    var random = SeededGenerator(seed: 301)
    for (positives, recall) in [(3, 0.7), (10, 0.9), (20, 0.95)] {
      var misses = Misses()
      let labels = (0..<220).map { $0 < positives }
      for _ in 0..<400 {
        let predictions = labels.map { label in random.chance(label ? recall : 0.9) == label }
        let estimate = BinaryOutcomes(labels: labels, scores: nil, predictions: predictions)
          .estimate(.balancedAccuracy, confidence: Self.confidence)
        misses.add(
          ConfidenceBounds(lower: try #require(estimate?.lower), upper: try #require(estimate?.upper)),
          truth: (recall + 0.9) / 2)
      }
      #expect(misses.areFew(), "\(positives) positives: \(misses)")
    }
  }

  /// Labels that are as probable as their scores say: whatever error there seems to be is chance.
  @Test func `the calibration error of a model that has none`() {
    var random = SeededGenerator(seed: 302)
    var misses = Misses()
    for seed in 0..<120 {
      let scores = (0..<100).map { _ in random.unit() }
      let labels = scores.map { random.chance($0) }
      misses.add(
        bounds(BinaryOutcomes(labels: labels, scores: scores, predictions: nil), .ece, seed: seed), truth: 0)
    }
    #expect(misses.areFew(slack: 0), "\(misses)")
  }

  /// Chance raises the error of the calibrated champion by more than that of the candidate, whose error is real.
  @Test func `the difference of a calibration error that is real and one that is chance`() {
    var random = SeededGenerator(seed: 303)
    var misses = Misses()
    let levels = (0..<10).map { (Double($0) + 0.5) / 10 }
    // Too sure of itself, and in the same bins.
    func said(_ probability: Double) -> Double { probability + (probability < 0.5 ? -0.049 : 0.049) }
    for seed in 0..<80 {
      let probabilities = (0..<120).map { _ in random.pick(levels) }
      let labels = probabilities.map { random.chance($0) }
      let models = [probabilities.map(said), probabilities].map {
        BinaryOutcomes(labels: labels, scores: $0, predictions: nil)
      }
      let compared = BinaryComparison(candidate: models[0], champion: models[1]).compare(
        [.named(.ece)], confidence: Self.confidence, ResamplingPlan(resamples: 100, seed: UInt64(seed)))[0]
      misses.add(compared.bounds, truth: 0.049)
    }
    #expect(misses.areFew(slack: 0), "\(misses)")
  }

  @Test func `KS of a model that is hardly better than none`() {
    var random = SeededGenerator(seed: 304)
    var misses = Misses()
    for seed in 0..<120 {
      misses.add(bounds(Self.useless.outcomes(100, &random), .ks, seed: seed), truth: Self.useless.ks)
    }
    #expect(misses.areFew(slack: 0), "\(misses)")
  }

  @Test(arguments: [PerformanceMetric.f1, .averagePrecision])
  func `metrics without theory`(metric: PerformanceMetric) {
    var random = SeededGenerator(seed: 305)
    var misses = Misses()
    let truth = metric == .f1 ? Self.useful.f1 : Self.useful.averagePrecision
    for seed in 0..<150 {
      misses.add(bounds(Self.useful.outcomes(100, &random), metric, seed: seed), truth: truth)
    }
    #expect(misses.areFew(), "\(misses)")
  }

  /// Each model selects fifteen rows of its own, and is right on 90 % and on 99 % of such rows: often on all of these.
  @Test func `a model that is less precise seldom passes for one that is not`() {
    var random = SeededGenerator(seed: 306)
    var passes = 0
    let dataSets = 300
    for seed in 0..<dataSets {
      let labels = (0..<60).map { $0 < 15 ? random.chance(0.9) : $0 < 30 ? random.chance(0.99) : false }
      let models = [0..<15, 15..<30].map { rows in
        BinaryOutcomes(labels: labels, scores: nil, predictions: labels.indices.map(rows.contains))
      }
      let compared = BinaryComparison(candidate: models[0], champion: models[1]).compare(
        [.named(.precision)], confidence: Self.confidence, ResamplingPlan(resamples: 200, seed: UInt64(seed)))[
          0]
      let verdict = compared.verdict(margin: 0)
      passes += verdict == .superior || verdict == .nonInferior ? 1 : 0
    }
    #expect(Double(passes) / Double(dataSets) <= 0.05 + 4 * (0.05 * 0.95 / Double(dataSets)).squareRoot())
  }
}
