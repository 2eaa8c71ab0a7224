/// Columns of equal length, read from one or more files.
public struct Table: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The columns that were asked for and found, in the order of the first file.
  public let columnNames: [String]

  private let columns: [(name: String, values: ColumnValues)]
  private let locations: RowLocations
  private let source: String

  init(
    rowCount: Int, columns: [(name: String, values: ColumnValues)], locations: RowLocations, source: String
  ) {
    self.rowCount = rowCount
    self.columns = columns
    self.locations = locations
    self.source = source
    var names: [String] = []
    for column in columns where !names.contains(where: { $0.hasSameBytes(as: column.name) }) {
      names.append(column.name)
    }
    columnNames = names
  }

  /// Whether the table has a column of this name.
  public func contains(_ name: String) -> Bool { columns.contains { $0.name.hasSameBytes(as: name) } }

  /// How a column was read, which for an inferred one is what was found; nil when there is no such column.
  public func kind(of name: String) -> ColumnKind? {
    columns.first { $0.name.hasSameBytes(as: name) }?.values.kind
  }

  /// A column of numbers; NaN stands for a missing one, infinities are kept. Throws when there is no such column
  /// or it was read as another kind.
  public func numeric(_ name: String) throws(TableError) -> [Double] {
    for case (_, .numeric(let numbers)) in try all(named: name) { return numbers }
    throw wrongKind(name, .numeric)
  }

  /// A column of text. Throws when there is no such column or it was read as another kind.
  public func text(_ name: String) throws(TableError) -> TextColumn {
    for case (_, .text(let column)) in try all(named: name) { return column }
    throw wrongKind(name, .text)
  }

  /// A column of categories. Throws when there is no such column or it was read as another kind.
  public func categories(_ name: String) throws(TableError) -> CategoryColumn {
    for case (_, .category(let column)) in try all(named: name) { return column }
    throw wrongKind(name, .category)
  }

  /// Where a row was read, so that an error in its values can name the place.
  public func location(ofRow row: Int) -> RowLocation {
    precondition((0..<rowCount).contains(row), "the table has no such row")
    return locations[row]
  }

  private func all(named name: String) throws(TableError) -> [(name: String, values: ColumnValues)] {
    let found = columns.filter { $0.name.hasSameBytes(as: name) }
    guard found.isEmpty else { return found }
    throw TableError(file: source, message: ColumnNames(columnNames).missing(name))
  }

  private func wrongKind(_ name: String, _ wanted: ColumnKind) -> TableError {
    let kinds = columns.filter { $0.name.hasSameBytes(as: name) }.map(\.values.kind.rawValue)
    return TableError(
      file: source,
      message: "column '\(name)' was read as \(kinds.joined(separator: " and ")), not as \(wanted.rawValue)")
  }
}
