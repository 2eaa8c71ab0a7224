import RefitCore
import RefitTables

/// A frozen holdout, read back for judging.
public struct HoldoutRows: Sendable {
  public let ids: TextColumn
  public let index: RowIndex
  public let labels: Evidence.Labels
  public let groups: [String: Evidence.Groups]
  /// As the labels have taught it what the two classes are called; of no use for a regression.
  private let classes: BinaryClasses

  /// - Parameter path: of the full table in the vault.
  public static func read(_ path: String, model: Model) throws(DataError) -> HoldoutRows {
    do {
      let groupNames = model.holdout?.groups ?? []
      let columns =
        [
          ColumnRequest("id", as: .text), ColumnRequest(Self.label, as: LabelColumn.kind(model.task)),
        ]
        + groupNames.map { ColumnRequest("(group) \($0)", as: .category) }
      let table = try CSVFile.read([path], columns: columns)
      let ids = try table.text("id")
      var groups: [String: Evidence.Groups] = [:]
      for name in groupNames {
        let column = try table.categories("(group) \(name)")
        groups[name] = Evidence.Groups(codes: column.codes, names: column.names)
      }
      var classes = BinaryClasses(of: model)
      let labels = try labels(LabelColumn(Self.label, of: table, model.task), &classes)
      return HoldoutRows(
        ids: ids, index: try RowIndex.unique(ids, of: table), labels: labels, groups: groups, classes: classes
      )
    } catch {
      throw DataError(error)
    }
  }

  private static let label = "(label)"

  private static func labels(
    _ column: LabelColumn, _ classes: inout BinaryClasses
  ) throws(DataError) -> Evidence.Labels {
    switch column {
    case .classes(let column):
      let rows = column.codes.indices
      return .classes(try classes.labels(column, rows: rows) { "holdout: row \($0 + 1)" })
    case .numbers(let column):
      var numbers: [Double] = []
      for row in 0..<column.count {
        guard let number = column.number(at: row), number.isFinite else {
          throw DataError("holdout: row \(row + 1): label '\(column[row])' is not a finite number")
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
      if hasPrediction {
        columns.append(ColumnRequest("prediction", as: model.task == .regression ? .numeric : .category))
      }
      let table = try CSVFile.read([path], columns: columns)
      let order = try order(of: table.text("id"))
      var scores: [Double]?
      if hasScore {
        let given = try table.numeric("score")
        scores = try Self.finite(given, order, called: "score")
      }
      guard hasPrediction else { return .init(scores: scores, decisions: nil) }
      switch model.task {
      case .regression:
        let numbers = try Self.finite(table.numeric("prediction"), order, called: "prediction")
        return .init(scores: numbers, decisions: nil)
      case .binaryClassification:
        let decisions = try classes.decisions(table.categories("prediction"), rows: order) {
          "predictions.csv: row \(order[$0] + 1)"
        }
        return .init(scores: scores, decisions: decisions)
      }
    } catch {
      throw DataError(error)
    }
  }

  private static func finite(
    _ given: [Double], _ order: [Int], called name: String
  ) throws(DataError) -> [Double] {
    if let row = order.first(where: { !given[$0].isFinite }) {
      throw DataError("predictions.csv: row \(row + 1): the \(name) is not a finite number")
    }
    return order.map { given[$0] }
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
