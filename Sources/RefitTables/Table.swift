/// Columns of equal length, read from one or more files.
public struct Table: Sendable {
  /// The number of rows.
  public let rowCount: Int

  private let names: ColumnNames
  /// What was read of each name: a column of each kind that was asked for.
  private var columns: [[ColumnValues]]
  private let locations: RowLocations
  /// What was read of which files, from which more may be read.
  let extents: [FileExtent]

  init(
    rowCount: Int, columns: [(name: String, values: ColumnValues)], locations: RowLocations,
    extents: [FileExtent]
  ) {
    self.rowCount = rowCount
    self.locations = locations
    self.extents = extents
    let names = ColumnNames(columns.map(\.name))
    var grouped = [[ColumnValues]](repeating: [], count: names.names.count)
    for column in columns {
      if let place = names.index(of: column.name) { grouped[place].append(column.values) }
    }
    self.names = names
    self.columns = grouped
  }

  /// The columns that were asked for and found, in the order of the first file.
  public var columnNames: [String] { names.names }

  /// Whether the table has a column of this name.
  public func contains(_ name: String) -> Bool { names.index(of: name) != nil }

  /// How a column was read, which for an inferred one is what was found; nil when there is no such column.
  public func kind(of name: String) -> ColumnKind? {
    names.index(of: name).flatMap { columns[$0].first?.kind }
  }

  /// A column of numbers; NaN stands for a missing one, infinities are kept. Throws when there is no such column
  /// or it was read as another kind.
  public func numeric(_ name: String) throws(TableError) -> [Double] {
    for case .numeric(let numbers) in try all(named: name) { return numbers }
    throw wrongKind(name, .numeric)
  }

  /// A column of text. Throws when there is no such column or it was read as another kind.
  public func text(_ name: String) throws(TableError) -> TextColumn {
    for case .text(let column) in try all(named: name) { return column }
    throw wrongKind(name, .text)
  }

  /// A column of categories. Throws when there is no such column or it was read as another kind.
  public func categories(_ name: String) throws(TableError) -> CategoryColumn {
    for case .category(let column) in try all(named: name) { return column }
    throw wrongKind(name, .category)
  }

  /// The table with another's columns of the same rows in place of its own of the same names.
  func replacingColumns(with other: Table) -> Table {
    precondition(other.rowCount == rowCount, "columns of one table have the same rows")
    var table = self
    for (name, values) in zip(other.names.names, other.columns) {
      if let place = names.index(of: name) { table.columns[place] = values }
    }
    return table
  }

  /// Where a row was read, so that an error in its values can name the place.
  public func location(ofRow row: Int) -> RowLocation {
    precondition((0..<rowCount).contains(row), "the table has no such row")
    return locations[row]
  }

  /// The files in an error's few words.
  private var source: String {
    let first = extents.first?.path ?? "(none)"
    return extents.count > 1 ? "\(first) and \(extents.count - 1) more" : first
  }

  private func all(named name: String) throws(TableError) -> [ColumnValues] {
    guard let place = names.index(of: name) else {
      throw TableError(file: source, message: names.missing(name))
    }
    return columns[place]
  }

  private func wrongKind(_ name: String, _ wanted: ColumnKind) -> TableError {
    let kinds = names.index(of: name).map { columns[$0].map(\.kind.rawValue) } ?? []
    return TableError(
      file: source,
      message: "column '\(name)' was read as \(kinds.joined(separator: " and ")), not as \(wanted.rawValue)")
  }
}
