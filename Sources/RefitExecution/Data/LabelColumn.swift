import RefitCore
import RefitTables

/// A model's labels, row by row, as its files have them.
public enum LabelColumn: Sendable {
  /// Of a binary classification.
  case classes(CategoryColumn)
  /// Of a regression: what is no number there is told where it is read.
  case numbers(TextColumn)

  /// How the column of labels is read.
  static func kind(_ task: Model.Task) -> ColumnKind { task == .regression ? .text : .category }

  /// A column that was read as that kind.
  init(_ name: String, of table: Table, _ task: Model.Task) throws(TableError) {
    switch task {
    case .binaryClassification: self = .classes(try table.categories(name))
    case .regression: self = .numbers(try table.text(name))
    }
  }

  /// The text of a row; empty where it is missing.
  public subscript(row: Int) -> String {
    switch self {
    case .classes(let column): column[row] ?? ""
    case .numbers(let column): column[row]
    }
  }

  /// Whether a row has no label; among numbers `NaN` is none.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .classes(let column): column.codes[row] < 0
    case .numbers(let column): column.isMissing(row) || column.number(at: row)?.isNaN == true
    }
  }
}
