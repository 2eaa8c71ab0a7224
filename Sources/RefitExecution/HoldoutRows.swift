import RefitCore
import RefitTables

/// A frozen holdout, read back for judging.
public struct HoldoutRows: Sendable {
  public let ids: TextColumn
  public let index: RowIndex
  public let labels: Evidence.Labels
  public let groups: [String: Evidence.Groups]
  /// As the labels have taught it what the two classes are called; of no use for a regression.
  private let classes: BinaryLabels

  /// - Parameter path: of the full table in the vault.
  public static func read(_ path: String, model: Model) throws(DataError) -> HoldoutRows {
    do {
      let groupNames = model.holdout?.groups ?? []
      let columns =
        [ColumnRequest("id", as: .text), ColumnRequest("(label)", as: .text)]
        + groupNames.map { ColumnRequest("(group) \($0)", as: .category) }
      let table = try CSVFile.read([path], columns: columns)
      let ids = try table.text("id")
      var groups: [String: Evidence.Groups] = [:]
      for name in groupNames {
        let column = try table.categories("(group) \(name)")
        groups[name] = Evidence.Groups(codes: column.codes, names: column.names)
      }
      var classes = BinaryLabels(positive: model.feedback?.positive ?? "1")
      let labels = try labels(of: table.text("(label)"), task: model.task, &classes)
      return HoldoutRows(
        ids: ids, index: try RowIndex.unique(ids, of: table), labels: labels, groups: groups, classes: classes
      )
    } catch {
      throw DataError(error)
    }
  }

  private static func labels(
    of column: TextColumn, task: Model.Task, _ classes: inout BinaryLabels
  ) throws(DataError) -> Evidence.Labels {
    switch task {
    case .binaryClassification:
      var labels: [Bool] = []
      for row in 0..<column.count { labels.append(try classes.isPositive(column[row])) }
      return .classes(labels)
    case .regression:
      var numbers: [Double] = []
      for row in 0..<column.count {
        let text = column[row]
        guard let number = Double(text), number.isFinite else {
          throw DataError("holdout: row \(row + 1): label '\(text)' is not a finite number")
        }
        numbers.append(number)
      }
      return .numbers(numbers)
    }
  }

  /// Reads a score job's `predictions.csv` in the holdout's order.
  ///
  /// - Throws: a sentence when a row is missing, occurs twice, is not of the holdout, or is not a finite number.
  public func predictions(at path: String, model: Model) throws(DataError) -> Evidence.Predictions {
    do {
      let header = try CSVFile.header(at: path)
      let hasScore = header.contains("score")
      let hasPrediction = header.contains("prediction")
      guard header.contains("id"), hasScore || hasPrediction else {
        throw DataError("predictions.csv needs the columns 'id' and 'score' or 'prediction'")
      }
      var columns = [ColumnRequest("id", as: .text)]
      if hasScore { columns.append(ColumnRequest("score", as: .numeric)) }
      if hasPrediction { columns.append(ColumnRequest("prediction", as: .text)) }
      let table = try CSVFile.read([path], columns: columns)
      let order = try order(of: table.text("id"))
      var scores: [Double]?
      if hasScore {
        let given = try table.numeric("score")
        scores = order.map { given[$0] }
        if let row = order.first(where: { !given[$0].isFinite }) {
          throw DataError("predictions.csv: row \(row + 1): the score is not a finite number")
        }
      }
      return try hasPrediction
        ? decided(table.text("prediction"), order, scores, model) : .init(scores: scores, decisions: nil)
    } catch {
      throw DataError(error)
    }
  }

  private func decided(
    _ column: TextColumn, _ order: [Int], _ scores: [Double]?, _ model: Model
  ) throws(DataError) -> Evidence.Predictions {
    if model.task == .regression {
      var numbers: [Double] = []
      for row in order {
        guard let number = Double(column[row]), number.isFinite else {
          throw DataError("predictions.csv: row \(row + 1): the prediction is not a finite number")
        }
        numbers.append(number)
      }
      return .init(scores: numbers, decisions: nil)
    }
    if let row = order.first(where: { column.isMissing($0) }) {
      throw DataError("predictions.csv: row \(row + 1): the prediction is missing")
    }
    var classes = classes
    var decisions: [Bool] = []
    for row in order {
      do { decisions.append(try classes.isPositiveDecision(column[row])) } catch {
        throw DataError("predictions.csv: row \(row + 1): \(error)")
      }
    }
    return .init(scores: scores, decisions: decisions)
  }

  /// For each row of the holdout, the row of `given` with its id.
  private func order(of given: TextColumn) throws(DataError) -> [Int] {
    var order = [Int](repeating: -1, count: ids.count)
    for row in 0..<given.count {
      guard let position = given.withBytes(at: row, { index[$0] }) else {
        throw DataError("predictions.csv: row \(row + 1): id '\(given[row])' is not in the holdout")
      }
      guard order[position] < 0 else {
        throw DataError("predictions.csv: row \(row + 1): id '\(given[row])' occurs twice")
      }
      order[position] = row
    }
    if let missing = order.firstIndex(of: -1) {
      let count = order.count { $0 < 0 }
      throw DataError(
        "predictions.csv lacks \(count) of \(order.count) rows of the holdout, for example id '\(ids[missing])'"
      )
    }
    return order
  }
}
