import RefitTesting

extension Oracle {
  /// Asks `Tests/Oracles/comparison_oracle.py`: one answer a case, in order, from one process.
  static func comparison<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type
  ) throws -> [Answer] {
    let response = try ask(
      "comparison_oracle.py", Question(kind: kind, cases: cases), as: Response<Answer>.self)
    guard response.answers.count == cases.count else {
      throw SupportFailure("the oracle answered \(response.answers.count) of \(cases.count) \(kind) cases")
    }
    return response.answers
  }
}

private struct Question<Case: Encodable>: Encodable {
  let kind: String
  let cases: [Case]
}

private struct Response<Answer: Decodable>: Decodable {
  let answers: [Answer]
}
