import RefitCore
import RefitTesting
import Testing

@testable import RefitExecution

@Suite("Predictions on a holdout")
struct HoldoutRowsTests {
  private let project = ExecutionProject()

  private func rows(labels: [String] = ["1", "0", "0"], _ change: (inout Model) -> Void = { _ in }) throws
    -> (
      HoldoutRows, Model
    )
  {
    var model = project.model
    change(&model)
    let text = zip(["A", "B", "C"], labels).map { "\($0),1,\($1)\n" }.joined()
    let path = project.files.write("id,x,(label)\n" + text, to: "full.csv")
    return (try HoldoutRows.read(path, model: model), model)
  }

  private func predictions(
    _ text: String, labels: [String] = ["1", "0", "0"], _ change: (inout Model) -> Void = { _ in }
  ) throws -> Evidence.Predictions {
    let (rows, model) = try rows(labels: labels, change)
    return try rows.predictions(at: project.files.write(text, to: "predictions.csv"), model: model)
  }

  @Test("they are put into the holdout's order")
  func order() throws {
    #expect(
      try predictions("score,id\n0.3,C\n0.1,A\n0.2,B\n") == .init(scores: [0.1, 0.2, 0.3], decisions: nil))
  }

  @Test("labels and decisions are read as a score of files reads them", arguments: BinaryCase.read)
  func decisions(given: BinaryCase, accuracy: Double) throws {
    let (rows, decisions) = try judged(given)
    guard case .classes(let labels) = rows.labels else { throw SupportFailure("no classes") }
    let right = zip(labels, decisions ?? []).count { $0 == $1 }
    #expect(Double(right) / Double(labels.count) == accuracy)
  }

  @Test("a label or a decision that is of neither class is refused", arguments: BinaryCase.refused)
  func refusedDecisions(given: BinaryCase, reason: String) throws {
    let column = " in column '\(project.model.feedback?.columns.label ?? "")'"
    #expect { try judged(given) } throws: { "\($0)".replacing(column, with: "").contains(reason) }
  }

  /// The holdout of these labels, and decisions in another order than its rows.
  private func judged(_ given: BinaryCase) throws -> (HoldoutRows, [Bool]?) {
    var model = project.model
    model.feedback?.positive = given.positive
    let full = given.rows.enumerated().map { "\($0),\($1.label)\n" }.joined()
    let predictions = given.rows.enumerated().reversed().map { "\($0),\($1.decision)\n" }.joined()
    let rows = try HoldoutRows.read(project.files.write("id,(label)\n" + full, to: "full.csv"), model: model)
    let path = project.files.write("id,prediction\n" + predictions, to: "predictions.csv")
    return (rows, try rows.predictions(at: path, model: model).decisions)
  }

  @Test("of a regression the prediction is the number, and wins over a score")
  func regression() throws {
    let read = try predictions("id,score,prediction\nA,1,2.5\nB,1,-1\nC,1,1e3\n") { $0.task = .regression }
    #expect(read == .init(scores: [2.5, -1, 1000], decisions: nil))
  }

  @Test(
    "each way of being incomplete or malformed has its sentence",
    arguments: [
      ("id,score\nA,1\nB,1\n", "lacks 1 of 3 rows of the holdout, for example id 'C'"),
      ("id,score\nA,1\nB,1\nC,1\nD,1\n", "row 4: id 'D' is not in the holdout"),
      ("id,score\nA,1\nB,1\nA,1\nC,1\n", "row 3: id 'A' occurs twice"),
      ("id,score\nA,1\nB,nan\nC,1\n", "predictions.csv"),
      ("id,score\nA,1\nB,inf\nC,1\n", "row 2: the score is not a finite number"),
      ("id,score\nA,1\nB,\nC,1\n", "row 2: the score is not a finite number"),
      ("id,score\nA,1\nB,high\nC,1\n", "high"),
      ("id,value\nA,1\n", "needs the columns 'id' and 'score' or 'prediction'"),
      ("score\n1\n", "needs the columns 'id'"), ("", "predictions.csv"), ("id,score\nA\n", "predictions.csv"),
      ("id,prediction\nA,1\nB,\nC,0\n", "row 2: the prediction is missing"),
      ("id,prediction\nA,1\nB,perhaps\nC,0\n", "row 2: the decision 'perhaps' is neither '1' nor '0'"),
      ("id,score\n,1\nA,1\nB,1\nC,1\n", "row 1: id '' is not in the holdout"),
    ])
  func refused(text: String, says: String) throws {
    #expect { try predictions(text) } throws: { "\($0)".contains(says) }
  }

  @Test(
    "numbers are those of every column of numbers",
    arguments: [(" 1", 1.0), ("+2.50 ", 2.5), (".25e1", 2.5), ("0x3", nil), ("inf", nil), ("", nil)])
  func numbers(text: String, number: Double?) throws {
    let regression: (inout Model) -> Void = { $0.task = .regression }
    guard let number else {
      #expect(throws: DataError.self) { try rows(labels: [text, "0", "1"], regression) }
      #expect(throws: DataError.self) { try predictions("id,prediction\nA,\(text)\nB,0\nC,1\n", regression) }
      return
    }
    #expect(try rows(labels: [text, "0", "1"], regression).0.labels == .numbers([number, 0, 1]))
    #expect(
      try predictions("id,prediction\nA,\(text)\nB,0\nC,1\n", labels: ["1", "2", "3"], regression)
        == .init(scores: [number, 0, 1], decisions: nil))
  }

  @Test(
    "a third label, or one that is no number, is refused",
    arguments: [Model.Task.binaryClassification, .regression])
  func labels(task: Model.Task) throws {
    #expect(throws: DataError.self) { try rows(labels: ["1", "0", "maybe"]) { $0.task = task } }
  }
}
