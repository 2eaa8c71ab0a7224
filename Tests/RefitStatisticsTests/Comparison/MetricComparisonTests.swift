import Glibc
import RefitStatistics
import RefitTesting
import Testing

/// Two models' comparison by each metric, of classification and of regression.
@Suite struct MetricComparisonTests {
  static let plan = ResamplingPlan(resamples: 60, seed: 17)
  /// What is told: names, and something of each other kind.
  static let asked: [BinaryMetric] = [
    .lift(share: 0.25), .expectedCost(DecisionCosts(falsePositive: 5, falseNegative: 1, truePositive: -2)),
  ]

  private func outcomes(_ labels: [Bool], _ scores: [Double], weights: [Double]? = nil) -> BinaryOutcomes {
    BinaryOutcomes(labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 }, weights: weights)
  }

  private func compare(
    _ given: BootstrapComparisonTests.Case, weights: [Double]? = nil, threads: Int = 1
  ) -> [MetricComparison] {
    BinaryComparison(
      candidate: outcomes(given.labels, given.candidate, weights: weights),
      champion: outcomes(given.labels, given.champion, weights: weights)
    ).compared(
      asked: Self.asked, confidence: 0.95, ResamplingPlan(resamples: 40, seed: 17, threads: threads))
  }

  @Test func `every metric has its values, its bounds around the difference and its method`() throws {
    let given = BootstrapComparisonTests.cases(rows: 120..<121, count: 1)[0]
    for (weights, some) in [(nil, [1.0, 2]), ([Double](repeating: 2, count: 120), [])] {
      let (own, other) = (
        outcomes(given.labels, given.candidate, weights: weights),
        outcomes(given.labels, given.champion, weights: weights)
      )
      for compared in compare(given, weights: weights) {
        let metric = try #require(
          PerformanceMetric(rawValue: compared.name).map(BinaryMetric.named)
            ?? Self.asked.first { $0.name == compared.name })
        #expect(agree(compared.candidate, own.measures([metric])[0].value), "\(metric)")
        #expect(agree(compared.champion, other.measures([metric])[0].value), "\(metric)")
        let difference = try #require(compared.difference.value)
        let apart = try #require(compared.candidate.value) - #require(compared.champion.value)
        #expect(agree(difference, apart, absolute: 1e-12), "\(metric)")
        let bounds = try #require(compared.bounds)
        #expect(bounds.lower < difference && difference < bounds.upper, "\(metric)")
        #expect(compared.pValue.value.map { $0 > 0 && $0 <= 1 } == true, "\(metric)")
        let isOfTheory = !some.isEmpty || metric == .named(.ece)
        #expect(compared.method == (isOfTheory ? Self.methods[metric] ?? "bootstrap-bca" : "bootstrap-bca"))
        // A bound at 95 % and a p-value at 10 % tell the same, where they are of one law.
        if compared.method != "bootstrap-bca" {
          #expect((bounds.lower > 0 || bounds.upper < 0) == (compared.pValue.value ?? 1 < 0.1), "\(metric)")
        }
      }
    }
  }

  private static let methods: [BinaryMetric: String] = [
    .named(.rocAUC): "delong", .named(.gini): "delong", .named(.accuracy): "paired-wald",
    .named(.recall): "paired-wald", .named(.specificity): "paired-wald", .named(.brier): "paired-t",
    .named(.logLoss): "paired-t", asked[1]: "paired-t", .named(.ece): "bootstrap-bias-aware",
  ]

  /// Drawing the metrics together changes no number of any, and cells tell about what rows tell.
  @Test(arguments: [false, true])
  func `rows in cells of both models vary as rows do`(isWeighted: Bool) throws {
    var random = SeededGenerator(seed: 232)
    let labels = (0..<4_000).map { _ in random.chance(0.3) }
    let scores = labels.map { random.bell() + ($0 ? 1 : 0) }
    let rounded = scores.map { (1000 / (1 + exp(-$0))).rounded() / 1000 }
    let others = scores.map { (1000 / (1 + exp(-0.8 * $0 - 0.5 * random.bell()))).rounded() / 1000 }
    let weights = isWeighted ? labels.map { _ in random.unit() + (random.chance(0.05) ? 5 : 0) } : nil
    let comparison = BinaryComparison(
      candidate: outcomes(labels, rounded, weights: weights),
      champion: outcomes(labels, others, weights: weights))
    let metrics: [BinaryMetric] = [
      .named(.averagePrecision), .named(.ks), .named(.ece), .lift(share: 0.1),
    ]
    let plan = ResamplingPlan(resamples: 300, seed: 4, threads: 2)
    let alone = comparison.compare(metrics, confidence: 0.9, plan)
    let cells = comparison.compare(metrics, confidence: 0.9, plan, mostRowsDrawnAlone: 0)
    for (index, (one, other)) in zip(alone, cells).enumerated() {
      #expect(one == comparison.compare([metrics[index]], confidence: 0.9, plan)[0], "\(one.name)")
      #expect(one.candidate == other.candidate && one.difference == other.difference)
      let error = try #require(one.standardError.value)
      // The resamples are the same, so that only the cells can set them apart.
      #expect(abs(try #require(other.standardError.value) / error - 1) < 0.05, "\(one.name)")
      let (bounds, ofCells) = (try #require(one.bounds), try #require(other.bounds))
      #expect(abs(bounds.lower - ofCells.lower) < 0.15 * error, "\(one.name)")
      #expect(abs(bounds.upper - ofCells.upper) < 0.15 * error, "\(one.name)")
    }
  }

  @Test func `exchanging the models turns difference and bounds`() throws {
    for given in BootstrapComparisonTests.cases(rows: 100..<150, count: 2) {
      for (one, other) in zip(compare(given), compare(given.turned)) {
        #expect(agree(one.difference, other.difference.value.map { -$0 }))
        #expect(agree(one.pValue, other.pValue.value) && one.method == other.method, "\(one.name)")
        let (bounds, turned) = (try #require(one.bounds), try #require(other.bounds))
        #expect(agree(bounds.lower, -turned.upper, absolute: 1e-12), "\(one.name)")
        #expect(agree(bounds.upper, -turned.lower, absolute: 1e-12), "\(one.name)")
      }
    }
  }

  @Test func `the number of threads changes nothing`() {
    let given = BootstrapComparisonTests.cases(rows: 100..<101, count: 1)[0]
    let one = compare(given)
    for threads in [2, 8] { #expect(compare(given, threads: threads) == one) }
  }

  /// A row's draws go by its place in an order that all files of these rows share.
  @Test(arguments: [false, true], [20_000, 0])
  func `the order of rows changes nothing`(isWeighted: Bool, mostRowsDrawnAlone: Int) throws {
    var random = SeededGenerator(seed: 97)
    for given in BootstrapComparisonTests.cases(rows: 250..<251, count: 2) {
      let order = given.labels.indices.shuffled(using: &random)
      let weights = isWeighted ? order.map { 0.5 + Double($0 % 5) } : nil
      func compared(_ rows: [Int]) -> [MetricComparison] {
        func model(_ scores: [Double]) -> BinaryOutcomes {
          outcomes(
            rows.map { given.labels[$0] }, rows.map { scores[$0] },
            weights: weights.map { all in rows.map { all[$0] } })
        }
        return BinaryComparison(candidate: model(given.candidate), champion: model(given.champion)).compare(
          Self.metrics, Self.plan, mostRowsDrawnAlone: mostRowsDrawnAlone)
      }
      func scored(_ rows: [Int]) -> [ScoredMetric] {
        outcomes(
          rows.map { given.labels[$0] }, rows.map { given.candidate[$0] },
          weights: weights.map { all in rows.map { all[$0] } }
        ).scored(Self.metrics, confidence: 0.9, Self.plan, mostRowsDrawnAlone: mostRowsDrawnAlone)
      }
      for (one, other) in zip(compared(Array(order.indices)), compared(order)) {
        #expect(agree(one.standardError, other.standardError.value), "\(one.name)")
        #expect(agree(one.pValue, other.pValue.value), "\(one.name)")
        let (bounds, others) = (try #require(one.bounds), try #require(other.bounds))
        #expect(agree(bounds.lower, others.lower) && agree(bounds.upper, others.upper), "\(one.name)")
      }
      for (one, other) in zip(scored(Array(order.indices)), scored(order)) {
        let (interval, another) = (try #require(one.interval.value), try #require(other.interval.value))
        #expect(agree(interval.lower, another.lower) && agree(interval.upper, another.upper), "\(one.name)")
      }
    }
  }

  private static let metrics =
    PerformanceMetric.allCases.filter(\.isForClassification).map(BinaryMetric.named) + asked

  private func scoring(
    _ targets: [Double], _ predictions: [Double]?, _ quantiles: [RegressionScoring.Quantile] = [],
    weights: [Double]? = nil
  ) -> RegressionScoring {
    RegressionScoring(targets: targets, predictions: predictions, quantiles: quantiles, weights: weights)
  }

  @Test(arguments: [false, true])
  func `quantiles are compared by their loss, their coverage without a verdict`(isWeighted: Bool) throws {
    var random = SeededGenerator(seed: 231)
    let targets = (0..<300).map { _ in random.bell() }
    let weights = isWeighted ? targets.map { _ in random.unit() + 0.5 } : nil
    func model(_ reach: Double) -> RegressionScoring {
      scoring(
        targets, nil,
        [0.1, 0.9].map { level in
          .init(level: level, predictions: targets.map { _ in level < 0.5 ? -reach : reach })
        }, weights: weights)
    }
    let compared = RegressionComparison(candidate: model(1.28), champion: model(4)).compared(
      confidence: 0.95, Self.plan)
    #expect(compared.map(\.name) == ["pinball_0.1", "pinball_0.9", "coverage"])
    for pinball in compared.prefix(2) {
      #expect(pinball.better == .lower && pinball.verdict(margin: 0) == .superior)
      #expect(pinball.method == (isWeighted ? "bootstrap-bca" : "paired-t"))
    }
    let coverage = compared[2]
    #expect(coverage.better == .neither && coverage.verdict(margin: 1) == nil && coverage.improvement == nil)
    #expect(agree(coverage.champion, 1) && coverage.difference.value ?? 0 < -0.1)
    #expect(try #require(coverage.bounds).upper < 0)
    // Where the spans differ, so does what is covered.
    let other = scoring(
      targets, nil, [0.2, 0.8].map { .init(level: $0, predictions: targets) }, weights: weights)
    #expect(
      RegressionComparison(candidate: model(1), champion: other).compared(confidence: 0.9, Self.plan).isEmpty)
  }

  @Test func `a loss that falls is an improvement`() throws {
    let targets = (0..<200).map { Double($0 % 17) }
    let near = targets.enumerated().map { $0.element + Double($0.offset % 5) / 10 }
    let far = targets.enumerated().map { $0.element - Double($0.offset % 7) }
    let comparison = RegressionComparison(
      candidate: scoring(targets, near), champion: scoring(targets, far))
    let methods = ["rmse": "bootstrap-bca", "mae": "paired-t", "mape": "paired-t", "r2": "bootstrap-bca"]
    let all = comparison.compared(confidence: 0.95, Self.plan)
    #expect(all.map(\.name) == ["rmse", "mae", "mape", "r2", "mean_error"])
    for compared in all where compared.better != .neither {
      #expect(compared.method == methods[compared.name])
      #expect(compared.verdict(margin: 0) == .superior, "\(compared.name)")
      #expect(try #require(compared.improvement).lower > 0 && (compared.pValue.value ?? 1) < 0.05)
      #expect(compared.rows == 200)
    }
    let turned = RegressionComparison(
      candidate: scoring(targets, far, weights: targets), champion: scoring(targets, near, weights: targets))
    for compared in turned.compared(confidence: 0.95, Self.plan)
    where ["rmse", "mae"].contains(compared.name) {
      #expect(compared.verdict(margin: 0.01) == .inferior && compared.method == "bootstrap-bca")
    }
  }

  /// 50 positive rows among 1,000, of which two and four only one model has right: numpy's
  /// 1000·(z·√(6 − 4/50)/50/0.02)² with `scipy.stats.norm.ppf(0.95)`, rounded up.
  @Test func `the rows that would settle a recall are rows in all`() throws {
    let labels = (0..<1_000).map { $0 < 50 }
    func model(_ missed: Range<Int>) -> BinaryOutcomes {
      BinaryOutcomes(
        labels: labels, scores: nil,
        predictions: labels.indices.map { labels[$0] && !missed.contains($0) })
    }
    let compared = BinaryComparison(candidate: model(0..<4), champion: model(4..<6)).compare(
      [.named(.recall)], Self.plan)[0]
    #expect(compared.rows == 50 && compared.verdict(margin: 0.02) == .inconclusive)
    #expect(compared.rowsToSettle(margin: 0.02) == .defined(16_017))
  }

  /// `BootstrapComparisonTests` holds these sums against numpy, resample by resample.
  @Test func `a regression's resamples are those of its definition`() throws {
    var random = SeededGenerator(seed: 233)
    let targets = (0..<150).map { _ in 3 + random.bell() }
    let near = targets.map { $0 + random.bell() / 2 }
    let far = targets.map { $0 + 0.3 + random.bell() }
    let compared = RegressionComparison(candidate: scoring(targets, near), champion: scoring(targets, far))
      .compared(confidence: 0.95, Self.plan)
    let errors = [near, far].map { zip(targets, $0).map { $0 - $1 } }
    for (name, sums) in [
      ("rmse", PairedSums.rootMeanSquares(candidateErrors: errors[0], championErrors: errors[1])),
      (
        "r2",
        PairedSums.explainedShares(targets: targets, candidateErrors: errors[0], championErrors: errors[1])
      ),
    ] {
      let (found, expected) = (compared.first { $0.name == name }, sums.bootstrap(Self.plan))
      #expect(agree(try #require(found).standardError, expected.standardError.value), "\(name)")
      let (bounds, wanted) = (try #require(found?.bounds), try #require(expected.bounds(confidence: 0.95)))
      #expect(agree(bounds.lower, wanted.lower) && agree(bounds.upper, wanted.upper), "\(name)")
    }
  }

  /// Sixteen rows on which one model is always right and the other never.
  @Test func `a difference that all resamples share is not certain`() throws {
    let labels = (0..<16).map { $0 % 2 == 0 }
    let right = BinaryOutcomes(labels: labels, scores: nil, predictions: labels)
    let wrong = BinaryOutcomes(labels: labels, scores: nil, predictions: labels.map { !$0 })
    for compared in BinaryComparison(candidate: right, champion: wrong).compared(
      confidence: 0.95, Self.plan)
    where ["precision", "f1", "mcc", "balanced_accuracy"].contains(compared.name) {
      guard let difference = compared.difference.value else { continue }
      #expect(difference >= 1 && compared.bounds == nil, "\(compared.name)")
      #expect(compared.pValue.value == nil && compared.standardError.value == nil, "\(compared.name)")
      #expect(compared.verdict(margin: 0) == .inconclusive, "\(compared.name)")
    }
    // Where both decide alike on every row there is nothing to be unsure of.
    for compared in BinaryComparison(candidate: right, champion: right).compared(confidence: 0.95, Self.plan)
    {
      #expect(compared.bounds == ConfidenceBounds(lower: 0, upper: 0), "\(compared.name)")
    }
  }

  /// Each selects six other rows, all of them positive, so that both are precise to 1 in every resample.
  @Test(arguments: [false, true])
  func `no difference in any resample is not certain where the models differ`(isWeighted: Bool) throws {
    let labels = (0..<100).map { $0 < 50 }
    let weights = isWeighted ? labels.indices.map { 1 + Double($0 % 3) / 7 } : nil
    func choosing(_ rows: Range<Int>) -> BinaryOutcomes {
      BinaryOutcomes(
        labels: labels, scores: nil, predictions: labels.indices.map(rows.contains), weights: weights)
    }
    let comparison = BinaryComparison(candidate: choosing(0..<6), champion: choosing(10..<16))
    let precision = comparison.compare([.named(.precision)], confidence: 0.95, Self.plan)[0]
    #expect(precision.difference == .defined(0) && precision.bounds == nil)
    #expect(precision.pValue.value == nil && precision.standardError.value == nil)
    #expect(precision.verdict(margin: 0) == .inconclusive)
  }

  /// Two models that tell the classes apart without an error, each in its own order of the rows.
  @Test(arguments: [false, true], [20_000, 0])
  func `two perfect rankings are not known to be equally good`(isWeighted: Bool, mostRowsDrawnAlone: Int)
    throws
  {
    let labels = (0..<60).map { $0 % 3 == 0 }
    let weights = isWeighted ? labels.indices.map { 1 + Double($0 % 7) / 11 } : nil
    func scores(_ step: Int) -> [Double] {
      labels.enumerated().map { Double(($0 * step) % 61) / 200 + ($1 ? 0.6 : 0) }
    }
    func perfect(_ scores: [Double]) -> BinaryOutcomes {
      BinaryOutcomes(labels: labels, scores: scores, predictions: nil, weights: weights)
    }
    let metrics: [BinaryMetric] = [.named(.averagePrecision), .named(.ks), .lift(share: 0.1)]
    func compared(_ other: [Double]) -> [MetricComparison] {
      BinaryComparison(candidate: perfect(scores(7)), champion: perfect(other))
        .compare(metrics, confidence: 0.95, Self.plan, mostRowsDrawnAlone: mostRowsDrawnAlone)
    }
    for found in compared(scores(3)) {
      #expect(abs(try #require(found.difference.value)) < 1e-12 && found.bounds == nil, "\(found.name)")
      #expect(found.verdict(margin: 0) == .inconclusive, "\(found.name)")
    }
    // A rising function of the scores leaves their order as it is, and so all that is compared here.
    for found in compared(scores(7).map { $0 * $0 }) {
      #expect(
        found.bounds == ConfidenceBounds(lower: 0, upper: 0) && found.pValue == .defined(1), "\(found.name)")
    }
  }

  /// Decisions that differ on rows without weight only are the same decisions.
  @Test func `rows that weigh nothing are no disagreement`() throws {
    let labels = (0..<40).map { $0 % 2 == 0 }
    let weights = labels.indices.map { $0 < 4 ? 0.0 : 1 }
    func model(_ isOther: Bool) -> BinaryOutcomes {
      let scores = labels.indices.map { row in
        isOther && row < 4 ? 0.99 : (Double(row * 7 % 40) + 0.5) / 40
      }
      return BinaryOutcomes(
        labels: labels, scores: scores, predictions: scores.map { $0 > 0.5 }, weights: weights)
    }
    let all = BinaryComparison(candidate: model(true), champion: model(false))
      .compared(asked: Self.asked, confidence: 0.95, Self.plan)
    #expect(all.count == 16)
    for found in all { #expect(found.bounds == ConfidenceBounds(lower: 0, upper: 0), "\(found.name)") }
  }

  /// Resamples in which all targets are equal have no R².
  @Test func `R² is undefined in a resample without variance`() throws {
    let targets = [0, 0.3, 0.5, 0.2] + [Double](repeating: 0.1, count: 196)
    let predictions = targets.map { $0 * 0.9 + 0.02 }
    let interval = try #require(
      scoring(targets, predictions).scored(confidence: 0.95, Self.plan).first { $0.name == "r2" }?.interval)
    #expect(interval.value?.standardError ?? 0 < 10, "\(interval)")
  }

  @Test func `what is not there is undefined with its reason, and inconclusive`() {
    for labels in [[], [true], [true, true, true], [false, false]] {
      let scores = labels.indices.map { Double($0) / 4 }
      for compared in compare(
        .init(labels: labels, candidate: scores, champion: scores, seed: 1, resamples: 1))
      {
        if compared.bounds == nil { #expect(compared.verdict(margin: 1) == .inconclusive) }
        #expect(compared.difference.value == nil || compared.difference == .defined(0))
        if compared.name == "roc_auc" {
          #expect(compared.method == "delong" && compared.pValue.value == nil && compared.bounds == nil)
        }
      }
    }
    let noScores = BinaryOutcomes(labels: [true, false], scores: nil, predictions: [true, false])
    let compared = BinaryComparison(candidate: noScores, champion: noScores).compare(
      [.named(.brier), .named(.accuracy)], Self.plan)
    #expect(compared[0].pValue == .undefined("there are no scores, which brier reads"))
    #expect(compared[1].bounds == ConfidenceBounds(lower: 0, upper: 0))
    #expect(compared[1].discordance?.exactPValue == 1)
    let unknown = scoring([.nan, 1], [1, 2])
    let undefined = RegressionComparison(candidate: unknown, champion: unknown).compared(
      confidence: 0.95, Self.plan)
    #expect(undefined.count == 5)
    #expect(undefined.allSatisfy { $0.difference == .undefined("1 of 2 targets are not finite numbers") })
  }

  @Test func `errors whose squares no Double holds have values and no bounds`() {
    let targets = [1e200, -1e200, 3e199]
    let compared = RegressionComparison(
      candidate: scoring(targets, [0, 0, 0]), champion: scoring(targets, [1e199, 0, 0])
    ).compared(confidence: 0.95, Self.plan)
    let value = RegressionOutcomes(targets: targets, predictions: [0, 0, 0]).measure(.rmse)
    #expect(compared[0].candidate == value && compared[0].bounds == nil)
    #expect(compared[1].bounds != nil)
  }

  struct Test: Decodable {
    var z: Double?
    var twoSided: Double?
    var greater: Double?
    var less: Double?
  }

  @Test func `DeLong's p-values are those of the definition`() throws {
    let cases = BootstrapComparisonTests.cases(rows: 10..<80, count: 60).filter { given in
      given.labels.count { $0 } > 1 && given.labels.count { !$0 } > 1
    }
    for (given, answer) in zip(cases, try Oracle.comparison("delong", cases, as: Test.self)) {
      let test = DeLong.compare(labels: given.labels, candidate: given.candidate, champion: given.champion)
        .test
      guard let z = answer.z else { continue }
      #expect(agree(test.statistic, z, relative: 1e-8))
      #expect(agree(test.pValue, answer.twoSided, relative: 1e-6))
      #expect(agree(test.pValueGreater, answer.greater, relative: 1e-6))
      #expect(agree(test.pValueLess, answer.less, relative: 1e-6))
    }
  }
}
