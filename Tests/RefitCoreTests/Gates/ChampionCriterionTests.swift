import Foundation
import RefitCore
import RefitStatistics
import Testing

struct ChampionCriterionTests {
  static func judge(
    _ metric: PerformanceMetric, _ margin: ChampionGate.Margin, confidence: Double? = nil,
    _ evidence: Evidence
  ) throws -> GateResult {
    try Bench.judge(.champion(ChampionGate(metric: metric, margin: margin, confidence: confidence)), evidence)
  }

  /// B challenges A.
  static var worse: Evidence {
    var evidence = Bench.evidence()
    evidence.candidate = Bench.scores(Bench.rows.b)
    evidence.champion = .scored(version: 3, Bench.scores(Bench.rows.a))
    return evidence
  }

  /// scikit-learn's values; DeLong's covariance by its definition in numpy; Wald's for paired proportions.
  @Test(arguments: [
    (PerformanceMetric.rocAUC, 0.06720895784690328, 0.05202020011347458, 0.08239771558033199),
    (.accuracy, 0.095, 0.06886610198050794, 0.12113389801949206),
  ])
  func theBoundsAreThoseOfThePairedComparison(
    metric: PerformanceMetric, difference: Double, lower: Double, upper: Double
  ) throws {
    let better = try Self.judge(metric, .notWorseBy(0.02), confidence: 0.95, Bench.evidence())
    #expect(Bench.isClose(better.estimate, difference))
    #expect(Bench.isClose(better.lower, lower))
    #expect(Bench.isClose(better.upper, upper))
    #expect(better.verdict == .pass)
    let worse = try Self.judge(metric, .notWorseBy(0.02), confidence: 0.95, Self.worse)
    #expect(Bench.isClose(worse.estimate, -difference))
    #expect(Bench.isClose(worse.lower, -upper))
    #expect(worse.verdict == .fail)
    for (margin, verdict) in [
      (upper + 1e-4, Verdict.pass), (upper - 1e-4, .inconclusive), (lower - 1e-4, .fail),
    ] {
      #expect(try Self.judge(metric, .notWorseBy(margin), confidence: 0.95, Self.worse).verdict == verdict)
    }
    for (margin, verdict) in [
      (lower - 1e-4, Verdict.pass), (lower + 1e-4, .inconclusive), (upper + 1e-4, .fail),
    ] {
      #expect(
        try Self.judge(metric, .betterBy(margin), confidence: 0.95, Bench.evidence()).verdict == verdict)
    }
  }

  @Test func sentences() throws {
    #expect(
      try Self.judge(.rocAUC, .notWorseBy(0.07), confidence: 0.95, Self.worse).sentence
        == "roc_auc is 0.0672 lower than champion credit-risk@3 (95 % sure that it is at most 0.0824 lower); "
        + "0.07 is allowed: inconclusive, about 12,000 rows would settle it")
    #expect(
      try Self.judge(.rocAUC, .notWorseBy(0.02), confidence: 0.95, Self.worse).sentence
        == "roc_auc is 0.0672 lower than champion credit-risk@3 (95 % sure that it is at least 0.052 lower); "
        + "0.02 is allowed: fail")
    #expect(
      try Self.judge(.accuracy, .betterBy(0), confidence: 0.95, Bench.evidence()).sentence
        == "accuracy is 0.095 higher than champion credit-risk@3 (95 % sure that it is at least 0.0689 "
        + "higher); "
        + "more than 0 better is asked: pass")
    #expect(
      try Self.judge(.brier, .notWorseBy(0.01), Self.worse).sentence
        == "brier is 0.0155 higher than champion credit-risk@3; 0.01 is allowed: fail")
  }

  /// b rows that only the candidate has right, c that only the champion has, of n.
  @Test(arguments: [
    (10, 10, 80, ChampionGate.Margin.notWorseBy(0), Verdict.pass), (9, 11, 80, .notWorseBy(0.02), .pass),
    (9, 11, 80, .notWorseBy(0.019), .fail), (11, 9, 80, .betterBy(0.02), .fail),
    (11, 9, 80, .betterBy(0.019), .pass),
    (0, 0, 10, .betterBy(0), .fail), (0, 0, 10, .notWorseBy(0), .pass), (3, 10, 87, .notWorseBy(0.07), .pass),
  ])
  func withoutAConfidenceTheEstimateDecides(
    b: Int, c: Int, both: Int, margin: ChampionGate.Margin, verdict: Verdict
  ) throws {
    let evidence = Bench.decisions(candidateOnly: b, championOnly: c, both: both)
    #expect(try Self.judge(.accuracy, margin, evidence).verdict == verdict)
  }

  @Test func withoutADiscordantRowTheComparisonIsExact() throws {
    let evidence = Bench.decisions(candidateOnly: 0, championOnly: 0, both: 5, neither: 5)
    let same = try Self.judge(.accuracy, .notWorseBy(0), confidence: 0.95, evidence)
    #expect((same.lower, same.upper) == (0, 0))
    #expect(same.verdict == .pass)
    #expect(
      same.sentence
        == "accuracy is that of champion credit-risk@3 (95 % sure that it is no worse); "
        + "no loss is allowed: pass"
    )
    let better = try Self.judge(.accuracy, .betterBy(0), confidence: 0.95, evidence)
    #expect(better.verdict == .fail)
    #expect(better.sentence.contains("(95 % sure that it is no better)"))
  }

  /// Smaller is better for these, and differences are turned so that positive is better.
  @Test(arguments: [
    (PerformanceMetric.brier, 0.0155403068324), (.logLoss, 0.02076580869695),
  ])
  func lossesAreTurned(metric: PerformanceMetric, worseBy: Double) throws {
    #expect(
      Bench.isClose(try Self.judge(metric, .notWorseBy(1), Self.worse).estimate, -worseBy, within: 1e-9))
    #expect(try Self.judge(metric, .notWorseBy(worseBy + 1e-6), Self.worse).verdict == .pass)
    #expect(try Self.judge(metric, .notWorseBy(worseBy - 1e-6), Self.worse).verdict == .fail)
    #expect(try Self.judge(metric, .betterBy(0), Bench.evidence()).verdict == .pass)
  }

  /// 0.7 − 0.72 is a little less than −0.02 in binary; recalls of 70 and 72 in 100.
  @Test func aDifferenceOnTheMarginIsNoMatterOfBinary() throws {
    let evidence = Bench.decisions(candidateOnly: 0, championOnly: 2, both: 70, neither: 28)
    #expect(try Self.judge(.recall, .notWorseBy(0.02), evidence).verdict == .pass)
    #expect(try Self.judge(.recall, .notWorseBy(0.0199), evidence).verdict == .fail)
    let better = Bench.decisions(candidateOnly: 2, championOnly: 0, both: 70, neither: 28)
    #expect(try Self.judge(.recall, .betterBy(0.02), better).verdict == .fail)
  }

  @Test func theFirstVersionHasNothingToBeComparedWith() throws {
    var evidence = Bench.evidence()
    evidence.champion = .never
    let result = try Self.judge(.rocAUC, .betterBy(0.5), confidence: 0.95, evidence)
    #expect(result.verdict == .pass)
    #expect(result.sentence == "there is no champion yet to compare roc_auc with: pass")
    #expect(Bench.isClose(result.candidateValue, 0.9429590017825311), "it is the baseline of later drops")
  }

  @Test func aLostChampionIsInconclusive() throws {
    var evidence = Bench.evidence()
    evidence.champion = .unavailable(version: 3, reason: "its sealed code no longer runs")
    let result = try Self.judge(.rocAUC, .notWorseBy(0.5), evidence)
    #expect(result.verdict == .inconclusive)
    #expect(
      result.sentence
        == "roc_auc can't be compared with champion credit-risk@3: its sealed code no longer runs: "
        + "inconclusive"
    )
  }

  @Test func aChampionThatSawTheHoldoutCanNotBeComparedWith() throws {
    var evidence = Bench.evidence()
    evidence.championTraining = .overlap(rows: 12, of: 400, examples: ["17", "23"])
    for confidence in [nil, 0.95] {
      let result = try Self.judge(.rocAUC, .notWorseBy(0.5), confidence: confidence, evidence)
      #expect(result.verdict == .inconclusive)
      #expect(
        result.sentence
          == "roc_auc can't be compared with champion credit-risk@3: it was trained on 12 of the "
          + "400 holdout rows (ids 17, 23): inconclusive")
      #expect(result.championValue == nil)
    }
    #expect(try Bench.judge(.leakage, evidence).verdict == .pass, "leakage is about the candidate")
    evidence.championTraining = .undeclared(reason: "adopted")
    #expect(try Self.judge(.rocAUC, .notWorseBy(0.5), evidence).verdict == .pass)
  }

  @Test func whatDoesNotExistOnEitherSideIsInconclusive() throws {
    var evidence = Bench.evidence()
    var scores = Bench.rows.b
    scores[0] = .infinity
    evidence.champion = .scored(version: 3, Bench.scores(scores))
    for metric in [PerformanceMetric.rocAUC, .accuracy, .brier, .rmse] {
      #expect(try Self.judge(metric, .notWorseBy(0.9), evidence).verdict == .inconclusive)
      #expect(try Self.judge(metric, .notWorseBy(0.9), confidence: 0.95, evidence).verdict == .inconclusive)
    }
  }

  @Test(arguments: PerformanceMetric.allCases.filter(\.isForClassification))
  func boundsAreThoseOfTheComparison(metric: PerformanceMetric) throws {
    let labels = Bench.rows.labels
    func outcomes(_ scores: [Double]) -> BinaryOutcomes {
      BinaryOutcomes(labels: labels, scores: scores, predictions: scores.map { $0 >= 0.5 })
    }
    let comparison = try #require(
      BinaryComparison(candidate: outcomes(Bench.rows.a), champion: outcomes(Bench.rows.b))
        .compared(confidence: 0.95, ResamplingPlan(seed: 1)).first { $0.name == metric.rawValue })
    let result = try Self.judge(metric, .notWorseBy(0.02), confidence: 0.95, Bench.evidence())
    let improvement = try #require(comparison.improvement)
    #expect(Bench.isClose(result.lower, improvement.lower) && Bench.isClose(result.upper, improvement.upper))
    #expect((result.estimate! > 0) == ((comparison.difference.value! > 0) == (metric.better == .higher)))
    let expected: Verdict =
      improvement.lower >= -0.02 ? .pass : improvement.upper < -0.02 ? .fail : .inconclusive
    #expect(result.verdict == expected)
  }

  /// 1000000.4 − 1000000.1 strays from 0.3 by 5e-11, which is nothing beside such targets.
  @Test func decimalsCompareAsTheyAreWritten() throws {
    var evidence = Bench.evidence()
    evidence.champion = .scored(version: 3, Bench.scores([1_000_000.1]))
    (evidence.labels, evidence.groups) = (.numbers([1_000_000.1]), [:])
    evidence.candidate = Bench.scores([1_000_000.4])
    #expect(try Self.judge(.mae, .notWorseBy(0.3), evidence).verdict == .pass)
    #expect(try Self.judge(.mae, .notWorseBy(0.2999), evidence).verdict == .fail)
  }

  @Test(arguments: [PerformanceMetric.rmse, .mae, .mape, .r2])
  func errorsAreComparedAtAConfidence(metric: PerformanceMetric) throws {
    var evidence = Bench.evidence()
    evidence.labels = .numbers(Bench.rows.labels.indices.map { 5 + sin(Double($0)) })
    evidence.groups = [:]
    let targets = Bench.rows.labels.indices.map { 5 + sin(Double($0)) }
    evidence.candidate = Bench.scores(zip(targets, Bench.rows.a).map { $0 + ($1 - 0.5) })
    evidence.champion = .scored(
      version: 3, Bench.scores(zip(targets, Bench.rows.b).map { $0 + 2 * ($1 - 0.5) }))
    let better = try Self.judge(metric, .betterBy(0), confidence: 0.95, evidence)
    #expect(better.verdict == .pass, "\(better.sentence)")
    let candidate = evidence.candidate
    guard case .scored(_, let champion) = evidence.champion else { preconditionFailure("it is scored") }
    (evidence.candidate, evidence.champion) = (champion, .scored(version: 3, candidate))
    #expect(try Self.judge(metric, .notWorseBy(0), confidence: 0.95, evidence).verdict == .fail)
  }

  @Test func regressionComparesErrors() throws {
    var evidence = Bench.evidence()
    evidence.labels = .numbers([0, 0, 0, 0])
    evidence.groups = [:]
    evidence.candidate = Bench.scores([3, 3, 3, 3])
    evidence.champion = .scored(version: 3, Bench.scores([2, 2, 2, 2]))
    let result = try Self.judge(.rmse, .notWorseBy(1), evidence)
    #expect(result.verdict == .pass)
    #expect(result.estimate == -1)
    #expect(result.sentence == "rmse is 1 higher than champion credit-risk@3; 1 is allowed: pass")
    #expect(try Self.judge(.mae, .notWorseBy(0.5), evidence).verdict == .fail)
  }
}
