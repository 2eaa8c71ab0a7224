/// Builds a column of categories.
struct CategoryColumnBuilder: ColumnBuilder {
  private var categories = CategoryBuilder()

  var values: ColumnValues { .category(categories.column) }

  mutating func append(_ fields: FieldColumn) -> Int? {
    categories.append(fields)
    return nil
  }

  mutating func append(_ following: any ColumnBuilder) { categories.append(sameKind(following).categories) }

  mutating func reserve(_ rowCount: Int) { categories.reserve(rowCount) }
}
