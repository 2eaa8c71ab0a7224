import RefitCore
import RefitStatistics
import RefitTables

/// The columns that have a role in a score, of files that are read as one table.
struct ScoredTable: Sendable {
  /// The path or the pattern of its files.
  let name: String
  private let table: Table
  private var late: LateLabels?

  /// A column from another table: for each row here the row there, −1 where there is none.
  private struct LateLabels {
    let column: String
    let table: Table
    let rows: [Int32]
  }

  /// Reads the columns; one may have two roles, and then be read as two kinds.
  static func read(_ files: TableFiles, _ columns: [ColumnRequest]) throws(TableError) -> ScoredTable {
    ScoredTable(name: files.name, table: try files.read(columns))
  }

  /// The same rows with a column of another table, which may replace one here.
  ///
  /// - Parameter rows: for each row here the row there, −1 where there is none.
  func taking(_ column: String, of other: ScoredTable, rows: [Int32]) -> ScoredTable {
    var joined = self
    joined.late = LateLabels(column: column, table: other.table, rows: rows)
    return joined
  }

  var rowCount: Int { table.rowCount }

  func contains(_ column: String) -> Bool { table.contains(column) }

  func categories(_ column: String) throws(ScoreError) -> CategoryColumn {
    do {
      guard let late, late.column == column else { return try table.categories(column) }
      let there = try late.table.categories(column)
      return CategoryColumn(codes: late.rows.map { $0 < 0 ? -1 : there.codes[Int($0)] }, names: there.names)
    } catch { throw .table(error) }
  }

  func text(_ column: String) throws(ScoreError) -> TextColumn {
    do { return try table.text(column) } catch { throw .table(error) }
  }

  func numbers(_ column: String) throws(ScoreError) -> [Double] {
    do {
      guard let late, late.column == column else { return try table.numeric(column) }
      let there = try late.table.numeric(column)
      return late.rows.map { $0 < 0 ? .nan : there[Int($0)] }
    } catch { throw .table(error) }
  }

  /// The finite numbers of some rows.
  ///
  /// - Throws: for the first one that is missing or not finite.
  func finite(_ column: String, rows: [Int]) throws(ScoreError) -> [Double] {
    let all = try numbers(column)
    for row in rows where !all[row].isFinite {
      let what = all[row].isNaN ? "is missing in a row that has a label" : "is not finite"
      throw value(row, of: column, "column '\(column)' \(what)")
    }
    return rows.map { all[$0] }
  }

  /// The texts of some rows as codes into their distinct texts.
  ///
  /// - Throws: for the first one that is missing.
  func texts(_ column: String, rows: [Int]) throws(ScoreError) -> (codes: [Int32], names: [LabelText]) {
    let all = try categories(column)
    for row in rows where all.codes[row] < 0 {
      throw value(row, of: column, "column '\(column)' is missing in a row that has a label")
    }
    return (rows.map { all.codes[$0] }, all.names.map(LabelText.init))
  }

  /// An error in a row's value of a column.
  func value(_ row: Int, of column: String, _ sentence: String) -> ScoreError {
    let place = location(of: column, row)
    return .value(file: place.file, line: place.line, sentence)
  }

  /// Where a row's value of a column was read.
  func location(of column: String, _ row: Int) -> RowLocation {
    if let late, late.column == column, late.rows[row] >= 0 {
      return late.table.location(ofRow: Int(late.rows[row]))
    }
    return table.location(ofRow: row)
  }
}
