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
  /// Makes room for so many rows in all.
  mutating func reserve(_ rowCount: Int)
  /// How the column of the rows that follow is to be read, where it was to be read as `column`.
  func narrowed(_ column: ColumnPlan.Column) -> ColumnPlan.Column
  /// Whether the column has to be read again, as categories.
  var mustBeReadAgain: Bool { get }
  /// The column so far, where it need not be read again.
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
  func narrowed(_ column: ColumnPlan.Column) -> ColumnPlan.Column { column }

  var mustBeReadAgain: Bool { false }

  mutating func reserve(_ rowCount: Int) {}

  /// The other builder as one of this kind.
  func sameKind(_ other: any ColumnBuilder) -> Self {
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
    let booleans = booleans
    let block = [Double](unsafeUninitializedCapacity: fields.count) { block, count in
      var row = 0
      while row < fields.count, let number = Self.number(row, fields, booleans) {
        block.initializeElement(at: row, to: number)
        row += 1
      }
      count = row
    }
    if numbers.isEmpty { numbers = block } else { numbers += block }
    return block.count < fields.count ? block.count : nil
  }

  @inline(__always)
  private static func number(_ row: Int, _ fields: FieldColumn, _ booleans: BooleanPolicy) -> Double? {
    fields.shortNumber(ofRow: row, in: UInt64.self) ?? anyNumber(row, fields, booleans)
  }

  @inline(never)
  private static func anyNumber(_ row: Int, _ fields: FieldColumn, _ booleans: BooleanPolicy) -> Double? {
    if let number = fields.shortNumber(ofRow: row, in: UInt128.self) ?? fields.longNumber(ofRow: row) {
      return number
    }
    let field = fields[row]
    if field.isEmpty { return .nan }
    if let number = DecimalNumber.parse(field) { return number }
    guard booleans == .count, fields.span(ofRow: row).quoting == .boolean else { return nil }
    return field.first == UInt8(ascii: "t") ? 1 : 0
  }

  mutating func append(_ following: any ColumnBuilder) {
    let following = sameKind(following).numbers
    if numbers.isEmpty { numbers = following } else { numbers += following }
  }

  mutating func reserve(_ rowCount: Int) { numbers.reserve(rowCount) }
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

  mutating func reserve(_ rowCount: Int) { categories.reserve(rowCount) }
}
