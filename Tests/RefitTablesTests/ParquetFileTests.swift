import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct ParquetFileTests {
  private let files: ScratchDirectory
  private let duckdb: String

  init() throws {
    files = try ScratchDirectory()
    duckdb = (try Oracle.interpreter() as NSString).deletingLastPathComponent + "/duckdb"
  }

  /// Has DuckDB write what a query gives.
  private func write(_ query: String, to name: String) throws -> String {
    let path = files.path(name)
    let quoted = path.replacingOccurrences(of: "'", with: "''")
    let order = "SET TimeZone = 'UTC'; COPY (\(query)) TO '\(quoted)' (FORMAT parquet)"
    let command = try Command.run(duckdb, ["-init", "/dev/null", "-batch", "-bail", "-c", order])
    try #require(command.status == 0, "\(command.errors)")
    return path
  }

  private func read(_ path: String, _ columns: [ColumnRequest]) throws(TableError) -> Table {
    try TableBuilder.table(of: columns, in: [path]) { path, builder throws(TableError) in
      try ParquetFile(path: path, command: duckdb).readRows(into: &builder)
    }
  }

  @Test func theLastRowMayMakeCategoriesOfNumbers() throws {
    let path = try write(
      "SELECT i, CASE WHEN i < 60000 THEN '0' || i % 7 ELSE 'x' END v FROM range(60001) t(i)",
      to: "late.parquet")
    let table = try read(path, [ColumnRequest("i", as: nil), ColumnRequest("v", as: nil)])
    #expect(try table.numeric("i").last == 60_000)
    #expect(try table.categories("v").names == ["00", "01", "02", "03", "04", "05", "06", "x"])
    #expect(try table.categories("v").codes.suffix(2) == [2, 7])
  }

  @Test func `a file that is replaced before it is read again is refused`() throws {
    // Longer than a block.
    let query = "SELECT CASE WHEN i < 200000 THEN '0' || i % 7 ELSE 'x' END v FROM range(200001) t(i)"
    let path = try write(query, to: "late.parquet")
    let other = try write(query, to: "other.parquet")
    var isAgain = false
    let error = try #require(throws: TableError.self) {
      try TableBuilder.table(of: [ColumnRequest("v", as: nil)], in: [path]) {
        path, builder throws(TableError) in
        if isAgain { #expect(rename(other, path) == 0) }
        isAgain = true
        try ParquetFile(path: path, command: duckdb).readRows(into: &builder)
      }.rowCount
    }
    #expect(error.description == "\(path): the file was changed while it was read; read it again")
  }

  @Test func `a file that is replaced while it is read is refused`() throws {
    let path = try write("SELECT 1 AS a", to: "first.parquet")
    let other = try write("SELECT 2 AS a", to: "other.parquet")
    var builder = TableBuilder(requests: [ColumnRequest("a", as: .numeric)])
    let file = try ParquetFile(path: path, command: duckdb)
    #expect(rename(other, path) == 0)
    let error = try #require(throws: TableError.self) { try file.readRows(into: &builder) }
    #expect(error.description == "\(path): the file was changed while it was read; read it again")
  }

  @Test func readsEachTypeAsItsText() throws {
    let path = try write(
      """
      SELECT * FROM (VALUES
        (1::BIGINT, 0.1::FLOAT, 1e300::DOUBLE, 'x,"y"' || chr(13) || chr(10), true, 12.340::DECIMAL(10,3),
         TIMESTAMP '2026-01-02 03:04:05.123456', TIMESTAMPTZ '2026-01-02 03:04:05+02', DATE '2026-01-02'),
        (NULL, 'nan', '-inf', '', NULL, NULL, NULL, NULL, NULL),
        (-9007199254740993, 'inf', 'nan', 'NULL', false, -0.001, NULL, NULL, NULL))
        t(i, f, d, s, b, m, t, z, y)
      """, to: "types.parquet")
    #expect(
      try ParquetFile(path: path, command: duckdb).names.names == [
        "i", "f", "d", "s", "b", "m", "t", "z", "y",
      ])
    let table = try read(
      path,
      ["f", "d", "b"].map { ColumnRequest($0, as: .numeric) }
        + ["i", "s", "m", "t", "z", "y", "b"].map { ColumnRequest($0, as: .text) })
    #expect(try table.numeric("f")[0] == Double(Float(0.1)))
    #expect(try table.numeric("f")[1].isNaN && table.numeric("f")[2] == .infinity)
    #expect(try table.numeric("d")[0] == 1e300 && table.numeric("d")[1] == -.infinity)
    #expect(try table.numeric("d")[2].isNaN)
    #expect(try table.numeric("b")[0] == 1 && table.numeric("b")[1].isNaN && table.numeric("b")[2] == 0)
    #expect(try table.text("b") == TextColumn(["true", "", "false"]))
    #expect(try table.text("i") == TextColumn(["1", "", "-9007199254740993"]))
    #expect(try table.text("s") == TextColumn(["x,\"y\"\r\n", "", "NULL"]))
    #expect(try table.text("m") == TextColumn(["12.340", "", "-0.001"]))
    #expect(try table.text("t")[0] == "2026-01-02 03:04:05.123456")
    #expect(try table.text("z")[0] == "2026-01-02 01:04:05+00")
    #expect(try table.text("y")[0] == "2026-01-02")
  }

  @Test func pathsAndNamesAreTakenAsTheyAre() throws {
    try FileManager.default.createDirectory(
      atPath: files.path("year=2026"), withIntermediateDirectories: true)
    let path = try write("SELECT 7 AS \"a \"\"b\"\"\", 8 AS \"a,b\"", to: "year=2026/it's [1] *?.parquet")
    _ = try write("SELECT 9 AS \"a \"\"b\"\"\"", to: "year=2026/it's 1 zz.parquet")
    #expect(try ParquetFile(path: path, command: duckdb).names.names == ["a \"b\"", "a,b"])
    let table = try read(
      path, [ColumnRequest("a \"b\"", as: nil), ColumnRequest("absent", as: nil, required: false)])
    #expect(try table.numeric("a \"b\"") == [7])
    #expect(table.columnNames == ["a \"b\""])
  }

  /// Other programs write names that differ in case only, which are one to DuckDB; it writes none, so one is changed
  /// to another of the same length.
  @Test func namesThatDifferInCaseAreToldApart() throws {
    let path = try write(
      "SELECT 1 AS \"column one\", {'a': 2, 'b': [3]} AS nested, 'x' AS \"COLUMN TWO\", 4 AS \"column one_1\"",
      to: "case.parquet")
    var bytes = try Data(contentsOf: URL(filePath: path))
    while let place = bytes.range(of: Data("COLUMN TWO".utf8)) {
      bytes.replaceSubrange(place, with: Data("COLUMN ONE".utf8))
    }
    try bytes.write(to: URL(filePath: path))
    let names = ["column one", "nested", "COLUMN ONE", "column one_1"]
    #expect(try ParquetFile(path: path, command: duckdb).names.names == names)
    let table = try read(path, [0, 2, 3].map { ColumnRequest(names[$0], as: .text) })
    #expect(try table.text("column one")[0] == "1")
    #expect(try table.text("COLUMN ONE")[0] == "x")
    #expect(try table.text("column one_1")[0] == "4")
  }

  @Test func rowsWithoutAWantedColumnAreCounted() throws {
    let path = try write("SELECT NULL::VARCHAR AS a FROM range(3)", to: "rows.parquet")
    #expect(try read(path, []).rowCount == 3)
    #expect(try read(path, [ColumnRequest("a", as: .text)]).rowCount == 3)
  }

  @Test func manyRowsKeepTheirOrder() throws {
    let path = try write("SELECT i, i % 7 AS g FROM range(300000) t(i)", to: "many.parquet")
    let table = try read(path, [ColumnRequest("i", as: .numeric), ColumnRequest("g", as: .category)])
    #expect(try table.numeric("i") == (0..<300_000).map(Double.init))
    #expect(try table.categories("g").codes == (0..<300_000).map { Int32($0 % 7) })
  }

  @Test func saysWhatIsWrong() throws {
    let path = try write("SELECT [1] AS list, {'a': 1} AS struct, 'x' AS word", to: "nested.parquet")
    func reason(_ path: String, _ column: String) throws -> String {
      try #require(throws: TableError.self) { try read(path, [ColumnRequest(column, as: .numeric)]) }
        .description
    }
    #expect(
      try reason(path, "list")
        == "\(path): column 'list' is nested (INTEGER[]), not a column of single values: leave it out")
    #expect(try reason(path, "struct").contains("is nested (STRUCT("))
    #expect(try reason(path, "word") == "\(path):2:1: column 'word': 'x' is not a number")
    #expect(try reason(path, "wort").hasSuffix("there is no column 'wort'; did you mean 'word'?"))
    #expect(try reason(files.path("absent.parquet"), "a").hasSuffix("there is no such file"))
    let damaged = try files.write("PAR1 and nothing more", to: "damaged.parquet")
    let failure = try reason(damaged, "a")
    #expect(failure.hasPrefix("\(damaged): the 'duckdb' command fails: "), "\(failure)")
    #expect(failure.contains("arquet"), "\(failure)")
  }

  @Test func saysWhatToInstall() throws {
    let path = try files.write("PAR1", to: "a.parquet")
    let error = try #require(throws: TableError.self) {
      try ParquetFile(path: path, command: "no-such-duckdb")
    }
    #expect(
      error.description == "\(path): Parquet is read through the 'duckdb' command, which is not in PATH; "
        + "install it with 'pip install duckdb-cli' or from duckdb.org")
  }
}
