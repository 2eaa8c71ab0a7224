/// A Parquet file, read through the `duckdb` command, which writes the columns that are asked for as CSV.
struct ParquetFile {
  private struct Column {
    let name: String
    /// DuckDB's, for which `a` and `A` are one name, so that the second is another one there.
    let alias: String
    /// DuckDB's name of the type.
    let type: String

    var isNested: Bool {
      type.hasSuffix("]") || ["STRUCT(", "MAP(", "UNION("].contains { type.hasPrefix($0) }
    }
  }

  private let path: String
  private let command: String
  private let identity: FileIdentity?
  private let columns: [Column]

  /// Reads which columns a file has; throws when it is no Parquet file, or `command` is not there.
  init(path: String, command: String = "duckdb") throws(TableError) {
    // Another's errors are not as clear about what is no file.
    identity = try RegularFile(path: path).identity
    self.path = path
    self.command = command
    let query =
      "SELECT column_name AS name, column_type AS type, NULL AS children "
      + "FROM (DESCRIBE SELECT * FROM \(Self.table(path))) UNION ALL "
      + "SELECT name, NULL, num_children FROM parquet_schema('\(Self.pattern(path))')"
    let reader = try CSVReader(Self.output(of: query, path, identity, command), path: path)
    var builder = TableBuilder(requests: reader.header.names.map { ColumnRequest($0, as: .text) })
    try reader.readRows(into: &builder)
    let table = builder.table
    let (aliases, types) = (try table.text("name"), try table.text("type"))
    let counts = try table.text("children")
    let children = (0..<table.rowCount).map { Int(counts[$0]) ?? 0 }
    let described = (0..<table.rowCount).prefix { !types.isMissing($0) }
    let names = Self.outermost(described.endIndex..<table.rowCount, children).map { aliases[$0] }
    guard names.count == described.count else {
      throw TableError(
        file: path, message: "the 'duckdb' command describes its columns in a way that is not known")
    }
    columns = zip(described, names).map { Column(name: $1, alias: aliases[$0], type: types[$0]) }
  }

  /// Of a schema's elements, each followed by its children, those right under the first.
  private static func outermost(_ elements: Range<Int>, _ children: [Int]) -> [Int] {
    var found: [Int] = []
    var inside = 0
    for element in elements.dropFirst() {
      if inside == 0 { found.append(element) } else { inside -= 1 }
      inside += children[element]
    }
    return found
  }

  /// The names of the columns.
  var names: ColumnNames { ColumnNames(columns.map(\.name)) }

  /// Hands all rows to a builder; throws when it requires a column that is not there, or wants one that is nested, and
  /// where the file is replaced meanwhile.
  func readRows(into builder: inout TableBuilder) throws(TableError) {
    try builder.begin(file: path, header: names)
    var expressions: [String] = []
    var fields: [ColumnPlan.Column] = []
    for wanted in builder.plan.columns {
      let column = wanted.field.map { columns[$0] }
      if let column, column.isNested {
        throw TableError(
          file: path,
          message:
            "column '\(column.name)' is nested (\(column.type)), not a column of single values: leave it out")
      }
      fields.append(
        .init(name: wanted.name, kind: wanted.kind, field: column == nil ? nil : expressions.count))
      if let column { expressions.append(Self.expression(of: column, as: wanted.kind)) }
    }
    // Rows are counted even where no column is wanted.
    if expressions.isEmpty { expressions = ["1"] }
    let list = expressions.enumerated().map { "\($1) AS c\($0)" }.joined(separator: ", ")
    let output = try Self.output(of: "SELECT \(list) FROM \(Self.table(path))", path, identity, command)
    try CSVReader(output, path: path).readRows(into: &builder, as: ColumnPlan(columns: fields))
    guard try RegularFile(path: path).identity == identity else { throw .changed(path) }
  }

  /// The column as CSV should have it: numbers exact, NaN missing.
  private static func expression(of column: Column, as kind: ColumnKind?) -> String {
    let name = "\"\(doubled(column.alias, "\""))\""
    switch column.type {
    case "FLOAT", "DOUBLE": return "CASE WHEN isnan(\(name)) THEN NULL ELSE \(name)::DOUBLE END"
    case "BOOLEAN" where kind == .numeric: return "\(name)::INTEGER"
    default: return name
    }
  }

  /// The file as a table of SQL; nothing in its path stands for other files or for columns.
  private static func table(_ path: String) -> String {
    "read_parquet('\(pattern(path))', hive_partitioning = false)"
  }

  private static func pattern(_ path: String) -> String {
    doubled(path.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined(), "'")
  }

  private static func doubled(_ text: String, _ quote: Character) -> String {
    text.map { $0 == quote ? "\($0)\($0)" : String($0) }.joined()
  }

  private static func output(
    of query: String, _ path: String, _ identity: FileIdentity?, _ command: String
  ) throws(TableError) -> CommandOutput {
    let order = "SET TimeZone = 'UTC'; COPY (\(query)) TO '/dev/stdout' (FORMAT csv, HEADER)"
    let arguments = [command, "-init", "/dev/null", "-batch", "-bail", "-c", order]
    return try CommandOutput(arguments, reading: identity) { failure in
      switch failure {
      case .notFound:
        TableError(
          file: path,
          message: "Parquet is read through the 'duckdb' command, which is not in PATH; install it with "
            + "'pip install duckdb-cli' or from duckdb.org")
      case .system(let code): TableError(file: path, message: "the 'duckdb' command does not run", code: code)
      case .ended(let status, let errors):
        TableError(file: path, message: "the 'duckdb' command fails: \(sentence(errors) ?? end(status))")
      }
    }
  }

  private static func end(_ status: Int32) -> String {
    let signal = status & 0x7F
    return signal == 0
      ? "it says nothing, and exits with \(status >> 8 & 0xFF)" : "it ends by signal \(signal)"
  }

  /// The first paragraph as one line; nil where there is none.
  private static func sentence(_ errors: String) -> String? {
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.isEmpty || $0.hasPrefix("--") }
    let sentence = lines.prefix { !$0.isEmpty }.joined(separator: " ")
    return sentence.isEmpty ? nil : sentence
  }
}
