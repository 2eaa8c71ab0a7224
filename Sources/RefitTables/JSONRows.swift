/// Reads the rows of a JSON lines file's blocks: one object a line, blank lines left out.
struct JSONRows: RowReader {
  /// The names that are asked for, each once; a plan's fields are their indices.
  let names: [[UInt8]]
  var plan: ColumnPlan
  let largestRow: Int
  /// Where the last block's fields were, for those of the next.
  private var memory: [FieldSpan] = []

  /// Rows with the fields of these names.
  init(names: [[UInt8]], plan: ColumnPlan, largestRow: Int) {
    self.names = names
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
      var keys = KeyOrder(names)
      var lines = JSONLines(block, largestRow: largestRow)
      let failure = lines.read(bytes) { (scanner, line) throws(JSONScanner.SyntaxError) in
        try readRow(&scanner, &keys, bytes, &rows, &fields)
        rows.locations.append(row: rows.rowCount, line: line)
        rows.rowCount += 1
      }
      rows.lineCount = lines.count
      fields.removeLast(fields.count - rows.rowCount * names.count)
      let misplaced = fields.withUnsafeBufferPointer { fields in
        rows.append(fields, stride: names.count, of: bytes, plan)
      }
      .map { JSONScanner.SyntaxError(message: $0.message, position: $0.position) }
      rows.failure = JSONLines.first([failure, misplaced], in: bytes)
      memory = fields
      return rows
    }
  }

  @inline(__always)
  private func readRow(
    _ scanner: inout JSONScanner, _ keys: inout KeyOrder, _ bytes: UnsafeBufferPointer<UInt8>,
    _ rows: inout BlockRows, _ fields: inout [FieldSpan]
  ) throws(JSONScanner.SyntaxError) {
    let first = fields.count
    fields.append(contentsOf: repeatElement(.absent, count: names.count))
    keys.beginRow()
    try scanner.object { (key, value, place) throws(JSONScanner.SyntaxError) in
      guard let field = keys.field(of: key, in: bytes) else { return }
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
      if rows.appeared.count < names.count, !rows.appeared.contains(field) { rows.appeared.append(field) }
    }
  }

  private func name(_ field: Int) -> String { String(decoding: names[field], as: UTF8.self) }
}

/// Finds the fields of keys, quickly where the rows of a file have the same keys in the same order.
private struct KeyOrder {
  private struct Known {
    /// Where the key is among the bytes of all.
    let range: Range<Int>
    let field: Int?
  }

  private let names: [[UInt8]]
  private var known: [Known] = []
  private var bytesOfKnown: [UInt8] = []
  private var place = 0
  private let unescaped = UnescapeBuffer()

  init(_ names: [[UInt8]]) { self.names = names }

  mutating func beginRow() { place = 0 }

  /// The index of a key among the names; nil when it is not asked for.
  @inline(__always)
  mutating func field(of key: FieldSpan, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let raw = UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<key.end])
    defer { place += 1 }
    if place < known.count, isKnown(raw) { return known[place].field }
    let text = key.quoting == .escaped ? unescaped.unescapeJSON(raw) : raw
    let field = names.firstIndex { $0.withUnsafeBufferPointer(text.hasSameBytes) }
    if place == known.count {
      known.append(Known(range: bytesOfKnown.count..<bytesOfKnown.count + raw.count, field: field))
      bytesOfKnown += raw
    }
    return field
  }

  /// Whether the key at this place is the same as in the first row that had one there.
  private func isKnown(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    bytesOfKnown.withUnsafeBufferPointer {
      UnsafeBufferPointer(rebasing: $0[known[place].range]).hasSameBytes(as: key)
    }
  }
}
