/// Builds a column whose kind is decided by its fields: numeric when all that are not missing are numbers, else
/// category. The text of numbers is not kept: where other fields stand in other blocks, the column is read again.
struct InferredColumnBuilder: ColumnBuilder {
  /// Nil where a field is no number.
  private var numbers: NumericColumnBuilder? = NumericColumnBuilder(booleans: .refuse)
  /// Nil where fields were read as numbers; as long as all are missing, both are there.
  private var categories: CategoryColumnBuilder? = CategoryColumnBuilder()

  var mustBeReadAgain: Bool { numbers == nil && categories == nil }

  var values: ColumnValues {
    guard let values = numbers?.values ?? categories?.values else {
      preconditionFailure("a column of numbers and other fields was not read again")
    }
    return values
  }

  mutating func append(_ fields: FieldColumn) -> Int? {
    let isMissing = (0..<fields.count).allSatisfy { fields[$0].isEmpty }
    var block = NumericColumnBuilder(booleans: .refuse)
    let isNumeric = block.append(fields) == nil
    if isNumeric { numbers?.append(block) } else { numbers = nil }
    if isMissing || !isNumeric { _ = categories?.append(fields) } else { categories = nil }
    return nil
  }

  mutating func append(_ following: any ColumnBuilder) {
    if let following = following as? CategoryColumnBuilder {
      numbers = nil
      categories?.append(following)
      return
    }
    let following = sameKind(following)
    if let more = following.numbers { numbers?.append(more) } else { numbers = nil }
    if let more = following.categories { categories?.append(more) } else { categories = nil }
  }

  mutating func reserve(_ rowCount: Int) {
    numbers?.reserve(rowCount)
    categories?.reserve(rowCount)
  }

  /// What is known to be no column of numbers is read as categories at once, and what has to be read again not at
  /// all.
  func narrowed(_ column: ColumnPlan.Column) -> ColumnPlan.Column {
    guard numbers == nil else { return column }
    return ColumnPlan.Column(
      name: column.name, kind: .category, field: categories == nil ? nil : column.field)
  }
}
