/// The finished values of a column.
enum ColumnValues: Sendable {
  case numeric([Double])
  case text(TextColumn)
  case category(CategoryColumn)

  var kind: ColumnKind {
    switch self {
    case .numeric: .numeric
    case .text: .text
    case .category: .category
    }
  }
}
