import RefitStatistics
import RefitTesting
import Testing

@Suite struct LabelFreeEstimatorTests {
  struct Reference: Encodable {
    var labels: [Bool]
    var scores: [Double]
    var predictions: [Bool]
  }

  struct Case: Encodable {
    var reference: Reference
    var scores: [Double]
    var probabilities: [Double]
    var predictions: [Bool]
  }

  struct Answer: Decodable {
    var confusion: [Double]
    var estimates: [String: Double?]
    var errors: [String: Double?]
  }

  @Test func agreesWithTheDefinitionsOfNannyML() throws {
    var random = SeededGenerator(seed: 181)
    var cases: [Case] = []
    var estimates: [LabelFreeEstimate] = []
    for index in 0..<100 {
      let reference = Self.reference(rows: Int.random(in: 6...300, using: &random), &random)
      let method: Calibration.Method = index % 2 == 0 ? .isotonic : .platt
      let estimator = try LabelFreeEstimator(
        labels: reference.labels, scores: reference.scores, predictions: reference.predictions,
        calibration: method)
      let scores = (0..<Int.random(in: 1...200, using: &random)).map { _ in random.unit() }
      let predictions = scores.map { $0 >= 0.5 }
      cases.append(
        Case(
          reference: reference, scores: scores,
          probabilities: scores.map(estimator.calibration.probability), predictions: predictions))
      estimates.append(estimator.estimate(scores: scores, predictions: predictions))
    }
    let answers = try Oracle.answers("performance", cases, as: Answer.self, from: "estimation_oracle.py")
    for (estimate, answer) in zip(estimates, answers) {
      let confusion = try #require(estimate.confusion)
      let counts = [
        confusion.truePositives, confusion.falsePositives, confusion.trueNegatives, confusion.falseNegatives,
      ]
      for (count, expected) in zip(counts, answer.confusion) {
        #expect(agree(count, expected, absolute: 1e-12))
      }
      for metric in EstimatedMetric.allCases {
        let expected = try #require(answer.estimates[metric.rawValue])
        #expect(
          agree(estimate.value(of: metric), expected),
          "\(metric): \(estimate.value(of: metric)), \(expected ?? -1)")
        let error = try #require(answer.errors[metric.rawValue])
        #expect(agree(estimate.samplingError(of: metric), error), "error of \(metric)")
      }
    }
  }

  /// The definition of the area, pair by pair: a row with itself counts as a tie.
  @Test func theAreaIsAnExpectationOverPairsAndTiesCountHalf() throws {
    var random = SeededGenerator(seed: 182)
    for _ in 0..<60 {
      let reference = Self.reference(rows: 50, &random)
      let estimator = try LabelFreeEstimator(
        labels: reference.labels, scores: reference.scores, predictions: reference.predictions)
      let scores = (0..<25).map { _ in (random.unit() * 8).rounded() / 8 }
      let estimate = estimator.estimate(scores: scores, predictions: scores.map { $0 >= 0.5 })
      let probabilities = scores.map(estimator.calibration.probability)
      var (area, pairs) = (0.0, 0.0)
      for (score, p) in zip(scores, probabilities) {
        for (other, q) in zip(scores, probabilities) {
          pairs += p * (1 - q)
          area += p * (1 - q) * (score > other ? 1 : score == other ? 0.5 : 0)
        }
      }
      #expect(agree(estimate.value(of: .rocAUC), pairs == 0 ? nil : area / pairs))
    }
  }

  /// Of rows that come from where the reference does, the labels show what was estimated.
  @Test func theEstimateMeetsWhatLabelsShow() throws {
    var random = SeededGenerator(seed: 183)
    let reference = Self.reference(rows: 20_000, &random)
    let current = Self.reference(rows: 20_000, &random)
    let estimate = try LabelFreeEstimator(
      labels: reference.labels, scores: reference.scores, predictions: reference.predictions
    ).estimate(scores: current.scores, predictions: current.predictions)
    let outcomes = BinaryOutcomes(
      labels: current.labels, scores: current.scores, predictions: current.predictions)
    for metric in EstimatedMetric.allCases {
      guard let measured = PerformanceMetric(rawValue: metric.rawValue) else { continue }
      let real = try #require(outcomes.measure(measured).value)
      let error = try #require(estimate.samplingError(of: metric).value)
      let value = try #require(estimate.value(of: metric).value)
      // The calibration has an error of its own, of the same size: √2 of them, and four.
      #expect(abs(value - real) < 4 * 2.0.squareRoot() * error, "\(metric): \(value), \(real)")
    }
  }

  @Test func rowsMayComeInAnyOrder() throws {
    var random = SeededGenerator(seed: 184)
    let reference = Self.reference(rows: 80, &random)
    let estimator = try LabelFreeEstimator(
      labels: reference.labels, scores: reference.scores, predictions: reference.predictions)
    let scores = (0..<60).map { _ in random.unit() }
    let order = scores.indices.shuffled(using: &random)
    let one = estimator.estimate(scores: scores, predictions: scores.map { $0 >= 0.5 })
    let other = estimator.estimate(
      scores: order.map { scores[$0] }, predictions: order.map { scores[$0] >= 0.5 })
    for metric in EstimatedMetric.allCases {
      #expect(agree(one.value(of: metric), other.value(of: metric).value))
      #expect(one.samplingError(of: metric) == other.samplingError(of: metric))
    }
  }

  /// Scores up to 0.3 are never positive, from 0.7 on always.
  private static let sure = Reference(
    labels: [false, false, true, true], scores: [0.1, 0.3, 0.7, 0.9], predictions: [false, false, true, true])

  private static func estimate(_ scores: [Double], _ predictions: [Bool]) throws -> LabelFreeEstimate {
    try LabelFreeEstimator(labels: sure.labels, scores: sure.scores, predictions: sure.predictions)
      .estimate(scores: scores, predictions: predictions)
  }

  @Test func whatIsExpectedToBeZeroByZeroIsUndefined() throws {
    let none = try Self.estimate([0.1, 0.2], [false, false])
    #expect(none.value(of: .accuracy) == .defined(1))
    #expect(none.value(of: .precision) == .undefined("no row was predicted positive"))
    #expect(none.value(of: .recall) == .undefined("no positive label is expected"))
    #expect(none.value(of: .f1) == .undefined("no positive label is expected and none was predicted"))
    #expect(none.value(of: .rocAUC) == .undefined("no positive label is expected"))
    let all = try Self.estimate([0.8, 0.9], [true, true])
    #expect(all.value(of: .specificity) == .undefined("no negative label is expected"))
    #expect(all.value(of: .rocAUC) == .undefined("no negative label is expected"))
    #expect(all.value(of: .f1) == .defined(1))
  }

  @Test func withoutUsableRowsNothingIsEstimated() throws {
    for (scores, reason) in [
      ([], "there are no rows"), ([0.5, .nan], "1 of 2 scores are not finite numbers"),
    ] {
      let estimate = try Self.estimate(scores, scores.map { _ in true })
      for metric in EstimatedMetric.allCases {
        #expect(estimate.value(of: metric) == .undefined(reason))
        #expect(estimate.samplingError(of: metric) == .undefined(reason))
      }
      #expect(estimate.confusion == nil && estimate.rows == scores.count)
    }
  }

  @Test func rowsOutsideOfTheReferenceAreCounted() throws {
    #expect(
      try Self.estimate([0.05, 0.1, 0.5, 0.9, 0.95], [Bool](repeating: true, count: 5)).outsideReference == 2)
  }

  @Test func aMetricThatNoReferenceRowShowsHasNoSamplingError() throws {
    let estimator = try LabelFreeEstimator(
      labels: [true, false], scores: [0.4, 0.2], predictions: [false, false])
    let estimate = estimator.estimate(scores: [0.3], predictions: [true])
    #expect(estimate.samplingError(of: .precision) == .undefined("no reference row shows how far it strays"))
    #expect(estimate.samplingError(of: .accuracy) == .defined(0.5))
  }

  /// Of both classes, scores distinct, above one half more often positive.
  private static func reference(rows: Int, _ random: inout SeededGenerator) -> Reference {
    let scores = (0..<rows).map { _ in random.unit() }
    var labels = scores.map { random.chance(0.1 + 0.7 * $0 * $0) }
    labels[0] = true
    labels[1] = false
    return Reference(labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 })
  }
}
