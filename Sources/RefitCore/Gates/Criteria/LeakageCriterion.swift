/// No holdout row is among the rows that the candidate was trained on.
enum LeakageCriterion {
  static func judge(_ judged: JudgedRows) -> GateResult {
    var result = GateResult(gate: "leakage", verdict: .inconclusive, sentence: "")
    result.rows = judged.rows
    switch judged.evidence.candidateTraining {
    case .undeclared(let reason):
      result.sentence = "it is not known which rows the candidate was trained on: \(reason): inconclusive"
    case .overlap(_, of: 0, _):
      result.sentence = "the holdout has no rows: inconclusive"
    case .overlap(rows: 0, let all, _):
      result.estimate = 0
      result.bound = 0
      result.verdict = .pass
      result.sentence =
        "none of the \(Figure.count(all, "holdout row")) is among the rows that the candidate was trained on: "
        + "pass"
    case .overlap(let rows, let all, let examples):
      result.estimate = Double(rows)
      result.bound = 0
      result.verdict = .fail
      result.sentence =
        "the candidate was trained on \(Figure.count(rows)) of the \(Figure.count(all, "holdout row"))"
        + "\(Self.examples(examples)): fail"
    }
    return result
  }

  /// ` (ids 17, 23, 99)`; nothing when there are none.
  static func examples(_ ids: [String]) -> String {
    guard !ids.isEmpty else { return "" }
    return " (\(ids.count == 1 ? "id" : "ids") \(ids.prefix(5).joined(separator: ", ")))"
  }
}
