import RefitTesting

extension Oracle {
  /// Asks a script of `Tests/Oracles`, by itself the one that is numpy and scipy: one answer a
  /// case, in order, from one process.
  static func answers<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type, from script: String = "statistics_oracle.py"
  ) throws -> [Answer] {
    let response = try ask(
      script, StatisticsQuestion(kind: kind, cases: cases),
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
