import RefitStatistics
import RefitTesting
import Testing

@Suite struct BinaryOutcomesPropertyTests {
  private static let cases = BinaryOutcomesOracleTests.smallCases(400, seed: 11)

  @Test func rowsMayComeInAnyOrder() {
    var random = SeededGenerator(seed: 12)
    for given in Self.cases {
      let order = given.labels.indices.shuffled(using: &random)
      let shuffled = BinaryOutcomes(
        labels: order.map { given.labels[$0] }, scores: order.map { given.scores[$0] },
        predictions: order.map { given.predictions[$0] })
      for metric in PerformanceMetric.allCases {
        let (left, right) = (outcomes(given).measure(metric), shuffled.measure(metric))
        #expect(left.reason == right.reason)
        // A sum may round otherwise in another order; ranks and counts may not.
        #expect([.brier, .logLoss].contains(metric) ? agree(left, right.value) : left == right)
      }
    }
  }

  @Test func areaSeesOnlyTheOrderOfScores() {
    for given in Self.cases {
      let area = outcomes(given).measure(.rocAUC)
      for rising in [{ $0 * $0 * $0 - 7 }, { 1e300 * $0 }, { $0 * 1e-300 - 1e-290 }] as [(Double) -> Double] {
        let mapped = given.scores.map(rising)
        guard Set(mapped).count == Set(given.scores).count else { continue }
        #expect(
          BinaryOutcomes(labels: given.labels, scores: mapped, predictions: nil).measure(.rocAUC) == area)
      }
    }
  }

  @Test func turningTheScoresRoundTurnsTheAreaRound() {
    for given in Self.cases {
      guard let area = outcomes(given).measure(.rocAUC).value else { continue }
      let turned = BinaryOutcomes(labels: given.labels, scores: given.scores.map { -$0 }, predictions: nil)
      let swapped = BinaryOutcomes(labels: given.labels.map { !$0 }, scores: given.scores, predictions: nil)
      #expect(agree(turned.measure(.rocAUC), 1 - area))
      #expect(swapped.measure(.rocAUC) == turned.measure(.rocAUC))
    }
  }

  @Test func areaIsTheShareOfPairsInOrder() {
    for given in Self.cases {
      var inOrder = 0.0
      var pairs = 0.0
      for (label, score) in zip(given.labels, given.scores) where label {
        for (other, below) in zip(given.labels, given.scores) where !other {
          pairs += 1
          inOrder += score > below ? 1 : score == below ? 0.5 : 0
        }
      }
      #expect(agree(outcomes(given).measure(.rocAUC), pairs == 0 ? nil : inOrder / pairs))
    }
  }

  @Test func everyValueLiesInItsRange() {
    for given in Self.cases {
      for metric in PerformanceMetric.allCases {
        guard let value = outcomes(given).measure(metric).value else { continue }
        #expect(value >= 0 && (metric == .logLoss || value <= 1))
      }
    }
  }

  @Test func boundsHoldTheEstimateAndWidenWithConfidence() throws {
    for given in Self.cases {
      for metric in [PerformanceMetric.rocAUC, .accuracy, .precision, .recall] {
        guard let value = outcomes(given).measure(metric).value else { continue }
        let narrow = try #require(outcomes(given).estimate(metric, confidence: 0.8))
        let wide = try #require(outcomes(given).estimate(metric, confidence: 0.99))
        #expect(narrow.value == value)
        let bounds = try [wide.lower, narrow.lower, value, narrow.upper, wide.upper].map { try #require($0) }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
        #expect(bounds[0] >= 0 && bounds[4] <= 1)
      }
    }
  }

  private func outcomes(_ given: BinaryOutcomesOracleTests.Case) -> BinaryOutcomes {
    BinaryOutcomes(labels: given.labels, scores: given.scores, predictions: given.predictions)
  }
}
