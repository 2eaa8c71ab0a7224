import RefitTesting

extension Oracle {
  /// Asks a script of `Tests/Oracles` that answers lists of cases: one answer a case, in order, from one process.
  static func answers<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type, from script: String = "statistics_oracle.py"
  ) throws -> [Answer] {
    let response = try ask(script, Question(kind: kind, cases: cases), as: Response<Answer>.self)
    guard response.answers.count == cases.count else {
      throw SupportFailure("the oracle answered \(response.answers.count) of \(cases.count) \(kind) cases")
    }
    return response.answers
  }

  /// What numpy and scipy, or the definition, say about comparing two models.
  static func comparison<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type
  ) throws -> [Answer] {
    try answers(kind, cases, as: answer, from: "comparison_oracle.py")
  }

  /// What scikit-learn, or exact fractions, say about predictive performance.
  static func performance<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type = [String: Double?].self
  ) throws -> [Answer] {
    try answers(kind, cases, as: answer, from: "performance_oracle.py")
  }
}

private struct Question<Case: Encodable>: Encodable {
  let kind: String
  let cases: [Case]
}

private struct Response<Answer: Decodable>: Decodable {
  let answers: [Answer]
}
