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
        #expect([.brier, .logLoss, .ece].contains(metric) ? agree(left, right.value) : left == right)
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
        #expect(metric.possibleValues.contains(value))
      }
    }
  }

  @Test func boundsHoldTheEstimateAndWidenWithConfidence() throws {
    for given in Self.cases {
      for metric in PerformanceMetric.allCases where metric.theory != .resampling {
        guard let value = outcomes(given).measure(metric).value else { continue }
        let narrow = try #require(outcomes(given).estimate(metric, confidence: 0.8))
        let wide = try #require(outcomes(given).estimate(metric, confidence: 0.99))
        #expect(agree(narrow.value, value, relative: 1e-15))
        guard given.labels.count > 1 else { continue }
        let bounds = try [wide.lower, narrow.lower, value, narrow.upper, wide.upper].map { try #require($0) }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
        #expect(metric.possibleValues.contains(bounds[0]) && metric.possibleValues.contains(bounds[4]))
      }
    }
  }

  @Test func swappingTheClassesTurnsEachMetricIntoItsCounterpart() {
    let pairs: [(PerformanceMetric, PerformanceMetric)] = [
      (.accuracy, .accuracy), (.balancedAccuracy, .balancedAccuracy), (.mcc, .mcc), (.recall, .specificity),
      (.brier, .brier), (.logLoss, .logLoss), (.gini, .gini), (.rocAUC, .rocAUC), (.ks, .ks),
    ]
    for given in Self.cases {
      let swapped = BinaryOutcomes(
        labels: given.labels.map(!), scores: given.scores.map { 1 - $0 },
        predictions: given.predictions.map(!))
      for (one, other) in pairs {
        #expect(agree(outcomes(given).measure(one), swapped.measure(other).value), "\(one)")
      }
    }
  }

  @Test func aWeightOfTwoIsTwoRowsAndOneOfNoneIsNone() {
    var random = SeededGenerator(seed: 13)
    for given in Self.cases {
      let times = given.labels.map { _ in Int.random(in: 0...3, using: &random) }
      let rows = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
      let repeated = BinaryOutcomes(
        labels: rows.map { given.labels[$0] }, scores: rows.map { given.scores[$0] },
        predictions: rows.map { given.predictions[$0] })
      let weighted = BinaryOutcomes(
        labels: given.labels, scores: given.scores, predictions: given.predictions,
        weights: times.map { 0.25 * Double($0) })
      let metrics = PerformanceMetric.allCases.filter(\.isForClassification)
      let prepared = outcomes(given).prepared(for: metrics)
      for (metric, expected) in zip(metrics, repeated.measures(metrics)) {
        #expect(agree(prepared.measure(metric, multiplicities: times.map(UInt8.init)), expected.value))
        #expect(agree(weighted.measure(metric), expected.value), "\(metric)")
      }
      #expect(agree(weighted.lift(share: 0.3), repeated.lift(share: 0.3).value))
    }
  }

  @Test func multiplicitiesTakeWeightsTimesThemselves() {
    var random = SeededGenerator(seed: 14)
    let metrics = PerformanceMetric.allCases.filter(\.isForClassification)
    for given in BinaryOutcomesOracleTests.weighted(Self.cases, seed: 15) {
      let times = given.labels.map { _ in UInt8.random(in: 0...3, using: &random) }
      let multiplied = BinaryOutcomes(
        labels: given.labels, scores: given.scores, predictions: given.predictions,
        weights: zip(given.weights ?? [], times).map { $0 * Double($1) })
      let prepared = given.outcomes.prepared(for: metrics)
      for (metric, expected) in zip(metrics, multiplied.measures(metrics)) {
        #expect(agree(prepared.measure(metric, multiplicities: times), expected.value))
      }
    }
  }

  private func outcomes(_ given: BinaryOutcomesOracleTests.Case) -> BinaryOutcomes {
    BinaryOutcomes(labels: given.labels, scores: given.scores, predictions: given.predictions)
  }
}
