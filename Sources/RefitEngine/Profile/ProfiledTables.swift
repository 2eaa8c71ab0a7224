import RefitStatistics
import RefitTables

/// Two tables, read, with each common column of one kind on both sides.
struct ProfiledTables: Sendable {
  /// A file's columns.
  struct Side: Sendable {
    let files: TableFiles
    fileprivate let table: Table
    /// Columns that were read as numbers and are compared as categories.
    fileprivate var asCategories: Table?

    var rowCount: Int { table.rowCount }

    fileprivate func hasNumber(_ name: String) throws -> Bool {
      try table.kind(of: name) == .numeric && table.numeric(name).contains { !$0.isNaN }
    }

    fileprivate func table(with name: String) -> Table {
      asCategories.flatMap { $0.contains(name) ? $0 : nil } ?? table
    }
  }

  struct Column: Sendable {
    let name: String
    let presence: ProfiledColumns.Presence
    let origin: FileProfile.Origin
  }

  private(set) var reference: Side
  private(set) var current: Side
  let columns: [Column]

  /// Reads both sides at once; a kind that is not declared is inferred from both.
  static func read(
    reference: TableFiles, current: TableFiles, _ asked: [ProfiledColumns.Asked], threads: Int
  ) throws -> ProfiledTables {
    let sides: [(files: TableFiles, apart: ProfiledColumns.Presence)] = [
      (reference, .current), (current, .reference),
    ]
    let tables = Parallel.map(sides.count, threads: threads) { index in
      let wanted = asked.filter { $0.presence != sides[index].apart }
      return Result {
        // Each is in one of the files at least, and missing in the rows of those that lack it.
        try sides[index].files.read(wanted.map { ColumnRequest($0.name, as: $0.kind, required: false) })
      }
    }
    return try ProfiledTables(
      Side(files: reference, table: try tables[0].get()),
      Side(files: current, table: try tables[1].get()),
      asked)
  }

  private init(_ reference: Side, _ current: Side, _ asked: [ProfiledColumns.Asked]) throws {
    let unlike = asked.filter { column in
      column.kind == nil && column.presence == .both
        && reference.table.kind(of: column.name) != current.table.kind(of: column.name)
    }.map(\.name)
    columns = try asked.map { column in
      // Where no field has a value, nothing says that they are numbers.
      let isMixed =
        try unlike.contains(column.name)
        && [reference, current].contains { try $0.hasNumber(column.name) }
      let origin: FileProfile.Origin = column.kind != nil ? .declared : isMixed ? .mixed : .inferred
      return Column(name: column.name, presence: column.presence, origin: origin)
    }
    self.reference = try Self.withCategories(unlike, of: reference)
    self.current = try Self.withCategories(unlike, of: current)
  }

  /// Numbers don't say how they were written, so that a column of them is read again.
  private static func withCategories(_ names: [String], of side: Side) throws -> Side {
    let numeric = names.filter { side.table.kind(of: $0) == .numeric }
    guard !numeric.isEmpty else { return side }
    let again = try side.files.read(numeric.map { ColumnRequest($0, as: .category, required: false) })
    guard again.rowCount == side.rowCount else {
      throw TableError(file: side.files.name, message: "the file changed while it was read")
    }
    var side = side
    side.asCategories = again
    return side
  }

  /// How far a column of the current file is from the reference's; one that a file lacks is empty there.
  func drift(of column: Column) throws(TableError) -> ColumnDrift {
    let (reference, current) = (reference.table(with: column.name), current.table(with: column.name))
    switch column.presence {
    case .both:
      return try ColumnReference(reference, column.name, rows: 0..<reference.rowCount)
        .drift(of: current, column.name, rows: 0..<current.rowCount)
    case .reference:
      return try ColumnReference(reference, column.name, rows: 0..<reference.rowCount).driftOfNothing
    case .current:
      let nothing: ColumnReference =
        current.kind(of: column.name) == .numeric
        ? .numeric(NumericReference([])) : .categorical(CategoricalReference(categories: [:]))
      return try nothing.drift(of: current, column.name, rows: 0..<current.rowCount)
    }
  }
}
