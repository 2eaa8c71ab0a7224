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
protocol ColumnBuilder: Sendable {
  /// Takes the fields of consecutive rows, of which the empty ones are missing; gives the first row whose field does
  /// not belong in a column of this kind.
  mutating func append(_ fields: FieldColumn) -> Int?
  /// Takes what another builder of the same kind has gathered from the rows that follow.
  mutating func append(_ following: any ColumnBuilder)
  /// The column so far.
  var values: ColumnValues { get }
}

extension ColumnPlan {
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

extension ColumnBuilder {
  /// The other builder as one of this kind.
  fileprivate func sameKind(_ other: any ColumnBuilder) -> Self {
    guard let other = other as? Self else { preconditionFailure("a column is of one kind in all blocks") }
    return other
  }
}

/// Builds a column of numbers.
struct NumericColumnBuilder: ColumnBuilder {
  /// What is to be done with the booleans of a format that has them.
  enum BooleanPolicy {
    /// They are no numbers.
    case refuse
    /// `true` is 1 and `false` is 0.
    case count
  }

  private let booleans: BooleanPolicy
  private var numbers: [Double] = []

  init(booleans: BooleanPolicy) { self.booleans = booleans }

  var values: ColumnValues { .numeric(numbers) }

  mutating func append(_ fields: FieldColumn) -> Int? {
    numbers.reserveCapacity(numbers.count + fields.count)
    for row in 0..<fields.count {
      let field = fields[row]
      guard let number = field.isEmpty ? .nan : DecimalNumber.parse(field) ?? boolean(row, fields) else {
        return row
      }
      numbers.append(number)
    }
    return nil
  }

  private func boolean(_ row: Int, _ fields: FieldColumn) -> Double? {
    guard booleans == .count, fields.span(ofRow: row).quoting == .boolean else { return nil }
    return fields[row].first == UInt8(ascii: "t") ? 1 : 0
  }

  mutating func append(_ following: any ColumnBuilder) { numbers += sameKind(following).numbers }
}

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

/// Builds a column of categories.
struct CategoryColumnBuilder: ColumnBuilder {
  private var categories = CategoryBuilder()

  var values: ColumnValues { .category(categories.column) }

  mutating func append(_ fields: FieldColumn) -> Int? {
    categories.append(fields)
    return nil
  }

  mutating func append(_ following: any ColumnBuilder) { categories.append(sameKind(following).categories) }
}

/// Builds a column whose kind is decided by its fields: numeric when all that are not missing are numbers, else
/// category.
struct InferredColumnBuilder: ColumnBuilder {
  private var numbers: NumericColumnBuilder? = NumericColumnBuilder(booleans: .refuse)
  private var text = TextBuilder()

  var values: ColumnValues {
    if let numbers { return numbers.values }
    let column = text.column
    var categories = CategoryBuilder()
    for row in 0..<column.count { column.withBytes(at: row) { categories.append($0) } }
    return .category(categories.column)
  }

  mutating func append(_ fields: FieldColumn) -> Int? {
    if numbers?.append(fields) != nil { numbers = nil }
    text.append(fields)
    return nil
  }

  mutating func append(_ following: any ColumnBuilder) {
    let following = sameKind(following)
    if let more = following.numbers { numbers?.append(more) } else { numbers = nil }
    text.append(following.text)
  }
}
