import RefitStatistics
import RefitTables

/// How the columns of one table differ from those of another; it needs no project.
public struct FileProfile: Sendable {
  /// One of the two tables.
  public struct Side: Sendable {
    public let files: TableFiles
    /// Rows beside headers.
    public let rowCount: Int
  }

  /// Why a column has the kind that it has.
  public enum Origin: String, Sendable, Codable {
    /// It was said.
    case declared
    /// Every field that is not missing is a number on both sides, or there is one that is none on each side.
    case inferred
    /// It is numeric on one side only, so both are compared as categories.
    case mixed
  }

  /// One column of both files, or of one.
  public struct Column: Sendable {
    public let name: String
    public let origin: Origin
    public let presence: ProfiledColumns.Presence
    public let profile: ColumnProfile
  }

  public let reference: Side
  public let current: Side
  /// In the order of the reference's header, then those of the current file alone.
  public let columns: [Column]

  /// What the columns come to together.
  public var drift: TableDrift { TableDrift(columns.map(\.profile)) }

  /// Reads two tables and computes everything; the same on any number of threads.
  ///
  /// Which columns there are is known first, for which JSON lines are read whole; then the rows are read, and once more
  /// columns that turn out to be compared as categories after they were read as numbers.
  ///
  /// - Throws: where a file is no table or the columns that are asked for are not there.
  public static func read(
    reference: TableFiles, current: TableFiles, columns: ProfiledColumns, threads: Int
  ) throws(ProfileError) -> FileProfile {
    let headers = try reading { () throws(TableError) in
      try ProfiledTables.columnNames(reference: reference, current: current, threads: threads)
    }
    let asked = try columns.resolved(reference: headers[0], current: headers[1])
    // JSON lines without a row name no column, as an empty day's log does.
    guard
      asked.contains(where: { $0.presence == .both }) || asked.count < headers[0].count + headers[1].count
        || headers.contains(where: \.isEmpty)
    else { throw .usage(strangers(reference.name, headers[0], current.name, headers[1])) }
    return try reading { () throws(TableError) in
      let tables = try ProfiledTables.read(reference: reference, current: current, asked, threads: threads)
      return try FileProfile(tables, threads: threads)
    }
  }

  private static func reading<Value>(_ body: () throws(TableError) -> Value) throws(ProfileError) -> Value {
    do throws(TableError) { return try body() } catch { throw .table(error) }
  }

  private init(_ tables: ProfiledTables, threads: Int) throws(TableError) {
    reference = Side(files: tables.reference.files, rowCount: tables.reference.rowCount)
    current = Side(files: tables.current.files, rowCount: tables.current.rowCount)
    let profiles = Parallel.map(tables.columns.count, threads: threads) { index in
      Result { () throws(TableError) in try tables.drift(of: tables.columns[index]) }.map(ColumnProfile.init)
    }
    var columns: [Column] = []
    for (column, profile) in zip(tables.columns, profiles) {
      columns.append(
        Column(
          name: column.name, origin: column.origin, presence: column.presence, profile: try profile.get()))
    }
    self.columns = columns
  }

  private static func strangers(
    _ reference: String, _ names: [String], _ current: String, _ others: [String]
  ) -> String {
    func list(_ names: [String]) -> String {
      names.prefix(8).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
    return "no column is in both files: \(reference) has \(list(names)); \(current) has \(list(others))"
  }
}
