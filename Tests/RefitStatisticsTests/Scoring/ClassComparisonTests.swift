import Glibc
import RefitTesting
import Testing

@testable import RefitStatistics

/// Two models of several classes; the command's own tests hold the numbers against scikit-learn and scipy.
@Suite struct ClassComparisonTests {
  private let plan = ResamplingPlan(resamples: 400, seed: 5, threads: 2)

  /// Two models of three classes, of which the second is the worse one.
  private func models(_ rows: Int, seed: UInt64, weights: [Double]? = nil) -> [ClassOutcomes] {
    var random = SeededGenerator(seed: seed)
    let labels = (0..<rows).map { _ in random.pick([0, 0, 1, 2]) }
    let noise = (0..<rows).map { _ in (0..<3).map { _ in random.bell() } }
    return [1.0, 0.5].map { sharpness in
      let scores = labels.indices.map { row -> [Double] in
        let raw = (0..<3).map {
          exp(noise[row][$0] + 0.3 * random.bell() + (labels[row] == $0 ? 2 * sharpness : 0))
        }
        let total = raw.reduce(0, +)
        let rounded = raw.prefix(2).map { ($0 / total * 500).rounded() / 500 }
        return rounded + [max(0, 1 - rounded[0] - rounded[1])]
      }
      return ClassOutcomes(
        classes: ["a", "b", "c"], labels: labels,
        predictions: scores.map { scores in (0..<3).max { scores[$0] < scores[$1] } ?? 0 },
        scores: (0..<3).map { index in scores.map { $0[index] } }, weights: weights)
    }
  }

  private func compared(_ models: [ClassOutcomes], mostRowsDrawnAlone: Int = 20_000) -> [MetricComparison] {
    ClassComparison(candidate: models[0], champion: models[1])
      .compared(confidence: 0.9, plan, mostRowsDrawnAlone: mostRowsDrawnAlone)
  }

  @Test func `every metric has its values and bounds around the difference`() throws {
    let models = models(300, seed: 1)
    let all = compared(models)
    #expect(all.map(\.name) == ClassMetric.allCases.map(\.rawValue))
    for (metric, found) in zip(ClassMetric.allCases, all) {
      #expect(agree(found.candidate, models[0].measure(metric).value), "\(metric)")
      #expect(agree(found.champion, models[1].measure(metric).value), "\(metric)")
      let (difference, bounds) = (try #require(found.difference.value), try #require(found.bounds))
      #expect(bounds.lower < difference && difference < bounds.upper, "\(metric)")
      #expect(found.verdict(margin: 0) == .superior, "\(metric)")
    }
    for (one, other) in zip(all, compared(models.reversed())) {
      #expect(agree(one.difference, other.difference.value.map { -$0 }))
      #expect(other.verdict(margin: 0) == .inferior, "\(one.name)")
    }
  }

  /// Rows that all weigh 1 are drawn one by one, those without weights by their counts or by theory.
  @Test func `counts and theory vary as rows do`() throws {
    let plain = compared(models(400, seed: 2))
    let drawn = compared(models(400, seed: 2, weights: [Double](repeating: 1, count: 400)))
    for (one, other) in zip(plain, drawn) {
      let ratio = try #require(one.standardError.value) / (try #require(other.standardError.value))
      #expect(abs(ratio - 1) < 0.2, "\(one.name): \(ratio)")
      #expect(other.method == "bootstrap-bca" || other.method == "bootstrap-percentile")
    }
  }

  /// Rows on their own, and sums over blocks of them.
  @Test(arguments: [false, true])
  func `sums over blocks vary as rows do`(isWeighted: Bool) throws {
    var random = SeededGenerator(seed: 3)
    let weights = isWeighted ? (0..<2_000).map { _ in random.unit() + 0.2 } : nil
    let models = models(2_000, seed: 4, weights: weights)
    for (one, other) in zip(compared(models), compared(models, mostRowsDrawnAlone: 0)) {
      guard one.name.hasPrefix("roc_auc") else {
        #expect(one == other)
        continue
      }
      let error = try #require(one.standardError.value)
      #expect(abs(try #require(other.standardError.value) / error - 1) < 0.05, "\(one.name)")
      #expect(abs(try #require(one.bounds).lower - (try #require(other.bounds)).lower) < 0.15 * error)
    }
    let alone = models[0].scored(confidence: 0.9, plan)
    let cells = models[0].scored(confidence: 0.9, plan, mostRowsDrawnAlone: 0)
    for (one, other) in zip(alone, cells) {
      #expect(one.value == other.value)
      let error = try #require(one.interval.value?.standardError)
      #expect(abs(try #require(other.interval.value?.standardError) / error - 1) < 0.05, "\(one.name)")
    }
  }

  @Test func `what is undefined has a reason and no bounds`() {
    let outcomes = ClassOutcomes(
      classes: ["a", "b", "c"], labels: [0, 1, 0], predictions: [0, 1, 1],
      scores: [[0.5, 0.2, 0.6], [0.5, 0.8, 0.4], [0, 0, 0]])
    let all = compared([outcomes, outcomes])
    let area = all.first { $0.name == "roc_auc_macro" }
    #expect(area?.difference == .undefined("no label is of class 'c'"))
    #expect(area?.bounds == nil && area?.verdict(margin: 1) == .inconclusive)
    #expect(all.first { $0.name == "accuracy" }?.difference == .defined(0))
  }
}
