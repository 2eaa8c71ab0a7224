import RefitTesting
import Testing

@testable import RefitStatistics

/// Metrics from sums over classes, against the metrics of the rows themselves.
@Suite struct ClassSumsTests {
  private static let metrics = ClassMetric.allCases.filter { !$0.readsScores }

  private func outcomes(
    _ labels: [Int], _ predictions: [Int], _ weights: [Double]?, classes: Int
  ) -> ClassOutcomes {
    ClassOutcomes(
      classes: (0..<classes).map { "c\($0)" }, labels: labels, predictions: predictions, scores: nil,
      weights: weights)
  }

  /// Few rows of many classes, so that classes are without labels or predictions, or lose their last row.
  @Test(arguments: [false, true])
  func `leaving out a row leaves the metrics of the others`(isWeighted: Bool) {
    var random = SeededGenerator(seed: 221)
    var (defined, undefined) = (0, 0)
    for _ in 0..<60 {
      let classes = Int.random(in: 1...5, using: &random)
      let rows = Int.random(in: 2...14, using: &random)
      let labels = (0..<rows).map { _ in Int.random(in: 0..<classes, using: &random) }
      let predictions = labels.map { random.chance(0.6) ? $0 : Int.random(in: 0..<classes, using: &random) }
      let weights = labels.map { _ in isWeighted ? Double(Int.random(in: 1...4, using: &random)) / 4 : 1 }
      var margins = ClassMargins(classes: classes)
      for row in labels.indices {
        margins.add(label: labels[row], prediction: predictions[row], weight: weights[row])
      }
      let sums = margins.sums
      for row in labels.indices {
        let others = labels.indices.filter { $0 != row }
        let left = outcomes(
          others.map { labels[$0] }, others.map { predictions[$0] }, others.map { weights[$0] },
          classes: classes
        ).measures(Self.metrics)
        let without = margins.sums(
          sums, without: weights[row], label: labels[row], prediction: predictions[row])
        for (metric, expected) in zip(Self.metrics, left) {
          let value = without.value(of: metric)
          #expect((value == nil) == (expected.value == nil), "\(metric)")
          if let value, let expected = expected.value {
            #expect(agree(value, expected, relative: 1e-12, absolute: 1e-12), "\(metric)")
          }
          if value == nil { undefined += 1 } else { defined += 1 }
        }
      }
    }
    #expect(defined > 1_000 && undefined > 100)
  }
}
