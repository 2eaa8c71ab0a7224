/// Reads tables from files, whatever their format, which the name tells: `.csv` and any other name is CSV as
/// `CSVFile` has it, `.csv.gz` the same packed with gzip.
///
/// The same rows give the same table in each format. Errors name the file and, where there is one, the line and the
/// column, counted in the unpacked text.
public enum TableFile {
  /// The names of a file's columns, in their order.
  public static func columnNames(of path: String) throws(TableError) -> [String] {
    try reader(of: path).header.names
  }

  /// Reads columns of several files, whose formats may differ, as one table, the rows in the order of the files;
  /// throws when there is no file, a required column is missing, or a file is not what it should be. Of the other
  /// columns only the form is checked.
  public static func read(_ paths: [String], columns: [ColumnRequest]) throws(TableError) -> Table {
    guard !paths.isEmpty else { throw TableError(file: "(none)", message: "there is no file to read") }
    var builder = TableBuilder(requests: columns, sources: paths)
    for path in paths { try reader(of: path).readRows(into: &builder) }
    return builder.table
  }

  /// Reads all columns of one file, each as `kind`; nil infers it: numeric when every field that is not missing is
  /// a number, else category.
  public static func readAll(_ path: String, as kind: ColumnKind?) throws(TableError) -> Table {
    let reader = try reader(of: path)
    var builder = TableBuilder(
      requests: reader.header.names.map { ColumnRequest($0, as: kind) }, sources: [path])
    try reader.readRows(into: &builder)
    return builder.table
  }

  private static func reader(of path: String) throws(TableError) -> CSVReader {
    try CSVReader(TableFormat(path: path).open(path), path: path)
  }
}
