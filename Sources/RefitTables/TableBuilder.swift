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

  /// Goes on to a file with this header; throws when it lacks a required column.
  mutating func begin(file: String, header: ColumnNames) throws(TableError) {
    self.file = file
    lineCount = 0
    locations.beginFile(file)
    plan = ColumnPlan(
      columns: requests.map { ColumnPlan.Column(name: $0.name, kind: $0.kind, field: header.index(of: $0.name)) })
    for (index, column) in plan.columns.enumerated() {
      if column.field == nil, requests[index].required {
        throw TableError(file: file, line: 1, message: header.missing(column.name))
      }
      if let field = column.field, !slots[index].isPresent {
        slots[index].isPresent = true
        slots[index].order = field
      }
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
