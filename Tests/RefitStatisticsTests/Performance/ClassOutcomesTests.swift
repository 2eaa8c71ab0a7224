import RefitStatistics
import RefitTesting
import Testing

@Suite struct ClassOutcomesTests {
  /// Labels and predictions of scikit-learn's user guide on averages: precision 0.22, recall 0.33, F1 0.26.
  private let guide = ClassOutcomes(
    classes: ["cat", "dog", "pig"], labels: [0, 1, 2, 0, 1, 2], predictions: [0, 2, 1, 0, 0, 1], scores: nil)

  @Test func theUserGuideOfScikitLearn() {
    #expect(agree(guide.measure(.precisionMacro), 2.0 / 9))
    #expect(agree(guide.measure(.recallMicro), 1.0 / 3))
    #expect(agree(guide.measure(.f1Weighted), 4.0 / 15))
  }

  @Test func accuracyHasWilsonsBounds() throws {
    let wilson = Wilson.bounds(successes: 2, of: 6, confidence: 0.9)
    for metric in [ClassMetric.accuracy, .f1Micro] {
      let estimate = try #require(guide.estimate(metric, confidence: 0.9))
      #expect(estimate.lower == wilson.lower && estimate.upper == wilson.upper)
    }
    #expect(try #require(guide.estimate(.recallMacro, confidence: 0.9)).lower == nil)
  }

  @Test func whatIsUndefinedSaysWhy() {
    let never = ClassOutcomes(
      classes: ["a", "b", "c"], labels: [0, 1, 2], predictions: [0, 0, 0], scores: nil)
    #expect(never.measure(.precisionMacro) == .undefined("class 'b' was never predicted"))
    #expect(never.measure(.mcc) == .undefined("all predictions are of one class"))
    #expect(never.measure(.logLoss) == .undefined("there are no scores, which log_loss reads"))
    let unlabelled = ClassOutcomes(
      classes: ["a", "b", "c"], labels: [0, 1], predictions: [0, 2],
      scores: [[0.5, 0.1], [0.25, 0.2], [0.25, 0.7]])
    #expect(unlabelled.measure(.recallMacro) == .undefined("no label is of class 'c'"))
    #expect(unlabelled.measure(.rocAUCMacro) == .undefined("no label is of class 'c'"))
    #expect(unlabelled.measure(.recallWeighted) == .defined(0.5))
    let odd = ClassOutcomes(
      classes: ["a", "b"], labels: [0, 1], predictions: nil, scores: [[0.5, 0.4], [0.5, 0.7]])
    #expect(odd.measure(.logLoss) == .undefined("the scores of 1 of 2 rows do not add up to 1"))
    #expect(odd.measure(.rocAUCMacro) == .defined(1))
    #expect(odd.measure(.accuracy) == .undefined("there are no predictions, which accuracy reads"))
  }

  /// As many as rows, as where a column of ids is taken for the label; by pencil.
  @Test func `classes may be as many as rows`() {
    let count = 100_000
    let labels = [Int](0..<count)
    // Every fourth row is predicted as the class before, which is then predicted twice, and its own never.
    let predictions = labels.map { $0 % 4 == 3 ? $0 - 1 : $0 }
    let outcomes = ClassOutcomes(
      classes: labels.map(String.init), labels: labels, predictions: predictions, scores: nil)
    #expect(outcomes.measure(.accuracy) == .defined(0.75))
    #expect(agree(outcomes.measure(.f1Macro), (0.5 + 0.25 * 2 / 3)))
    #expect(outcomes.measure(.precisionMacro) == .undefined("class '3' was never predicted"))
    #expect(agree(.defined(outcomes.zeroDivision(.precisionMacro) ?? -1), 0.5 + 0.25 / 2))
    #expect(agree(outcomes.measure(.recallMacro), 0.75))
  }

  /// scikit-learn 1.9's `log_loss`, which takes them as they are and warns.
  @Test func `probabilities that are rounded have a log loss`() {
    let rounded = ClassOutcomes(
      classes: ["a", "b", "c"], labels: [0, 1, 2, 1], predictions: nil,
      scores: [[0.333333, 0.2, 0.1, 0.25], [0.333333, 0.5, 0.2, 0.5005], [0.333333, 0.299, 0.7009, 0.25]])
    #expect(agree(rounded.measure(.logLoss), 0.7098245512328187))
    // Of float32.
    let single = [0.1, 0.2, 0.7].map { [Double(Float($0))] }
    let float = ClassOutcomes(classes: ["a", "b", "c"], labels: [2], predictions: nil, scores: single)
    #expect(agree(float.measure(.logLoss), 0.3566749439387324, relative: 1e-7))
  }

  @Test(arguments: ClassMetric.allCases) func nothingIsUndefined(metric: ClassMetric) {
    let nothing = ClassOutcomes(classes: ["a", "b"], labels: [], predictions: [], scores: [[], []])
    #expect(nothing.measure(metric) == .undefined("there are no rows"))
    let weightless = ClassOutcomes(
      classes: ["a", "b"], labels: [0, 1], predictions: [0, 1], scores: [[1, 0], [0, 1]], weights: [0, 0])
    #expect(weightless.measure(metric) == .undefined("every weight is 0"))
    let negative = ClassOutcomes(
      classes: ["a", "b"], labels: [0, 1], predictions: [0, 1], scores: [[1, 0], [0, 1]], weights: [-1, .nan])
    #expect(negative.measure(metric) == .undefined("2 of 2 weights are negative or not finite"))
    #expect(negative.estimate(metric, confidence: 0.9) == nil)
  }

  /// The area of two classes is that of each of them.
  @Test func twoClassesAreABinaryTask() {
    for given in BinaryOutcomesOracleTests.smallCases(200, seed: 41) {
      let classes = ClassOutcomes(
        classes: ["no", "yes"], labels: given.labels.map { $0 ? 1 : 0 },
        predictions: given.predictions.map { $0 ? 1 : 0 },
        scores: [given.scores.map { 1 - $0 }, given.scores])
      #expect(agree(classes.measure(.rocAUCMacro), given.outcomes.measure(.rocAUC).value))
      #expect(agree(classes.measure(.rocAUCWeighted), given.outcomes.measure(.rocAUC).value))
      #expect(agree(classes.measure(.logLoss), given.outcomes.measure(.logLoss).value))
      #expect(agree(classes.measure(.mcc), given.outcomes.measure(.mcc).value))
      #expect(classes.measure(.accuracy) == given.outcomes.measure(.accuracy))
    }
  }

  @Test func classesMayBeNumberedInAnyOrder() {
    var random = SeededGenerator(seed: 42)
    for given in ClassOutcomesOracleTests.smallCases(200, seed: 43) {
      let order = (0..<given.classes).shuffled(using: &random)
      var scores = given.scores
      for (old, new) in order.enumerated() { scores[new] = given.scores[old] }
      let renumbered = ClassOutcomesOracleTests.Case(
        classes: given.classes, labels: given.labels.map { order[$0] },
        predictions: given.predictions.map { order[$0] }, scores: scores, weights: given.weights)
      for metric in ClassMetric.allCases {
        #expect(agree(renumbered.outcomes.measure(metric), given.outcomes.measure(metric).value), "\(metric)")
      }
    }
  }

  @Test func aMultiplicityOfTwoIsTwoRows() {
    var random = SeededGenerator(seed: 44)
    for given in ClassOutcomesOracleTests.smallCases(200, seed: 45) {
      let times = given.labels.map { _ in Int.random(in: 0...2, using: &random) }
      let rows = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
      let repeated = ClassOutcomesOracleTests.Case(
        classes: given.classes, labels: rows.map { given.labels[$0] },
        predictions: rows.map { given.predictions[$0] },
        scores: given.scores.map { scores in rows.map { scores[$0] } },
        weights: given.weights.map { weights in rows.map { weights[$0] } })
      let prepared = given.outcomes.prepared(for: ClassMetric.allCases)
      for metric in ClassMetric.allCases {
        let expected = repeated.outcomes.measure(metric)
        #expect(
          agree(prepared.measure(metric, multiplicities: times.map(UInt8.init)), expected.value), "\(metric)")
      }
    }
  }
}
