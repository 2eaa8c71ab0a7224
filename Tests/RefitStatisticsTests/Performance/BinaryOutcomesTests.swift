import RefitStatistics
import Testing

@Suite struct BinaryOutcomesTests {
  /// Four rows whose six pairs can be counted by hand.
  private let four = BinaryOutcomes(
    labels: [false, false, true, true], scores: [0.1, 0.4, 0.35, 0.8],
    predictions: [false, false, false, true])

  /// The AUC is the one in scikit-learn's documentation of these rows.
  private static let expected: [PerformanceMetric: Double] = [
    .rocAUC: 0.75, .accuracy: 0.75, .precision: 1, .recall: 0.5, .f1: 2.0 / 3, .brier: 0.158125,
  ]

  @Test(arguments: expected) func fourRows(metric: PerformanceMetric, expected: Double) {
    #expect(agree(four.measure(metric), expected))
  }

  @Test func boundsAreWilsonsAndDeLongs() throws {
    let accuracy = try #require(four.estimate(.accuracy, confidence: 0.9))
    let wilson = Wilson.bounds(successes: 3, of: 4, confidence: 0.9)
    #expect((accuracy.lower, accuracy.upper) == (wilson.lower, wilson.upper))
    #expect(agree(try #require(accuracy.standardError), (0.1875 / 4).squareRoot()))
    let recall = try #require(four.estimate(.recall, confidence: 0.9))
    #expect(recall.upper == Wilson.bounds(successes: 1, of: 2, confidence: 0.9).upper)
    let precision = try #require(four.estimate(.precision, confidence: 0.9))
    #expect(precision.lower == Wilson.bounds(successes: 1, of: 1, confidence: 0.9).lower)
    // Placements 1/2 and 1 in both classes: variance (1/8)/2 + (1/8)/2.
    let area = try #require(four.estimate(.rocAUC, confidence: 0.9))
    #expect(agree(try #require(area.standardError), 0.125.squareRoot()))
    #expect(agree(try #require(area.lower), 0.75 - 1.2815515655446004 * 0.125.squareRoot()))
    #expect(area.upper == 1)
    let gini = try #require(four.estimate(.gini, confidence: 0.9))
    #expect(gini.upper == 1)
    #expect(agree(try #require(gini.lower), 2 * (try #require(area.lower)) - 1))
    let f1 = try #require(four.estimate(.f1, confidence: 0.9))
    #expect(f1.lower == nil && f1.upper == nil && f1.standardError == nil)
  }

  @Test func logLossOfCertaintyThatIsWrongIsFinite() throws {
    let outcomes = BinaryOutcomes(labels: [true], scores: [0], predictions: nil)
    let loss = try #require(outcomes.measure(.logLoss).value)
    #expect(agree(loss, 36.04365338911715))  // −ln(2^-52)
    let right = BinaryOutcomes(labels: [true, false], scores: [1, 0], predictions: nil)
    #expect(try #require(right.measure(.logLoss).value) < 1e-15)
  }

  @Test(arguments: PerformanceMetric.allCases)
  func nothingIsUndefined(metric: PerformanceMetric) {
    let outcomes = BinaryOutcomes(labels: [], scores: [], predictions: [])
    #expect(outcomes.measure(metric).value == nil)
    #expect(outcomes.measure(metric).reason?.isEmpty == false)
    #expect(outcomes.estimate(metric, confidence: 0.95) == nil)
  }

  @Test func oneClassHasNoArea() {
    for label in [true, false] {
      let outcomes = BinaryOutcomes(labels: [label, label], scores: [0.1, 0.9], predictions: nil)
      let reason = label ? "every label is positive" : "no label is positive"
      #expect(outcomes.measure(.rocAUC) == .undefined(reason))
    }
  }

  @Test func zeroByZeroIsUndefined() {
    let rejected = BinaryOutcomes(labels: [true, false], scores: nil, predictions: [false, false])
    #expect(rejected.measure(.precision) == .undefined("no row was predicted positive"))
    #expect(rejected.measure(.recall) == .defined(0))
    #expect(rejected.measure(.f1) == .defined(0))
    let negative = BinaryOutcomes(labels: [false], scores: nil, predictions: [false])
    #expect(negative.measure(.recall) == .undefined("no label is positive"))
    #expect(negative.measure(.f1) == .undefined("no label and no prediction is positive"))
    #expect(negative.measure(.accuracy) == .defined(1))
  }

  @Test(arguments: PerformanceMetric.allCases)
  func whatAMetricReadsMustBeThere(metric: PerformanceMetric) {
    let onlyScores = BinaryOutcomes(labels: [true, false], scores: [0.7, 0.2], predictions: nil)
    let onlyPredictions = BinaryOutcomes(labels: [true, false], scores: nil, predictions: [true, false])
    let reads = metric.isForClassification
    #expect((onlyScores.measure(metric).value != nil) == (reads && metric.readsScores))
    #expect((onlyPredictions.measure(metric).value != nil) == (reads && !metric.readsScores))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
  func scoresThatAreNotFiniteAreRefused(score: Double) {
    let outcomes = BinaryOutcomes(
      labels: [true, false, true], scores: [0.5, score, 0.1], predictions: [true, true, true])
    for metric in [PerformanceMetric.rocAUC, .brier, .logLoss] {
      #expect(outcomes.measure(metric) == .undefined("1 of 3 scores are not finite numbers"))
      #expect(outcomes.estimate(metric, confidence: 0.95) == nil)
    }
    #expect(outcomes.measure(.accuracy).value != nil)
  }

  @Test(arguments: [1.5, -0.1, 1e308, -Double.leastNonzeroMagnitude])
  func scoresThatAreNoProbabilitiesStillRank(score: Double) {
    let outcomes = BinaryOutcomes(labels: [true, false], scores: [score, 0.5], predictions: nil)
    #expect(outcomes.measure(.rocAUC) == .defined(score > 0.5 ? 1 : 0))
    #expect(outcomes.measure(.brier).value == nil)
    #expect(outcomes.measure(.logLoss).value == nil)
  }

  @Test func areaIsExactAtTheEndsOfTheNumberLine() {
    let small = Double.leastNonzeroMagnitude
    let outcomes = BinaryOutcomes(
      labels: [false, false, true, true], scores: [-1e308, 0, small, 1e308], predictions: nil)
    #expect(outcomes.measure(.rocAUC) == .defined(1))
    let zeros = BinaryOutcomes(labels: [true, false], scores: [0.0, -0.0], predictions: nil)
    #expect(zeros.measure(.rocAUC) == .defined(0.5))
  }

  @Test func liftSharesTheBorder() {
    let outcomes = BinaryOutcomes(
      labels: [true, true, false, false], scores: [0.9, 0.5, 0.5, 0.1], predictions: nil)
    #expect(outcomes.lift(share: 0.25) == .defined(2))
    // One row of 0.9 and half of the two of 0.5: 1.5 of 2 positives in half of the rows.
    #expect(outcomes.lift(share: 0.5) == .defined(1.5))
    #expect(outcomes.lift(share: 1) == .defined(1))
    let negative = BinaryOutcomes(labels: [false], scores: [0.5], predictions: nil)
    #expect(negative.lift(share: 0.5) == .undefined("no label is positive"))
    let unscored = BinaryOutcomes(labels: [true], scores: nil, predictions: [true])
    #expect(unscored.lift(share: 0.5) == .undefined("there are no scores, which lift reads"))
  }

  @Test func costIsTheMeanOverRows() {
    let outcomes = BinaryOutcomes(
      labels: [true, true, false, false], scores: nil, predictions: [true, false, true, false])
    let costs = DecisionCosts(falsePositive: 10, falseNegative: 100, truePositive: -40)
    #expect(outcomes.expectedCost(costs) == .defined(17.5))
    let weighted = BinaryOutcomes(
      labels: [true, true, false, false], scores: nil, predictions: [true, false, true, false],
      weights: [0, 1, 3, 0])
    #expect(agree(weighted.expectedCost(costs), 32.5))
    let none = BinaryOutcomes(labels: [], scores: nil, predictions: [])
    #expect(none.expectedCost(costs) == .undefined("there are no rows"))
    #expect(BinaryOutcomes(labels: [true], scores: [1], predictions: nil).expectedCost(costs).value == nil)
  }

  /// Probabilities on the edges of bins: 0.3 belongs to (0.2, 0.3], and 0 to the first.
  @Test func calibrationBinsAreClosedOnTheRight() {
    let edges = BinaryOutcomes(
      labels: [true, false, false, true], scores: [0.3, 0.21, 0, 0.1], predictions: nil)
    // (0.2, 0.3]: abs(1 − 0.51) of two rows; [0, 0.1]: abs(1 − 0.1) of two rows.
    #expect(agree(edges.measure(.ece), (0.49 + 0.9) / 4))
    let apart = BinaryOutcomes(labels: [true, false], scores: [(0.3).nextUp, 0.3], predictions: nil)
    #expect(agree(apart.measure(.ece), (0.7 + 0.3) / 2))
  }

  @Test(arguments: PerformanceMetric.allCases.filter(\.isForClassification))
  func weightsThatAreNoneAreRefused(metric: PerformanceMetric) {
    func outcomes(_ weights: [Double]) -> BinaryOutcomes {
      BinaryOutcomes(
        labels: [true, false], scores: [0.7, 0.2], predictions: [true, false], weights: weights)
    }
    #expect(outcomes([1, -1]).measure(metric) == .undefined("1 of 2 weights are negative or not finite"))
    #expect(
      outcomes([.infinity, .nan]).measure(metric) == .undefined("2 of 2 weights are negative or not finite"))
    #expect(outcomes([0, 0]).measure(metric) == .undefined("every weight is 0"))
    #expect(outcomes([1, -1]).estimate(metric, confidence: 0.9) == nil)
    #expect(outcomes([1, -1]).lift(share: 0.5).value == nil)
    // Equal weights are no weights, whatever their size.
    let alike = BinaryOutcomes(labels: [true, false], scores: [0.7, 0.2], predictions: [true, false])
    for size in [1e-308, 1, Double.greatestFiniteMagnitude] {
      #expect(agree(outcomes([size, size]).measure(metric), alike.measure(metric).value))
    }
    #expect(outcomes([1, 1]).estimate(metric, confidence: 0.9)?.standardError == nil)
  }

  @Test func theMeanOfRowValuesIsTheMetric() throws {
    for metric in [PerformanceMetric.accuracy, .brier, .logLoss] {
      let values = try #require(four.rowValues(metric))
      #expect(agree(four.measure(metric), values.reduce(0, +) / 4))
      let estimate = try #require(four.estimate(metric, confidence: 0.9))
      #expect(estimate.standardError != nil)
    }
    #expect(four.rowValues(.rocAUC) == nil)
  }
}
