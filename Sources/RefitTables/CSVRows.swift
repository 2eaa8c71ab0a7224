/// Reads the rows of a CSV file's blocks.
struct CSVRows: RowReader {
  /// How many fields the header has.
  let fieldCount: Int
  var plan: ColumnPlan
  /// Where the rows begin in the first block, behind the header, and on which line.
  let first: RecordBatch.Record
  let largestRow: Int
  /// The last block's records, for the memory that they took: new memory costs more than what is put there.
  private var batch = RecordBatch()

  /// Rows that begin at `first`.
  init(fieldCount: Int, plan: ColumnPlan, first: RecordBatch.Record, largestRow: Int) {
    self.fieldCount = fieldCount
    self.plan = plan
    self.first = first
    self.largestRow = largestRow
  }

  mutating func rows(of block: TextBlock) -> BlockRows {
    block.withBytes { bytes in
      var rows = BlockRows(plan)
      batch.scan(bytes, from: start(of: block), end: block.end, fieldCount: fieldCount)
      rows.rowCount = batch.records.count
      rows.lineCount = batch.next.line - 1
      for (row, record) in batch.records.enumerated() { rows.locations.append(row: row, line: record.line) }
      let misplaced = batch.withFields { rows.append($0, stride: fieldCount, of: bytes, plan) }
        .map { RecordBatch.Failure(message: $0.message, position: $0.position) }
      rows.failure = [misplaced, batch.failure(largestRow: largestRow, bytes)].compactMap(\.self)
        .min { $0.position < $1.position }
        .map { batch.place(of: $0, in: bytes) }
      return rows
    }
  }

  func start(of block: TextBlock) -> RecordBatch.Record {
    block.index == 0 ? first : RecordBatch.Record(start: 0, line: 1)
  }
}
