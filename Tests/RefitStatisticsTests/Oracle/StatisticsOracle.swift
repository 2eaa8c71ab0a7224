import RefitTesting

extension Oracle {
  /// Asks `Tests/Oracles/statistics_oracle.py`, that is numpy, scipy and fairlearn: one answer a
  /// case, in order, from one process.
  static func answers<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type
  ) throws -> [Answer] {
    let response = try ask(
      "statistics_oracle.py", StatisticsQuestion(kind: kind, cases: cases),
      as: StatisticsResponse<Answer>.self)
    guard response.answers.count == cases.count else {
      throw SupportFailure("the oracle answered \(response.answers.count) of \(cases.count) \(kind) cases")
    }
    return response.answers
  }
}

private struct StatisticsQuestion<Case: Encodable>: Encodable {
  let kind: String
  let cases: [Case]
}

private struct StatisticsResponse<Answer: Decodable>: Decodable {
  let answers: [Answer]
}
