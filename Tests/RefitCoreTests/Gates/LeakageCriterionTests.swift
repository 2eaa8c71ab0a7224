import RefitCore
import Testing

struct LeakageCriterionTests {
  @Test(arguments: [
    (
      Evidence.Training.overlap(rows: 0, of: 400, examples: []), Verdict.pass,
      "none of the 400 holdout rows is among the rows that the candidate was trained on: pass"
    ),
    (
      .overlap(rows: 12, of: 5432, examples: ["17", "23", "99"]), .fail,
      "the candidate was trained on 12 of the 5,432 holdout rows (ids 17, 23, 99): fail"
    ),
    (
      .overlap(rows: 1, of: 1, examples: ["a"]), .fail,
      "the candidate was trained on 1 of the 1 holdout row (id a): fail"
    ),
    (
      .undeclared(reason: "the train job declares no training file"), .inconclusive,
      "it is not known which rows the candidate was trained on: the train job declares no training file: "
        + "inconclusive"
    ),
    (.overlap(rows: 0, of: 0, examples: []), .inconclusive, "the holdout has no rows: inconclusive"),
  ])
  func verdicts(training: Evidence.Training, verdict: Verdict, sentence: String) throws {
    var evidence = Bench.evidence()
    evidence.candidateTraining = training
    let result = try Bench.judge(.leakage, evidence)
    #expect(result.verdict == verdict)
    #expect(result.sentence == sentence)
  }
}
