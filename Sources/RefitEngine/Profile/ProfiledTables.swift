import RefitStatistics
import RefitTables

/// Two tables, read, with each common column of one kind on both sides.
struct ProfiledTables: Sendable {
  /// A file's columns.
  struct Side: Sendable {
    let files: TableFiles
    fileprivate let table: Table

    var rowCount: Int { table.rowCount }

    fileprivate func hasNumber(_ name: String) throws(TableError) -> Bool {
      guard table.kind(of: name) == .numeric else { return false }
      return try table.numeric(name).contains { !$0.isNaN }
    }

    /// Numbers don't say how they were written, so that those of these columns that were read as numbers are read
    /// again.
    fileprivate func withCategories(_ names: [String]) throws(TableError) -> Side {
      let numeric = names.filter { table.kind(of: $0) == .numeric }
      guard !numeric.isEmpty else { return self }
      return Side(files: files, table: try TableFile.readAgain(table, asCategories: numeric))
    }
  }

  struct Column: Sendable {
    let name: String
    let presence: ProfiledColumns.Presence
    let origin: FileProfile.Origin
  }

  let reference: Side
  let current: Side
  let columns: [Column]

  /// Reads both sides at once, as soon as it is known which columns they have; a kind that is not declared is inferred
  /// from both. Columns that are numbers on one side only are read again there, as categories.
  static func read(
    reference: TableFiles, current: TableFiles, _ asked: [ProfiledColumns.Asked], threads: Int
  ) throws(TableError) -> ProfiledTables {
    let sides: [(files: TableFiles, apart: ProfiledColumns.Presence)] = [
      (reference, .current), (current, .reference),
    ]
    let read = try both(threads: threads) { index throws(TableError) in
      let wanted = asked.filter { $0.presence != sides[index].apart }
      // Each is in one of the files at least, and missing in the rows of those that lack it.
      let requests = wanted.map { ColumnRequest($0.name, as: $0.kind, required: false) }
      return Side(files: sides[index].files, table: try sides[index].files.read(requests))
    }
    let unlike = asked.filter { isUnlike($0, read[0], read[1]) }.map(\.name)
    let alike = try both(threads: threads) { index throws(TableError) in
      try read[index].withCategories(unlike)
    }
    return ProfiledTables(
      reference: alike[0], current: alike[1],
      columns: try columns(asked, read[0], read[1]))
  }

  /// The names of both files' columns, the reference's first.
  static func columnNames(
    reference: TableFiles, current: TableFiles, threads: Int
  ) throws(TableError) -> [[String]] {
    try both(threads: threads) { index throws(TableError) in
      try (index == 0 ? reference : current).columnNames()
    }
  }

  /// What `body` gives for the reference, which is 0, and for the current file, which is 1; both at once where there
  /// are threads.
  private static func both<Value: Sendable>(
    threads: Int, _ body: @Sendable (Int) throws(TableError) -> Value
  ) throws(TableError) -> [Value] {
    let results = Parallel.map(2, threads: threads) { index in
      Result { () throws(TableError) in try body(index) }
    }
    return [try results[0].get(), try results[1].get()]
  }

  /// Whether a column's inferred kinds differ.
  private static func isUnlike(
    _ column: ProfiledColumns.Asked, _ reference: Side, _ current: Side
  ) -> Bool {
    column.kind == nil && column.presence == .both
      && reference.table.kind(of: column.name) != current.table.kind(of: column.name)
  }

  private static func columns(
    _ asked: [ProfiledColumns.Asked], _ reference: Side, _ current: Side
  ) throws(TableError) -> [Column] {
    var columns: [Column] = []
    for column in asked {
      let isMixed = try isMixed(column, reference, current)
      let origin: FileProfile.Origin = column.kind != nil ? .declared : isMixed ? .mixed : .inferred
      columns.append(Column(name: column.name, presence: column.presence, origin: origin))
    }
    return columns
  }

  /// Whether a column is one of numbers on one side only. Where no field has a value, nothing says that they are.
  private static func isMixed(
    _ column: ProfiledColumns.Asked, _ reference: Side, _ current: Side
  ) throws(TableError) -> Bool {
    guard isUnlike(column, reference, current) else { return false }
    if try reference.hasNumber(column.name) { return true }
    return try current.hasNumber(column.name)
  }

  /// How far a column of the current file is from the reference's; one that a file lacks is empty there.
  func drift(of column: Column) throws(TableError) -> ColumnDrift {
    let (reference, current) = (reference.table, current.table)
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
