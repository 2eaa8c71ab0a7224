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

  @Test func `weights that are all alike give the bootstrap's interval about where theory has it`() throws {
    let theory = outcomes(400, seed: 5).scored(confidence: 0.9, plan)
    let resampled = outcomes(400, seed: 5, weights: [Double](repeating: 2, count: 400)).scored(
      confidence: 0.9, plan)
    for (one, other) in zip(theory, resampled) {
      let (first, second) = (try #require(one.interval.value), try #require(other.interval.value))
      #expect(second.method == .correctedBootstrap || second.method == .percentileBootstrap)
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
