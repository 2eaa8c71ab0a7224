import RefitCore
import RefitStatistics
import RefitTables

/// The columns that have a role in a score, of files that are read as one table.
struct ScoredTable: Sendable {
  /// The path or the pattern of its files.
  let name: String
  private let table: Table
  /// Where the table's rows stand beside those of another one: for each row there the row here, −1 where there is none.
  private var rows: [Int32]?

  /// Reads the columns; one may have two roles, and then be read as two kinds.
  static func read(_ files: TableFiles, _ columns: [ColumnRequest]) throws(TableError) -> ScoredTable {
    ScoredTable(name: files.name, table: try files.read(columns))
  }

  /// The rows beside those of another table; what stands beside none is missing.
  ///
  /// - Parameter rows: for each row there the row here, −1 where there is none.
  func placed(at rows: [Int32]) -> ScoredTable {
    var placed = self
    placed.rows = rows
    return placed
  }

  var rowCount: Int { rows?.count ?? table.rowCount }

  func contains(_ column: String) -> Bool { table.contains(column) }

  func categories(_ column: String) throws(ScoreError) -> CategoryColumn {
    do {
      let all = try table.categories(column)
      guard let rows else { return all }
      return CategoryColumn(codes: rows.map { $0 < 0 ? -1 : all.codes[Int($0)] }, names: all.names)
    } catch { throw .table(error) }
  }

  /// The ids of a table whose rows stand as they were read.
  func text(_ column: String) throws(ScoreError) -> TextColumn {
    do { return try table.text(column) } catch { throw .table(error) }
  }

  func numbers(_ column: String) throws(ScoreError) -> [Double] {
    do {
      let all = try table.numeric(column)
      return rows.map { rows in rows.map { $0 < 0 ? .nan : all[Int($0)] } } ?? all
    } catch { throw .table(error) }
  }

  /// The finite numbers of some rows.
  ///
  /// - Throws: for the first one that is missing or not finite.
  func finite(_ column: String, rows: [Int]) throws(ScoreError) -> [Double] {
    let all = try numbers(column)
    for row in rows where !all[row].isFinite {
      let what = all[row].isNaN ? "is missing in a row that has a label" : "is not finite"
      throw value(row, "column '\(column)' \(what)")
    }
    return rows.map { all[$0] }
  }

  /// The texts of some rows as codes into their distinct texts.
  ///
  /// - Throws: for the first one that is missing.
  func texts(_ column: String, rows: [Int]) throws(ScoreError) -> (codes: [Int32], names: [LabelText]) {
    let all = try categories(column)
    for row in rows where all.codes[row] < 0 {
      throw value(row, "column '\(column)' is missing in a row that has a label")
    }
    return (rows.map { all.codes[$0] }, all.names.map(LabelText.init))
  }

  /// An error in a row.
  func value(_ row: Int, _ sentence: String) -> ScoreError {
    let place = location(row)
    return .value(file: place.file, line: place.line, sentence)
  }

  /// Where a row was read; one that stands beside none was not.
  func location(_ row: Int) -> RowLocation { table.location(ofRow: rows.map { Int($0[row]) } ?? row) }
}
