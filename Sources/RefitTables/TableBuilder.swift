/// Gathers the requested columns of one or more files.
struct TableBuilder {
  private struct Slot {
    let name: String
    let builder: any ColumnBuilder
    /// Whether any file had the column.
    var isPresent = false
    /// The column's order in the first file that has it.
    var order = 0
    /// Its field in the present file, nil where that lacks the column.
    var field: Int?
  }

  private let requests: [ColumnRequest]
  private let sources: [String]
  private var slots: [Slot]
  private var rowCount = 0
  private var locations = RowLocations()
  private var file = ""
  private var fieldCount = 0
  private let unescaped = UnescapeBuffer()

  init(requests: [ColumnRequest], sources: [String]) {
    self.requests = requests.reduce(into: []) { distinct, request in
      let isRepeated = distinct.contains { $0 == request && $0.name.hasSameBytes(as: request.name) }
      if !isRepeated { distinct.append(request) }
    }
    self.sources = sources
    slots = self.requests.map { Slot(name: $0.name, builder: Self.builder(of: $0.kind)) }
  }

  private static func builder(of kind: ColumnKind?) -> any ColumnBuilder {
    switch kind {
    case .numeric: NumericColumnBuilder()
    case .text: TextColumnBuilder()
    case .category: CategoryColumnBuilder()
    case nil: InferredColumnBuilder()
    }
  }

  /// Goes on to a file with this header; throws when it lacks a required column.
  mutating func begin(file: String, header: ColumnNames) throws(TableError) {
    self.file = file
    fieldCount = header.names.count
    locations.beginFile()
    for (index, request) in requests.enumerated() {
      let field = header.index(of: request.name)
      if field == nil, request.required {
        throw TableError(file: file, line: 1, message: header.missing(request.name))
      }
      if let field, !slots[index].isPresent {
        slots[index].isPresent = true
        slots[index].order = field
      }
      slots[index].field = field
    }
  }

  /// Takes the records of a batch; gives the first field that does not belong in its column.
  mutating func append(_ batch: RecordBatch, in bytes: UnsafeBufferPointer<UInt8>) -> MisplacedField? {
    for record in batch.records {
      locations.append(row: rowCount, file: file, line: record.line)
      rowCount += 1
    }
    var misplaced: MisplacedField?
    for slot in slots {
      let found = fields(of: slot, batch, bytes) { column in
        slot.builder.append(column).map { MisplacedField(name: slot.name, column: column, row: $0) }
      }
      if let found, found.position < misplaced?.position ?? .max { misplaced = found }
    }
    return misplaced
  }

  private func fields<Result>(
    of slot: Slot, _ batch: RecordBatch, _ bytes: UnsafeBufferPointer<UInt8>, _ body: (FieldColumn) -> Result
  ) -> Result {
    let absent = [FieldSpan(0..<0, .none)]
    return (slot.field == nil ? absent : batch.fields).withUnsafeBufferPointer { fields in
      body(
        FieldColumn(
          bytes: bytes, fields: fields, first: slot.field ?? 0, stride: slot.field == nil ? 0 : fieldCount,
          count: batch.records.count, unescaped: unescaped))
    }
  }

  /// The table of all rows so far.
  var table: Table {
    let present = slots.filter(\.isPresent).enumerated()
      .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
    return Table(
      rowCount: rowCount,
      columns: present.map { ($0.element.name, $0.element.builder.values) },
      locations: locations,
      source: sources.count == 1 ? sources[0] : "\(sources[0]) and \(sources.count - 1) more")
  }
}

/// A field that is no number in a column of numbers.
struct MisplacedField {
  let message: String
  let position: Int

  /// Long fields are cut, so that the message stays one line.
  init(name: String, column: FieldColumn, row: Int) {
    let text = column[row]
    let shown = String(decoding: text.prefix(60), as: UTF8.self)
    message = "column '\(name)': '\(shown)\(text.count > 60 ? "…" : "")' is not a number"
    position = column.span(ofRow: row).place
  }
}
