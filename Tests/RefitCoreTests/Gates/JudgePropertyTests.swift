import Foundation
import RefitCore
import RefitStatistics
import RefitTesting
import Testing

struct JudgePropertyTests {
  static let gates: [Gate] = [
    .metric(MetricGate(name: .rocAUC, bound: .atLeast(0.74), confidence: 0.95)),
    .metric(MetricGate(name: .brier, bound: .atMost(0.2))),
    .champion(ChampionGate(metric: .accuracy, margin: .notWorseBy(0.02), confidence: 0.95)),
    .fairness(FairnessGate(measure: .equalizedOddsDifference, groups: ["sex"], bound: .atMost(0.1))),
    .leakage,
  ]

  @Test func theSameEvidenceGivesTheSameReportByteForByte() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let first = Judge.judge(Self.gates, evidence: Bench.evidence(), model: Bench.model)
    let again = Judge.judge(Self.gates, evidence: Bench.evidence(), model: Bench.model)
    #expect(try encoder.encode(first) == encoder.encode(again))
    #expect(try JSONDecoder().decode([GateResult].self, from: encoder.encode(first)) == first)
  }

  /// Among them metrics that are resampled.
  private static let resampled: [Gate] = [PerformanceMetric.averagePrecision, .ks].flatMap {
    metric -> [Gate] in
    [
      .metric(MetricGate(name: metric, bound: .atLeast(0.4), confidence: 0.95)),
      .champion(ChampionGate(metric: metric, margin: .notWorseBy(0.02), confidence: 0.95)),
    ]
  }

  /// The order of the holdout's rows says nothing.
  @Test func theOrderOfRowsDoesNotMatter() {
    var random = SeededGenerator(seed: 21)
    let order = Array(0..<400).shuffled(using: &random)
    var evidence = Bench.evidence()
    evidence.labels = .classes(order.map { Bench.rows.labels[$0] })
    evidence.candidate = Bench.scores(order.map { Bench.rows.a[$0] })
    evidence.champion = .scored(version: 3, Bench.scores(order.map { Bench.rows.b[$0] }))
    evidence.groups = [
      "sex": Evidence.Groups(codes: order.map { Bench.rows.groups[$0] }, names: ["f", "m", "x"])
    ]
    let gates = Self.gates + Self.resampled
    let shuffled = Judge.judge(gates, evidence: evidence, model: Bench.model)
    let straight = Judge.judge(gates, evidence: Bench.evidence(), model: Bench.model)
    #expect(shuffled.map(\.verdict) == straight.map(\.verdict))
    #expect(shuffled.map(\.sentence) == straight.map(\.sentence))
  }

  /// A candidate that has one row more right, all else equal, never gets a worse verdict; a wider margin
  /// never gives one either; and what passes at a confidence passes by its estimate.
  @Test func verdictsAreOrdered() throws {
    func rank(_ verdict: Verdict) -> Int { [.fail: 0, .inconclusive: 1, .pass: 2][verdict]! }
    for margin in [0, 0.01, 0.03, 0.06] {
      for confidence in [nil, 0.9, 0.95] {
        var former = 0
        for gained in 0...30 {
          let evidence = Bench.decisions(
            candidateOnly: gained, championOnly: 15, both: 155, neither: 30 - gained)
          let verdict = try ChampionCriterionTests.judge(
            .accuracy, .notWorseBy(margin), confidence: confidence, evidence
          ).verdict
          #expect(
            rank(verdict) >= former, "\(gained) gained, margin \(margin), confidence \(confidence ?? 0)")
          former = rank(verdict)
          let wider = try ChampionCriterionTests.judge(
            .accuracy, .notWorseBy(margin + 0.01), confidence: confidence, evidence)
          #expect(rank(wider.verdict) >= rank(verdict))
          let point = try ChampionCriterionTests.judge(.accuracy, .notWorseBy(margin), evidence).verdict
          #expect(verdict != .pass || point == .pass)
          #expect(verdict != .fail || point == .fail)
        }
      }
    }
  }

  /// As many rows as it says, in the same proportions, do settle it; a tenth fewer do not. Of the metrics of one class
  /// that is rows in all, not those of the class.
  @Test(arguments: [PerformanceMetric.accuracy, .recall], [(4, 8), (6, 9), (8, 8), (7, 6)])
  func soManyRowsWouldSettleIt(metric: PerformanceMetric, counts: (gained: Int, lost: Int)) throws {
    let negatives = metric == .recall ? 400 : 0
    func verdict(times factor: Int) throws -> GateResult {
      let evidence = Bench.decisions(
        candidateOnly: counts.gained * factor, championOnly: counts.lost * factor,
        both: (100 - counts.gained - counts.lost) * factor, negatives: negatives * factor)
      return try ChampionCriterionTests.judge(metric, .notWorseBy(0.02), confidence: 0.95, evidence)
    }
    let small = try verdict(times: 1)
    #expect(small.verdict == .inconclusive)
    let (rows, all) = (try #require(small.rowsToSettle), 100 + negatives)
    #expect(try verdict(times: (rows + all - 1) / all).verdict != .inconclusive)
    #expect(try verdict(times: max(1, rows * 9 / (10 * all))).verdict == .inconclusive)
  }
}
