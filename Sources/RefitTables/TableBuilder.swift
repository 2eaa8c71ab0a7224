/// Gathers the requested columns of one or more files.
struct TableBuilder: Sendable {
  private struct Slot {
    let name: String
    var builder: any ColumnBuilder
    /// Whether any file had the column.
    var isPresent = false
    /// The column's order in the first file that has it.
    var order = 0
  }

  private let requests: [ColumnRequest]
  private let sources: [String]
  private var slots: [Slot]
  private var rowCount = 0
  private var locations = RowLocations()
  private var file = ""
  /// How many lines of the present file were taken.
  private var lineCount = 0
  private var fileRowCount = 0
  /// The fields that any of its rows had, where it has no header.
  private var appeared: [Int] = []
  /// What is read from the present file.
  private(set) var plan = ColumnPlan(columns: [])

  init(requests: [ColumnRequest], sources: [String]) {
    self.requests = requests.reduce(into: []) { distinct, request in
      let isRepeated = distinct.contains { $0 == request && $0.name.hasSameBytes(as: request.name) }
      if !isRepeated { distinct.append(request) }
    }
    self.sources = sources
    slots = self.requests.map { Slot(name: $0.name, builder: ColumnPlan.builder(of: $0.kind)) }
  }

  /// Goes on to a file that has no header; gives the names of the columns that are wanted, each once: the fields of
  /// its rows.
  mutating func begin(file: String) -> [String] {
    let names = slots.map(\.name).reduce(into: [String]()) { names, name in
      if !names.contains(where: { $0.hasSameBytes(as: name) }) { names.append(name) }
    }
    begin(file: file, fieldsOf: ColumnNames(names))
    return names
  }

  /// Ends a file that has no header; gives the first column that is required and that no row had, if there were
  /// rows.
  mutating func end() -> String? {
    for (index, column) in plan.columns.enumerated() {
      if let order = appeared.firstIndex(where: { $0 == column.field }) {
        setPresent(index, order: order)
      } else if requests[index].required {
        if fileRowCount > 0 { return column.name }
        setPresent(index, order: index)
      }
    }
    return nil
  }

  private mutating func setPresent(_ index: Int, order: Int) {
    guard !slots[index].isPresent else { return }
    slots[index].isPresent = true
    slots[index].order = order
  }

  private mutating func begin(file: String, fieldsOf names: ColumnNames) {
    self.file = file
    lineCount = 0
    fileRowCount = 0
    appeared = []
    locations.beginFile(file)
    plan = ColumnPlan(
      columns: requests.map {
        ColumnPlan.Column(name: $0.name, kind: $0.kind, field: names.index(of: $0.name))
      })
  }

  /// Goes on to a file with this header; throws when it lacks a required column.
  mutating func begin(file: String, header: ColumnNames) throws(TableError) {
    begin(file: file, fieldsOf: header)
    for (index, column) in plan.columns.enumerated() {
      if column.field == nil, requests[index].required {
        throw TableError(file: file, line: 1, message: header.missing(column.name))
      }
      if let field = column.field { setPresent(index, order: field) }
    }
  }

  /// Takes the rows of the present file's next block; throws what is wrong with it.
  mutating func append(_ rows: BlockRows) throws(TableError) {
    if let failure = rows.failure {
      throw TableError(
        file: file, line: failure.line + lineCount, column: failure.column, message: failure.message)
    }
    for index in slots.indices { slots[index].builder.append(rows.columns[index]) }
    locations.append(rows.locations, row: rowCount, line: lineCount)
    rowCount += rows.rowCount
    fileRowCount += rows.rowCount
    for field in rows.appeared where !appeared.contains(field) { appeared.append(field) }
    lineCount += rows.lineCount
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
