import RefitStatistics
import RefitTables

/// The columns of a file that have a role in a score.
struct ScoredFile: Sendable {
  let path: String
  private let table: Table

  /// Reads the columns; `optional` ones may be missing.
  static func read(_ path: String, _ columns: [ColumnRequest]) throws(TableError) -> ScoredFile {
    // A column may have two roles, and then be read as two kinds.
    var distinct: [ColumnRequest] = []
    for column in columns where !distinct.contains(column) { distinct.append(column) }
    return ScoredFile(path: path, table: try TableFile.read([path], columns: distinct))
  }

  var rowCount: Int { table.rowCount }

  func contains(_ column: String) -> Bool { table.contains(column) }

  func categories(_ column: String) throws(ScoreError) -> CategoryColumn {
    do { return try table.categories(column) } catch { throw .table(error) }
  }

  func text(_ column: String) throws(ScoreError) -> TextColumn {
    do { return try table.text(column) } catch { throw .table(error) }
  }

  func numbers(_ column: String) throws(ScoreError) -> [Double] {
    do { return try table.numeric(column) } catch { throw .table(error) }
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

  /// An error at a row.
  func value(_ row: Int, _ sentence: String) -> ScoreError {
    let place = table.location(ofRow: row)
    return .value(file: place.file, line: place.line, sentence)
  }

  /// The line of a row.
  func line(_ row: Int) -> Int { table.location(ofRow: row).line }
}
