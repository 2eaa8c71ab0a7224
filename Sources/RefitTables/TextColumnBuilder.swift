/// Builds a column of text.
struct TextColumnBuilder: ColumnBuilder {
  private var text = TextBuilder()

  var values: ColumnValues { .text(text.column) }

  mutating func append(_ fields: FieldColumn) -> Int? {
    text.append(fields)
    return nil
  }

  mutating func append(_ following: any ColumnBuilder) { text.append(sameKind(following).text) }
}
