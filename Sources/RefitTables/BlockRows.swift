/// The rows of a block, apart from those of the blocks before it.
struct BlockRows: Sendable {
  /// Something in the block that does not belong into its file, at a place counted from the block's beginning.
  struct Failure: Sendable {
    let line: Int
    let column: Int
    let message: String
  }

  var rowCount = 0
  /// The values of the plan's columns.
  var columns: [any ColumnBuilder]
  var locations = RowLocations()
  /// How many lines the block has.
  var lineCount = 0
  var failure: Failure?
  /// The fields that any of the rows has, in the order of their first appearance, where the format has no header; some
  /// perhaps more than once.
  var appeared: [Int] = []

  /// No rows yet.
  init(_ plan: ColumnPlan) {
    columns = plan.columns.map { ColumnPlan.builder(of: $0.kind) }
  }

  /// Takes fields into the columns, `stride` a row; gives the first that does not belong in its column.
  mutating func append(
    _ fields: UnsafeBufferPointer<FieldSpan>, stride: Int, of bytes: UnsafeBufferPointer<UInt8>,
    _ plan: ColumnPlan
  ) -> MisplacedField? {
    let unescaped = UnescapeBuffer()
    var misplaced: MisplacedField?
    withUnsafePointer(to: FieldSpan.absent) { absent in
      for (index, column) in plan.columns.enumerated() {
        let fields = FieldColumn(
          bytes: bytes, fields: column.field == nil ? UnsafeBufferPointer(start: absent, count: 1) : fields,
          first: column.field ?? 0, stride: column.field == nil ? 0 : stride, count: rowCount,
          unescaped: unescaped)
        guard let row = columns[index].append(fields) else { continue }
        let found = MisplacedField(name: column.name, column: fields, row: row)
        if found.position < misplaced?.position ?? .max { misplaced = found }
      }
    }
    return misplaced
  }
}
