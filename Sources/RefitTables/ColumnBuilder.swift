/// Gathers the values of one column.
protocol ColumnBuilder: Sendable {
  /// Takes the fields of consecutive rows, of which the empty ones are missing; gives the first row whose field does
  /// not belong in a column of this kind.
  mutating func append(_ fields: FieldColumn) -> Int?
  /// Takes what another builder of the same kind has gathered from the rows that follow.
  mutating func append(_ following: any ColumnBuilder)
  /// Makes room for so many rows in all.
  mutating func reserve(_ rowCount: Int)
  /// How the column of the rows that follow is to be read, where it was to be read as `column`.
  func narrowed(_ column: ColumnPlan.Column) -> ColumnPlan.Column
  /// Whether the column has to be read again, as categories.
  var mustBeReadAgain: Bool { get }
  /// The column so far, where it need not be read again.
  var values: ColumnValues { get }
}

extension ColumnBuilder {
  func narrowed(_ column: ColumnPlan.Column) -> ColumnPlan.Column { column }

  var mustBeReadAgain: Bool { false }

  mutating func reserve(_ rowCount: Int) {}

  /// The other builder as one of this kind.
  func sameKind(_ other: any ColumnBuilder) -> Self {
    guard let other = other as? Self else { preconditionFailure("a column is of one kind in all blocks") }
    return other
  }
}
