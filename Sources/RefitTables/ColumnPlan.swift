/// What is to be read from the rows of one file.
struct ColumnPlan: Sendable {
  struct Column: Sendable {
    let name: String
    let kind: ColumnKind?
    /// The column's place among the fields of a row; nil where the file has no such column.
    let field: Int?
  }

  var columns: [Column]

  /// An empty builder for a column that is read as `kind`.
  static func builder(of kind: ColumnKind?) -> any ColumnBuilder {
    switch kind {
    case .numeric: NumericColumnBuilder(booleans: .count)
    case .text: TextColumnBuilder()
    case .category: CategoryColumnBuilder()
    case nil: InferredColumnBuilder()
    }
  }
}
