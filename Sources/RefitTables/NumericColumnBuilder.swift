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
