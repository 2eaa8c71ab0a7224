import RefitCore
import RefitStatistics
import Testing

struct MetricCriterionTests {
  static func judge(
    _ metric: PerformanceMetric, _ bound: Bound, confidence: Double? = nil, _ evidence: Evidence
  ) throws
    -> GateResult
  {
    try Bench.judge(.metric(MetricGate(name: metric, bound: bound, confidence: confidence)), evidence)
  }

  /// scikit-learn 1.x on the same rows.
  @Test(arguments: [
    (PerformanceMetric.rocAUC, 0.9429590017825311), (.accuracy, 0.8375), (.precision, 0.8210526315789474),
    (.recall, 0.8342245989304813), (.f1, 0.8275862068965517), (.brier, 0.13300251608823013),
    (.logLoss, 0.43149401188966346),
  ])
  func theEstimateIsThatOfScikitLearn(metric: PerformanceMetric, value: Double) throws {
    let evidence = Bench.evidence()
    let result = try Self.judge(metric, .atLeast(value - 1e-6), evidence)
    #expect(Bench.isClose(result.estimate, value))
    #expect(result.candidateValue == result.estimate)
    #expect(result.verdict == .pass)
    #expect(try Self.judge(metric, .atLeast(value + 1e-6), evidence).verdict == .fail)
    #expect(try Self.judge(metric, .atMost(value + 1e-6), evidence).verdict == .pass)
    #expect(try Self.judge(metric, .atMost(value - 1e-6), evidence).verdict == .fail)
  }

  /// DeLong's variance by its definition in numpy; Wilson's interval of scipy; both at one-sided 95 %.
  @Test(arguments: [
    (PerformanceMetric.rocAUC, 0.92663865410138, 0.9592793494636824),
    (.accuracy, 0.8049096742260974, 0.8655553948269624),
  ])
  func boundsDecideWhenThereIsAConfidence(metric: PerformanceMetric, lower: Double, upper: Double) throws {
    let evidence = Bench.evidence()
    for (bound, verdict) in [
      (lower - 1e-4, Verdict.pass), (lower + 1e-4, .inconclusive), (upper + 1e-4, .fail),
    ] {
      let result = try Self.judge(metric, .atLeast(bound), confidence: 0.95, evidence)
      #expect(Bench.isClose(result.lower, lower))
      #expect(Bench.isClose(result.upper, upper))
      #expect(result.verdict == verdict)
      #expect((result.rowsToSettle != nil) == (verdict == .inconclusive))
    }
    for (bound, verdict) in [
      (upper + 1e-4, Verdict.pass), (upper - 1e-4, .inconclusive), (lower - 1e-4, .fail),
    ] {
      #expect(try Self.judge(metric, .atMost(bound), confidence: 0.95, evidence).verdict == verdict)
    }
  }

  @Test func sentences() throws {
    let evidence = Bench.evidence()
    #expect(
      try Self.judge(.rocAUC, .atLeast(0.92), confidence: 0.95, evidence).sentence
        == "roc_auc is 0.943 (95 % sure that it is at least 0.927); at least 0.92 is asked: pass")
    #expect(
      try Self.judge(.rocAUC, .atLeast(0.97), confidence: 0.95, evidence).sentence
        == "roc_auc is 0.943 (95 % sure that it is at most 0.959); at least 0.97 is asked: fail")
    #expect(
      try Self.judge(.accuracy, .atLeast(0.82), confidence: 0.95, evidence).sentence
        == "accuracy is 0.838 (95 % sure that it is at least 0.805); at least 0.82 is asked: inconclusive, "
        + "about "
        + "1,400 rows would settle it")
    #expect(
      try Self.judge(.brier, .atMost(0.13), evidence).sentence
        == "brier is 0.133; at most 0.13 is allowed: fail")
  }

  @Test func onTheBoundPasses() throws {
    let evidence = Bench.decisions(candidateOnly: 37, championOnly: 13, both: 0)
    #expect(try Self.judge(.accuracy, .atLeast(0.74), evidence).verdict == .pass)
    #expect(try Self.judge(.accuracy, .atMost(0.74), evidence).verdict == .pass)
  }

  /// Prices in tenths: no Double is 0.1, and 10000.1 − 10000 strays from it by more than 1.1 − 1.
  @Test(arguments: [(1.0, 1.1), (0.0, 0.1), (100, 100.1), (10_000, 10_000.1)])
  func decimalsCompareAsTheyAreWritten(target: Double, prediction: Double) throws {
    var evidence = Bench.evidence()
    (evidence.labels, evidence.groups, evidence.champion) = (.numbers([target, target]), [:], .never)
    evidence.candidate = Bench.scores([prediction, prediction])
    for metric in [PerformanceMetric.mae, .rmse] {
      let result = try Self.judge(metric, .atMost(0.1), evidence)
      #expect(result.sentence == "\(metric.rawValue) is 0.1; at most 0.1 is allowed: pass")
      #expect(try Self.judge(metric, .atLeast(0.1), evidence).verdict == .pass)
      #expect(try Self.judge(metric, .atMost(0.09999), evidence).verdict == .fail)
    }
  }

  /// The noise of a large target doesn't hide an error that is larger than it: 1e12 is exact to 0.0001.
  @Test func aLargeTargetHidesNoError() throws {
    var evidence = Bench.evidence()
    (evidence.labels, evidence.groups, evidence.champion) = (.numbers([1e12, 5]), [:], .never)
    evidence.candidate = Bench.scores([1e12, 6.8])
    #expect(try Self.judge(.mae, .atMost(0.1), evidence).verdict == .fail)
    #expect(try Self.judge(.mae, .atMost(0.9), evidence).verdict == .pass)
  }

  /// Wilson's lower bound of 95 in 100 is 0.9008, where the normal law has 0.914: by that law 100 rows would do.
  @Test func theRowsThatThereAreSettleNothing() throws {
    let evidence = Bench.decisions(candidateOnly: 95, championOnly: 0, both: 0, neither: 5)
    let result = try Self.judge(.accuracy, .atLeast(0.905), confidence: 0.95, evidence)
    #expect(result.verdict == .inconclusive)
    #expect(try #require(result.rowsToSettle) > 100)
    #expect(result.sentence.hasSuffix("about 120 rows would settle it"))
  }

  @Test func whatDoesNotExistIsInconclusive() throws {
    var evidence = Bench.evidence()
    evidence.labels = .classes(Array(repeating: false, count: 400))
    let oneClass = try Self.judge(.rocAUC, .atLeast(0.5), confidence: 0.95, evidence)
    #expect(oneClass.verdict == .inconclusive)
    #expect(oneClass.sentence.hasPrefix("roc_auc does not exist: "))
    let regression = try Self.judge(.rmse, .atMost(10), evidence)
    #expect(regression.verdict == .inconclusive)
  }

  /// Of one row the value is known, and nothing of how it would vary.
  @Test func aValueWithoutPrecisionIsInconclusive() throws {
    var evidence = Bench.decisions(candidateOnly: 1, championOnly: 0, both: 0)
    evidence.candidate = Bench.scores([0.9])
    let result = try Self.judge(.brier, .atMost(0.5), confidence: 0.95, evidence)
    #expect(result.verdict == .inconclusive)
    #expect(result.sentence.contains("brier is 0.01, but these rows don't tell how sure that is"))
    #expect(Bench.isClose(result.candidateValue, 0.01))
  }

  /// Two-sided at 90 % is one-sided at 95 %.
  @Test(arguments: PerformanceMetric.allCases.filter(\.isForClassification))
  func boundsAreThoseOfTheScoredMetric(metric: PerformanceMetric) throws {
    let result = try Self.judge(metric, .atLeast(0), confidence: 0.95, Bench.evidence())
    let (labels, scores) = (Bench.rows.labels, Bench.rows.a)
    let scored = BinaryOutcomes(labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 })
      .scored(confidence: 0.9, ResamplingPlan(seed: 1))
    let interval = try #require(scored.first { $0.name == metric.rawValue }?.interval.value)
    #expect(Bench.isClose(result.lower, interval.lower) && Bench.isClose(result.upper, interval.upper))
    #expect(try #require(result.lower) < result.candidateValue! && result.candidateValue! < result.upper!)
  }

  @Test(arguments: [PerformanceMetric.rmse, .mae, .mape, .r2])
  func errorsHaveBoundsToo(metric: PerformanceMetric) throws {
    var evidence = Bench.evidence()
    evidence.labels = .numbers(Bench.rows.b.map { 5 + $0 })
    evidence.groups = [:]
    evidence.candidate = Bench.scores(Bench.rows.a.map { 5 + $0 })
    let value = try #require(try Self.judge(metric, .atMost(9), evidence).candidateValue)
    for (bound, verdict) in [
      (value * 1.5, Verdict.pass), (value * 1.0001, .inconclusive), (value / 1.5, .fail),
    ] {
      #expect(try Self.judge(metric, .atMost(bound), confidence: 0.95, evidence).verdict == verdict)
    }
  }

  /// A score that is no number would otherwise be the decision "no".
  @Test(arguments: [PerformanceMetric.accuracy, .recall, .rocAUC, .brier])
  func aScoreThatIsNoNumberIsNoDecision(metric: PerformanceMetric) throws {
    var evidence = Bench.evidence()
    var scores = Bench.rows.a
    scores[7] = .nan
    evidence.candidate = Bench.scores(scores)
    for confidence in [nil, 0.95] {
      #expect(try Self.judge(metric, .atLeast(0), confidence: confidence, evidence).verdict == .inconclusive)
    }
  }

  @Test func theThresholdOfTheModelMakesTheDecisions() throws {
    var evidence = Bench.evidence()
    evidence.threshold = DecisionThreshold(threshold: 0)
    #expect(try Self.judge(.recall, .atLeast(1), evidence).verdict == .pass)
    evidence.candidate.decisions = Array(repeating: false, count: 400)
    #expect(try Self.judge(.recall, .atMost(0), evidence).verdict == .pass, "decisions win over scores")
  }

  @Test func regression() throws {
    var evidence = Bench.evidence()
    evidence.labels = .numbers(Bench.rows.b.enumerated().map { 100 * $1 + Double(7 * $0 % 13) })
    evidence.candidate = Bench.scores(Bench.rows.a.map { 100 * $0 })
    #expect(Bench.isClose(try Self.judge(.rmse, .atMost(10), evidence).estimate, 9.650589038696893))
    #expect(Bench.isClose(try Self.judge(.mae, .atMost(10), evidence).estimate, 7.848602754918392))
    #expect(try Self.judge(.rocAUC, .atLeast(0), evidence).verdict == .inconclusive)
  }
}
