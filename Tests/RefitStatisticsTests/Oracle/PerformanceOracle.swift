import RefitTesting

/// Asks `Tests/Oracles/performance_oracle.py`, that is scikit-learn and exact fractions: one answer a case, in order,
/// from one process.
enum PerformanceOracle {
  typealias Numbers = [String: Double?]

  static func answers<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type = Numbers.self
  ) throws -> [Answer] {
    let response = try Oracle.ask(
      "performance_oracle.py", Question(kind: kind, cases: cases), as: Response<Answer>.self)
    guard response.answers.count == cases.count else {
      throw SupportFailure("the oracle answered \(response.answers.count) of \(cases.count) \(kind) cases")
    }
    return response.answers
  }

  private struct Question<Case: Encodable>: Encodable {
    let kind: String
    let cases: [Case]
  }

  private struct Response<Answer: Decodable>: Decodable {
    let answers: [Answer]
  }
}
