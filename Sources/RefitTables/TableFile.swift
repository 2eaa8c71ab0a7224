/// Reads tables from files, whatever their format, which the name tells: `.csv` and any name that is not
/// another format's is CSV as `CSVFile` has it, `.jsonl` or `.ndjson` JSON lines, `.gz` behind either the same packed with gzip, and `.parquet`
/// or `.pq` Parquet.
///
/// The same rows give the same table in each format. Errors name the file and, where there is one, the line and the
/// column, counted in the unpacked text.
///
/// JSON lines: UTF-8, one object a line, its keys the names of the columns; blank lines are left out. A key that is
/// not there, `null`, `NaN` and the empty string are missing. A string counts as its text, a number as the text that
/// writes it, a boolean as `true` or `false`; in a column declared numeric `true` is 1 and `false` is 0, and
/// `Infinity` and `-Infinity` are infinities. Objects and arrays are refused in the columns that are asked for, and
/// so is a key that is there twice; of everything else only the form is checked.
///
/// Parquet is read through the `duckdb` command, which has to be in `PATH`. A null, `NaN` and the empty string are
/// missing, floating-point numbers of 32 bits keep their exact value, booleans are as in JSON lines, and times are
/// ISO 8601, in UTC where they have a zone. Lines in errors are those of the CSV text that it writes, where the first
/// row is on line 2 and each newline in a text makes one more. Nested columns are refused where they are asked for.
public enum TableFile {
  /// The names of a file's columns, in their order; those of JSON lines, for which the whole file is read, in the
  /// order of their first appearance.
  public static func columnNames(of path: String) throws(TableError) -> [String] {
    let format = try TableFormat(path: path)
    switch format.rows {
    case .parquet: return try ParquetFile(path: path).names.names
    case .csv: return try CSVReader(format.open(path), path: path).header.names
    case .jsonLines: return try JSONLinesFile(format.open(path), path: path).columnNames()
    }
  }

  /// Reads columns of several files, whose formats may differ, as one table, the rows in the order of the files;
  /// throws when there is no file, a required column is missing, or a file is not what it should be. Of the other
  /// columns only the form is checked.
  public static func read(_ paths: [String], columns: [ColumnRequest]) throws(TableError) -> Table {
    guard !paths.isEmpty else { throw TableError(file: "(none)", message: "there is no file to read") }
    return try TableBuilder.table(of: columns, in: paths, reading: read(_:into:))
  }

  /// Reads all columns of one file, each as `kind`; nil infers it: numeric when every field that is not missing is
  /// a number, else category.
  public static func readAll(_ path: String, as kind: ColumnKind?) throws(TableError) -> Table {
    try read([path], columns: columnNames(of: path).map { ColumnRequest($0, as: kind) })
  }

  /// A table with some of its columns read again, as categories: numbers do not say how they were written. The rows
  /// are those that the table has, whatever was appended to its files since.
  ///
  /// - Throws: where a file is another one now, or has lost rows.
  public static func readAgain(_ table: Table, asCategories names: [String]) throws(TableError) -> Table {
    let requests = names.map { ColumnRequest($0, as: .category, required: false) }
    let again = try TableBuilder.again(requests, from: table.extents, reading: read(_:into:))
    return table.replacingColumns(with: again.table)
  }

  private static func read(_ path: String, into builder: inout TableBuilder) throws(TableError) {
    let format = try TableFormat(path: path)
    switch format.rows {
    case .parquet: try ParquetFile(path: path).readRows(into: &builder)
    case .csv:
      try CSVReader(format.open(path), path: path, byteLimit: builder.byteLimit).readRows(into: &builder)
    case .jsonLines:
      let file = try JSONLinesFile(format.open(path), path: path, byteLimit: builder.byteLimit)
      if let missing = try file.readRows(into: &builder) {
        throw TableError(file: path, message: ColumnNames(try columnNames(of: path)).missing(missing))
      }
    }
  }
}
