/// Reads the rows of a JSON lines file's blocks: one object a line, blank lines left out.
struct JSONRows: RowReader {
  /// The names that are asked for, each once; a plan's fields are their indices.
  let names: ColumnNames
  private let fieldCount: Int
  var plan: ColumnPlan
  let largestRow: Int
  /// Where the last block's fields were, for those of the next.
  private var memory: [FieldSpan] = []

  /// Rows with the fields of these names.
  init(names: ColumnNames, plan: ColumnPlan, largestRow: Int) {
    self.names = names
    fieldCount = names.names.count
    self.plan = plan
    self.largestRow = largestRow
  }

  mutating func rows(of block: TextBlock) -> BlockRows {
    block.withBytes { bytes in
      var rows = BlockRows(plan)
      var fields: [FieldSpan] = []
      swap(&fields, &memory)
      fields.removeAll(keepingCapacity: true)
      fields.reserveCapacity(bytes.count / 20)
      var keys = JSONKeys(names)
      var lines = JSONLines(block, largestRow: largestRow)
      // One copy; of what may change there would be one a row.
      let reader = self
      let failure = lines.read(bytes) { (scanner, line) throws(JSONScanner.SyntaxError) in
        try reader.readRow(&scanner, &keys, bytes, &rows, &fields)
        rows.locations.append(row: rows.rowCount, line: line)
        rows.rowCount += 1
      }
      rows.lineCount = lines.count
      rows.appeared = keys.numbers.filter { $0 < fieldCount }
      fields.removeLast(fields.count - rows.rowCount * fieldCount)
      let misplaced = fields.withUnsafeBufferPointer { fields in
        rows.append(fields, stride: fieldCount, of: bytes, plan)
      }
      .map { JSONScanner.SyntaxError(message: $0.message, position: $0.position) }
      rows.failure = JSONLines.first([failure, misplaced], in: bytes)
      memory = fields
      return rows
    }
  }

  @inline(__always)
  private func readRow(
    _ scanner: inout JSONScanner, _ keys: inout JSONKeys, _ bytes: UnsafeBufferPointer<UInt8>,
    _ rows: inout BlockRows, _ fields: inout [FieldSpan]
  ) throws(JSONScanner.SyntaxError) {
    let first = fields.count
    fields.append(contentsOf: repeatElement(.absent, count: fieldCount))
    keys.beginRow()
    try scanner.object { (key, value, place) throws(JSONScanner.SyntaxError) in
      let field = keys.number(of: key, in: bytes)
      guard field < fieldCount else { return }
      guard fields[first + field].isAbsent else {
        throw .init(message: "the key '\(name(field))' is there twice", position: key.place)
      }
      switch value {
      case .scalar(let span): fields[first + field] = span
      case .missing: fields[first + field] = FieldSpan(0..<0, .none)
      case .nested(let what):
        throw .init(
          message:
            "column '\(name(field))': \(what), where a string, a number, true, false or null is needed",
          position: place)
      }
    }
  }

  private func name(_ field: Int) -> String { names.names[field] }
}
