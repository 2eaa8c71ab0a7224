import Glibc
import RefitStatistics
import RefitTesting
import Testing

/// Metrics with their intervals; the command's own tests hold the numbers against scikit-learn and scipy.
@Suite struct ScoredMetricTests {
  private let plan = ResamplingPlan(resamples: 400, seed: 3)

  private func outcomes(_ rows: Int, seed: UInt64, weights: [Double]? = nil) -> BinaryOutcomes {
    var generator = SeededGenerator(seed: seed)
    var (labels, scores) = ([Bool](), [Double]())
    for _ in 0..<rows {
      labels.append(generator.chance(0.3))
      let score = 1 / (1 + exp(-generator.bell() - (labels[labels.count - 1] ? 0.8 : -0.8)))
      scores.append((score * 500).rounded() / 500)
    }
    return BinaryOutcomes(
      labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 }, weights: weights)
  }

  @Test(arguments: [UInt64](1...3))
  func `rows that are drawn in cells vary as rows that are drawn alone`(seed: UInt64) throws {
    let outcomes = outcomes(3_000, seed: seed)
    let lift = [BinaryMetric.lift(share: 0.15)]
    let alone = outcomes.scored(asked: lift, confidence: 0.9, plan)
    let together = outcomes.scored(asked: lift, confidence: 0.9, plan, mostRowsDrawnAlone: 0)
    for (one, other) in zip(alone, together) {
      #expect(one.name == other.name && one.value == other.value)
      guard ["average_precision", "ks", "ece", "lift_at_0.15"].contains(one.name) else {
        #expect(one == other)
        continue
      }
      let (first, second) = (try #require(one.interval.value), try #require(other.interval.value))
      let error = try #require(first.standardError)
      #expect(abs(try #require(second.standardError) / error - 1) < 0.2, "\(one.name)")
      #expect(abs(first.lower - second.lower) < error, "\(one.name)")
      #expect(abs(first.upper - second.upper) < error, "\(one.name)")
    }
  }

  /// The resamples are the same, so that only the cells can set the two apart.
  @Test func `weighted rows in cells vary as rows do`() throws {
    var generator = SeededGenerator(seed: 12)
    let weights = (0..<3_000).map { _ in generator.unit() + (generator.chance(0.05) ? 6 : 0) }
    let outcomes = outcomes(3_000, seed: 7, weights: weights)
    let lift = [BinaryMetric.lift(share: 0.15)]
    let alone = outcomes.scored(asked: lift, confidence: 0.9, plan)
    let together = outcomes.scored(asked: lift, confidence: 0.9, plan, mostRowsDrawnAlone: 0)
    for (one, other) in zip(alone, together) {
      #expect(one.name == other.name && one.value == other.value)
      let (first, second) = (try #require(one.interval.value), try #require(other.interval.value))
      let error = try #require(first.standardError)
      #expect(abs(try #require(second.standardError) / error - 1) < 0.05, "\(one.name)")
      #expect(abs(first.lower - second.lower) < 0.15 * error, "\(one.name)")
      #expect(abs(first.upper - second.upper) < 0.15 * error, "\(one.name)")
    }
  }

  /// All positives above all negatives, in more rows than are drawn alone: no metric leaves what is possible, and what is 1
  /// in every resample is not known for certain.
  @Test(arguments: [false, true])
  func `cells keep apart what is apart`(isWeighted: Bool) throws {
    var generator = SeededGenerator(seed: 14)
    let labels = (0..<8_000).map { _ in generator.chance(0.3) }
    let scores = labels.map { 0.45 * generator.unit() + ($0 ? 0.55 : 0) }
    let weights = isWeighted ? labels.map { _ in 0.5 + generator.unit() } : nil
    let scored = BinaryOutcomes(labels: labels, scores: scores, predictions: nil, weights: weights).scored(
      [.named(.averagePrecision), .named(.ks), .named(.ece), .lift(share: 0.5)], confidence: 0.95, plan,
      mostRowsDrawnAlone: 0)
    #expect(scored[0].value == .defined(1) || isWeighted)
    #expect(
      scored[0].interval.reason == "every resample gives the same value, which doesn't tell how precise it is"
    )
    let ks = try #require(scored[1].interval.value)
    #expect(ks.upper == 1 && ks.lower > 0.95 && ks.lower < 0.995)
    let error = try #require(scored[2].interval.value)
    #expect(error.lower > 0 && error.upper < 1)
    #expect(scored[3].interval.value.map { $0.upper <= 2 } ?? true)
  }

  /// One row is on the wrong side, so that the metrics of cells are below those of the rows and are moved up.
  @Test func `no interval leaves what is possible`() throws {
    var generator = SeededGenerator(seed: 15)
    let labels = (0..<6_000).map { $0 == 0 || generator.chance(0.3) }
    let scores = labels.enumerated().map { 0.45 * generator.unit() + ($1 && $0 > 0 ? 0.55 : 0.01) }
    let scored = BinaryOutcomes(labels: labels, scores: scores, predictions: nil).scored(
      [.named(.averagePrecision), .named(.ks), .lift(share: 0.001), .lift(share: 0.9)], confidence: 0.999,
      plan,
      mostRowsDrawnAlone: 0)
    for (metric, most) in zip(scored, [1, 1, 1_000, 1 / 0.9]) {
      guard let interval = metric.interval.value else { continue }
      #expect(interval.lower >= 0 && interval.upper <= most, "\(metric.name) \(interval)")
    }
  }

  /// The standard error of a weighted mean over independent rows is √(Σ w²(x − mean)²) / Σ w.
  @Test func `sums over more rows than are drawn alone vary as theory says`() throws {
    let rows = 22_000
    var generator = SeededGenerator(seed: 13)
    // Sorted by label, as files often are.
    let labels = (0..<rows).map { $0 * 3 < rows }
    let scores = labels.map { min(1, max(0, generator.bell() / 5 + ($0 ? 0.6 : 0.4))) }
    let weights = (0..<rows).map { _ in generator.unit() + (generator.chance(0.02) ? 6 : 0) }
    let outcomes = BinaryOutcomes(
      labels: labels, scores: nil, predictions: scores.map { $0 >= 0.5 }, weights: weights)
    let scored = outcomes.scored(confidence: 0.9, ResamplingPlan(resamples: 300, seed: 3, threads: 2))
    let right = zip(labels, scores).map { $0 == ($1 >= 0.5) ? 1.0 : 0 }
    let total = weights.reduce(0, +)
    let mean = zip(weights, right).reduce(0) { $0 + $1.0 * $1.1 } / total
    let spread = zip(weights, right).reduce(0) { $0 + $1.0 * $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    let accuracy = try #require(scored.first { $0.name == "accuracy" })
    #expect(abs(try #require(accuracy.value.value) - mean) < 1e-12)
    let ratio =
      try #require(accuracy.interval.value?.standardError) / (spread.squareRoot() / total)
    #expect(abs(ratio - 1) < 0.15, "\(ratio)")
    let errors = zip(labels, scores).map { ($0 ? 1 : 0) - $1 }
    let paired = PairedSums.meanLosses(candidate: errors.map { $0 * $0 }, champion: errors.map { abs($0) })
      .bootstrap(ResamplingPlan(resamples: 300, seed: 3, threads: 2))
    let theory = PairedT(candidate: errors.map { $0 * $0 }, champion: errors.map { abs($0) })
    #expect(agree(try #require(paired.difference.value), try #require(theory.difference.value)))
    let times = try #require(paired.standardError.value) / (try #require(theory.standardError.value))
    #expect(abs(times - 1) < 0.15, "\(times)")
  }

  @Test func `weights that are all alike give the bootstrap's interval about where theory has it`() throws {
    let theory = outcomes(400, seed: 5).scored(confidence: 0.9, plan)
    let resampled = outcomes(400, seed: 5, weights: [Double](repeating: 2, count: 400)).scored(
      confidence: 0.9, plan)
    for (one, other) in zip(theory, resampled) {
      let (first, second) = (try #require(one.interval.value), try #require(other.interval.value))
      let isOfGaps = one.name == "ks" || one.name == "ece"
      #expect(isOfGaps == (second.method == .deviationBand), "\(one.name)")
      #expect(isOfGaps || second.method == .correctedBootstrap || second.method == .percentileBootstrap)
      let ratio = try #require(second.standardError) / (try #require(first.standardError))
      #expect(abs(ratio - 1) < 0.2, "\(one.name): \(ratio)")
    }
  }

  @Test func `a regression's weights of 2 are two rows each`() throws {
    var generator = SeededGenerator(seed: 8)
    let targets = (0..<60).map { _ in generator.bell() }
    let predictions = targets.map { $0 + generator.bell() }
    let weighted = RegressionScoring(
      targets: targets, predictions: predictions, quantiles: [], weights: [Double](repeating: 2, count: 60)
    ).scored(confidence: 0.9, plan)
    let twice = RegressionScoring(
      targets: targets + targets, predictions: predictions + predictions, quantiles: [], weights: nil
    ).scored(confidence: 0.9, plan)
    for (one, other) in zip(weighted, twice) {
      #expect(abs(try #require(one.value.value) - (try #require(other.value.value))) < 1e-12, "\(one.name)")
      #expect(one.interval.value?.method == .correctedBootstrap)
    }
    #expect(twice.first { $0.name == "mae" }?.interval.value?.method == .normal)
  }

  /// The row comes last, so that the others are drawn alike with it and without.
  @Test(arguments: [1e12, 1e200])
  func `a row that weighs nothing changes no interval of a regression`(outlier: Double) throws {
    var generator = SeededGenerator(seed: 9)
    let targets = (0..<999).map { _ in generator.bell() }
    let predictions = targets.map { $0 + generator.bell() / 2 }
    let weights = targets.map { _ in generator.unit() + 0.5 }
    func scored(_ targets: [Double], _ predictions: [Double], _ weights: [Double]) -> [ScoredMetric] {
      RegressionScoring(targets: targets, predictions: predictions, quantiles: [], weights: weights)
        .scored(confidence: 0.9, plan)
    }
    let (alone, beside) = (
      scored(targets, predictions, weights),
      scored(targets + [outlier], predictions + [0], weights + [0])
    )
    for (one, other) in zip(alone, beside) {
      #expect(agree(other.value, one.value.value), "\(one.name)")
      let (own, others) = (try #require(one.interval.value), try #require(other.interval.value))
      #expect(agree(others.lower, own.lower, relative: 1e-6), "\(one.name)")
      #expect(agree(others.upper, own.upper, relative: 1e-6), "\(one.name)")
    }
  }

  /// The mean target of all rows and that of the weight lie 1e9 standard deviations apart.
  @Test func `R² has an interval wherever the weighted targets lie`() throws {
    var generator = SeededGenerator(seed: 10)
    let near = (0..<500).map { _ in generator.bell() }
    let targets = near + near.map { $0 + 2e9 }
    let predictions = targets.map { $0 + generator.bell() / 2 }
    let weights = targets.indices.map { $0 < 500 ? 1 : 1e-30 }
    func interval(_ rows: Range<Int>) -> IntervalEstimate? {
      RegressionScoring(
        targets: [Double](targets[rows]), predictions: [Double](predictions[rows]), quantiles: [],
        weights: [Double](weights[rows])
      ).scored(confidence: 0.9, plan).first { $0.name == "r2" }?.interval
    }
    let (own, all) = (try #require(interval(0..<500)?.value), try #require(interval(0..<1_000)?.value))
    #expect(agree(all.lower, own.lower, relative: 1e-3) && agree(all.upper, own.upper, relative: 1e-3))
  }

  @Test func `the span is the outermost pair of quantiles that is symmetric`() {
    func span(_ levels: [Double]) -> RegressionScoring.Span? {
      RegressionScoring(
        targets: [1], predictions: nil, quantiles: levels.map { .init(level: $0, predictions: [1]) },
        weights: nil
      ).span
    }
    #expect(span([0.5, 0.1, 0.75, 0.9, 0.25])?.lower == 0.1)
    #expect(span([0.05, 0.25, 0.75])?.upper == 0.75)
    #expect(span([0.05, 0.9]) == nil)
  }

  @Test func `curves go from corner to corner in few points`() throws {
    var generator = SeededGenerator(seed: 4)
    let labels = (0..<2_000).map { _ in generator.chance(0.5) }
    let scores = labels.map { generator.unit() / 2 + ($0 ? 0.3 : 0) }
    let curves = try #require(ScoreCurves(labels: labels, scores: scores, weights: nil))
    #expect(curves.receiverOperating[0].x == 0 && curves.receiverOperating[0].y == 0)
    let last = try #require(curves.receiverOperating.last)
    #expect(last.x == 1 && last.y == 1)
    #expect(curves.receiverOperating.count <= 202 && curves.precisionRecall.count <= 102)
    // The area under the thinned curve is about the AUC.
    let area = zip(curves.receiverOperating, curves.receiverOperating.dropFirst()).reduce(0.0) {
      $0 + ($1.1.x - $1.0.x) * ($1.1.y + $1.0.y) / 2
    }
    let exact = try #require(DeLong.estimate(labels: labels, scores: scores).area.value)
    #expect(abs(area - exact) < 0.002)
    #expect(abs(curves.histogram.reduce(0) { $0 + $1.positives } - 1) < 1e-9)
    #expect(ScoreCurves(labels: [true], scores: [0.5], weights: nil) == nil)
    let apart = try #require(ScoreCurves(labels: [true, false], scores: [1.7e308, -1.7e308], weights: nil))
    #expect(apart.histogram.first?.negatives == 1 && apart.histogram.last?.positives == 1)
  }
}
