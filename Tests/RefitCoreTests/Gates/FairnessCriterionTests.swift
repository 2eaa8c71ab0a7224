import RefitCore
import RefitStatistics
import Testing

struct FairnessCriterionTests {
  static func judge(
    _ measure: FairnessMeasure, _ bound: Bound, minimumGroup: Int = 50, _ evidence: Evidence
  ) throws -> GateResult {
    let gate = FairnessGate(measure: measure, groups: ["sex"], bound: bound, minimumGroup: minimumGroup)
    return try Bench.judge(.fairness(gate), evidence)
  }

  /// fairlearn on the same rows; for `below`, on the negated labels and decisions.
  @Test(arguments: [
    (DecisionThreshold.Side.above, FairnessMeasure.demographicParityDifference, 0.10565015479876161),
    (.above, .demographicParityRatio, 0.8041606886657102),
    (.above, .equalOpportunityDifference, 0.06901960784313732),
    (.above, .equalOpportunityRatio, 0.9191176470588235),
    (.above, .equalizedOddsDifference, 0.1404329004329004),
    (.above, .equalizedOddsRatio, 0.3992592592592593),
    (.below, .demographicParityDifference, 0.10565015479876161),
    (.below, .demographicParityRatio, 0.8133971291866029),
    (.below, .equalOpportunityDifference, 0.14043290043290035),
    (.below, .equalOpportunityRatio, 0.8451107715813599),
    (.below, .equalizedOddsDifference, 0.14043290043290035),
    (.below, .equalizedOddsRatio, 0.6799999999999999),
  ])
  func theMeasureIsThatOfFairlearn(
    favourable: DecisionThreshold.Side, measure: FairnessMeasure, value: Double
  ) throws {
    let evidence = Bench.evidence(favourable: favourable)
    let bounds: (Bound, Bound) =
      measure.isRatio
      ? (.atLeast(value - 1e-6), .atLeast(value + 1e-6)) : (.atMost(value + 1e-6), .atMost(value - 1e-6))
    let pass = try Self.judge(measure, bounds.0, evidence)
    #expect(Bench.isClose(pass.estimate, value))
    #expect(pass.verdict == .pass)
    #expect(pass.column == "sex")
    #expect(pass.candidateValue == nil, "a measure is no metric to take a baseline from")
    #expect(try Self.judge(measure, bounds.1, evidence).verdict == .fail)
  }

  /// 80 of 100 and 70 of 100: 0.8 − 0.7 is a little more than 0.1 in binary.
  static let tenApart = Bench.groups([("f", 70, 30, 10, 90), ("m", 80, 20, 10, 90)])

  @Test func boundsAreInclusive() throws {
    #expect(try Self.judge(.equalOpportunityDifference, .atMost(0.1), Self.tenApart).verdict == .pass)
    #expect(try Self.judge(.equalOpportunityDifference, .atMost(0.0999), Self.tenApart).verdict == .fail)
    #expect(try Self.judge(.equalOpportunityRatio, .atLeast(0.875), Self.tenApart).verdict == .pass)
  }

  @Test func sentences() throws {
    #expect(
      try Self.judge(.equalOpportunityDifference, .atMost(0.05), Self.tenApart).sentence
        == "equal_opportunity_difference over sex is 0.1: of those with a favourable label "
        + "70 % of f (100 rows) and "
        + "80 % of m (100 rows) are decided favourably; at most 0.05 is allowed: fail")
    #expect(
      try Self.judge(.demographicParityRatio, .atLeast(0.8), Self.tenApart).sentence
        == "demographic_parity_ratio over sex is 0.889: 40 % of f (200 rows) and 45 % of m (200 rows) "
        + "are decided "
        + "favourably; at least 0.8 is asked: pass")
    #expect(
      try Self.judge(.predictiveParityDifference, .atMost(0.1), Self.tenApart).sentence
        == "predictive_parity_difference over sex is 0.0139: of those decided favourably 87.5 % of f "
        + "(80 rows) and 88.9 % of m (90 rows) have a favourable label; at most 0.1 is allowed: pass")
    #expect(
      try Self.judge(.accuracyParityRatio, .atLeast(0.99), Self.tenApart).sentence
        == "accuracy_parity_ratio over sex is 0.941: 80 % of f (200 rows) and 85 % of m (200 rows) "
        + "are decided as their label says; at least 0.99 is asked: fail")
    let equal = Bench.groups([("f", 60, 40, 10, 90), ("m", 60, 40, 10, 90)])
    #expect(
      try Self.judge(.equalizedOddsDifference, .atMost(0.1), equal).sentence
        == "equalized_odds_difference over sex is 0: of those with a favourable label 60 % of each group are "
        + "decided favourably; at most 0.1 is allowed: pass")
  }

  @Test func aGroupThatIsTooSmallIsNamedAndInconclusive() throws {
    let evidence = Bench.groups([("f", 70, 30, 10, 90), ("m", 72, 28, 10, 90), ("x", 12, 0, 60, 5)])
    let result = try Self.judge(.equalOpportunityDifference, .atMost(0.1), evidence)
    #expect(result.verdict == .inconclusive)
    #expect(result.leftOut == ["x: 12 rows with a positive label, fewer than 50"])
    #expect(result.sentence.contains("too small to judge: x: 12 rows with a positive label, fewer than 50"))
    #expect(
      try Self.judge(.demographicParityDifference, .atMost(0.9), evidence).verdict == .pass, "77 rows in all")
  }

  /// One group more can only widen the gap.
  @Test func aGapThatIsTooWideFailsWhateverTheSmallGroupsAre() throws {
    let evidence = Bench.groups([("f", 50, 50, 10, 90), ("m", 90, 10, 10, 90), ("x", 3, 0, 1, 1)])
    for measure in [FairnessMeasure.equalOpportunityDifference, .equalizedOddsDifference] {
      let result = try Self.judge(measure, .atMost(0.1), evidence)
      #expect(result.verdict == .fail)
      #expect(result.leftOut.contains("x: 3 rows with a positive label, fewer than 50"))
    }
    // The false positive rate of m is not known, the true positive rates are known to be too far apart.
    let halfKnown = Bench.groups([("f", 50, 50, 10, 90), ("m", 90, 10, 1, 2)])
    let result = try Self.judge(.equalizedOddsDifference, .atMost(0.1), halfKnown)
    #expect(result.verdict == .fail)
    #expect(Bench.isClose(result.estimate, 0.4))
    #expect(try Self.judge(.equalizedOddsDifference, .atMost(0.5), halfKnown).verdict == .inconclusive)
  }

  @Test func rowsWithoutAGroupAreAGroup() throws {
    let few = Bench.groups([("f", 70, 30, 10, 90), ("m", 72, 28, 10, 90), ("", 5, 1, 1, 1)])
    let inconclusive = try Self.judge(.demographicParityDifference, .atMost(0.1), few)
    #expect(inconclusive.verdict == .inconclusive)
    #expect(inconclusive.leftOut == ["(missing): 8 rows, fewer than 50"])
    let many = Bench.groups([("f", 70, 30, 10, 90), ("m", 72, 28, 10, 90), ("", 1, 99, 1, 99)])
    let fail = try Self.judge(.demographicParityDifference, .atMost(0.1), many)
    #expect(fail.verdict == .fail)
    #expect(fail.sentence.contains("1 % of (missing) (200 rows)"))
  }

  @Test func aNameThatNoRowBearsIsNoGroup() throws {
    let evidence = Bench.groups([("f", 70, 30, 10, 90), ("m", 72, 28, 10, 90), ("x", 0, 0, 0, 0)])
    #expect(try Self.judge(.equalOpportunityDifference, .atMost(0.1), evidence).verdict == .pass)
  }

  @Test func whatCanNotBeComparedIsInconclusive() throws {
    let alone = try Self.judge(
      .demographicParityDifference, .atMost(1), Bench.groups([("f", 70, 30, 10, 90)]))
    #expect(alone.verdict == .inconclusive)
    #expect(alone.estimate == nil)
    let none = Bench.groups([("f", 0, 100, 0, 100), ("m", 0, 100, 0, 100)])
    #expect(try Self.judge(.demographicParityRatio, .atLeast(0.8), none).verdict == .inconclusive, "0/0")
    var evidence = Bench.evidence()
    evidence.groups = [:]
    #expect(
      try Self.judge(.demographicParityDifference, .atMost(1), evidence).sentence
        == "demographic_parity_difference over sex can't be computed: the holdout has no groups in column "
        + "sex: "
        + "inconclusive")
    var unscored = Bench.evidence()
    var scores = Bench.rows.a
    scores[3] = .nan
    unscored.candidate = Bench.scores(scores)
    #expect(try Self.judge(.demographicParityDifference, .atMost(1), unscored).verdict == .inconclusive)
    var regression = Bench.evidence()
    regression.labels = .numbers(Bench.rows.a)
    #expect(try Self.judge(.demographicParityDifference, .atMost(1), regression).verdict == .inconclusive)
  }

  @Test func eachColumnHasAResultOfItsOwn() {
    var evidence = Bench.evidence()
    evidence.groups["region"] = Evidence.Groups(codes: Bench.rows.groups.map { $0 % 2 }, names: ["n", "s"])
    let gate = FairnessGate(
      measure: .demographicParityDifference, groups: ["sex", "region"], bound: .atMost(0.1), minimumGroup: 50)
    let results = Judge.judge([.leakage, .fairness(gate)], evidence: evidence, model: Bench.model)
    #expect(results.map(\.column) == [nil, "sex", "region"])
  }
}
