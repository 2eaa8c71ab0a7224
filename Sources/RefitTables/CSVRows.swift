/// Reads the rows of a CSV file's blocks.
struct CSVRows: RowReader {
  /// How many fields the header has.
  let fieldCount: Int
  var plan: ColumnPlan
  /// Where the rows begin in the first block, behind the header, and on which line.
  let first: RecordBatch.Record
  let largestRow: Int

  func rows(of block: TextBlock) -> BlockRows {
    block.withBytes { bytes in
      var rows = BlockRows(plan)
      let batch = RecordBatch(bytes, from: start(of: block), end: block.end, fieldCount: fieldCount)
      rows.rowCount = batch.records.count
      rows.lineCount = batch.next.line - 1
      for (row, record) in batch.records.enumerated() { rows.locations.append(row: row, line: record.line) }
      let misplaced = rows.append(batch.fields, stride: fieldCount, of: bytes, plan)
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
