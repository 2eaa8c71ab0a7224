/// Reads CSV files: RFC 4180, UTF-8 with or without byte order mark, a header, LF or CRLF.
///
/// Every row has as many fields as the header. The empty field, quoted or not, is missing. Nothing is trimmed,
/// except spaces and tabs around a number. Blank lines may stand at the end of a file only; in a file with one
/// column a blank line is a row whose field is missing. Errors name file, line and place.
public enum CSVFile {
  /// The names in a file's header, in their order.
  public static func header(at path: String) throws(TableError) -> [String] {
    try CSVReader(path: path).header.names
  }

  /// Reads columns of several files as one table, the rows in the order of the files; throws when there is no
  /// file, a required column is missing, or a file is not what it should be. Of the other columns only the form
  /// is checked.
  public static func read(_ paths: [String], columns: [ColumnRequest]) throws(TableError) -> Table {
    guard !paths.isEmpty else { throw TableError(file: "(none)", message: "there is no file to read") }
    return try TableBuilder.table(of: columns, in: paths) { path, builder throws(TableError) in
      try CSVReader(path: path, byteLimit: builder.byteLimit).readRows(into: &builder)
    }
  }
}
