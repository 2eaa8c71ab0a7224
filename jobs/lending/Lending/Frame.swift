/// Rows of applications by column: what a model is fitted on, and what it scores.
public struct Frame: Equatable, Sendable {
  public var rowCount: Int
  /// NaN stands for a missing value.
  public var numeric: [String: [Double]]
  public var categorical: [String: [String]]

  public init(rowCount: Int = 0, numeric: [String: [Double]] = [:], categorical: [String: [String]] = [:]) {
    self.rowCount = rowCount
    self.numeric = numeric
    self.categorical = categorical
  }

  /// Takes the named columns of a table; throws `missingColumn` or `malformed`.
  public init(
    _ table: CommaSeparatedTable, numeric: [String], categorical: [String]
  ) throws(LendingError) {
    self.init(rowCount: table.rowCount)
    for column in numeric { self.numeric[column] = try table.numbers(column) }
    for column in categorical { self.categorical[column] = try table.texts(column) }
  }

  /// The rows at `indices`, in that order.
  public func rows(_ indices: [Int]) -> Frame {
    Frame(
      rowCount: indices.count,
      numeric: numeric.mapValues { values in indices.map { values[$0] } },
      categorical: categorical.mapValues { values in indices.map { values[$0] } })
  }

  /// All columns but the named ones.
  public func without(_ columns: [String]) -> Frame {
    Frame(
      rowCount: rowCount, numeric: numeric.filter { !columns.contains($0.key) },
      categorical: categorical.filter { !columns.contains($0.key) })
  }

  /// Adds the rows of another frame with the same columns.
  public mutating func append(_ other: Frame) {
    if rowCount == 0 {
      self = other
      return
    }
    precondition(numeric.keys == other.numeric.keys && categorical.keys == other.categorical.keys)
    rowCount += other.rowCount
    for column in numeric.keys { numeric[column]!.append(contentsOf: other.numeric[column]!) }
    for column in categorical.keys { categorical[column]!.append(contentsOf: other.categorical[column]!) }
  }
}
