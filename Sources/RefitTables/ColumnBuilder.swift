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

/// Gathers the values of one column.
protocol ColumnBuilder: AnyObject {
  /// Takes the fields of consecutive rows, of which the empty ones are missing; gives the first row whose field does
  /// not belong in a column of this kind.
  func append(_ fields: FieldColumn) -> Int?
  /// The column so far.
  var values: ColumnValues { get }
}

/// Builds a column of numbers.
final class NumericColumnBuilder: ColumnBuilder {
  private var numbers: [Double] = []

  var values: ColumnValues { .numeric(numbers) }

  func append(_ fields: FieldColumn) -> Int? { Self.append(fields, to: &numbers) }

  private static func append(_ fields: FieldColumn, to numbers: inout [Double]) -> Int? {
    for row in 0..<fields.count {
      let field = fields[row]
      guard let number = field.isEmpty ? .nan : DecimalNumber.parse(field) else { return row }
      numbers.append(number)
    }
    return nil
  }
}

/// Builds a column of text.
final class TextColumnBuilder: ColumnBuilder {
  private var text = TextBuilder()

  var values: ColumnValues { .text(text.column) }

  func append(_ fields: FieldColumn) -> Int? {
    text.append(fields)
    return nil
  }
}

/// Builds a column of categories.
final class CategoryColumnBuilder: ColumnBuilder {
  private var categories = CategoryBuilder()

  var values: ColumnValues { .category(categories.column) }

  func append(_ fields: FieldColumn) -> Int? {
    categories.append(fields)
    return nil
  }
}

/// Builds a column whose kind is decided by its fields: numeric when all that are not missing are numbers, else
/// category.
final class InferredColumnBuilder: ColumnBuilder {
  private var numbers: NumericColumnBuilder? = NumericColumnBuilder()
  private var text = TextBuilder()

  var values: ColumnValues {
    if let numbers { return numbers.values }
    let column = text.column
    var categories = CategoryBuilder()
    for row in 0..<column.count { column.withBytes(at: row) { categories.append($0) } }
    return .category(categories.column)
  }

  func append(_ fields: FieldColumn) -> Int? {
    if let numbers, numbers.append(fields) != nil { self.numbers = nil }
    text.append(fields)
    return nil
  }
}
