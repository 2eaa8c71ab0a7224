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

  /// A request whose name is told by its bytes.
  private struct Wanted: Hashable {
    /// Its place among the names that are requested.
    let name: Int?
    let kind: ColumnKind?
    let required: Bool
  }

  private let requests: [ColumnRequest]
  private var slots: [Slot]
  private var rowCount = 0
  private var locations = RowLocations()
  /// How many lines of the present file were taken.
  private var lineCount = 0
  /// The fields that any of its rows had, where it has no header.
  private var appeared = FieldOrder()
  /// What was read of each file so far.
  private var extents: [FileExtent] = []
  /// What an earlier reading has found in the files; nothing more is read.
  private var knownExtents: [FileExtent] = []
  /// Where the columns of the present file are.
  private var places = ColumnPlan(columns: [])

  /// What is read from the present file.
  var plan: ColumnPlan { narrowed(places) }

  /// A plan for the same columns without what is known not to be needed from the rows so far.
  func narrowed(_ plan: ColumnPlan) -> ColumnPlan {
    ColumnPlan(columns: zip(slots, plan.columns).map { $0.builder.narrowed($1) })
  }

  /// Nothing yet of these columns, each once for a kind.
  init(requests: [ColumnRequest]) {
    let names = ColumnNames(requests.map(\.name))
    var distinct = Set<Wanted>()
    self.requests = requests.filter {
      distinct.insert(Wanted(name: names.index(of: $0.name), kind: $0.kind, required: $0.required)).inserted
    }
    slots = self.requests.map { Slot(name: $0.name, builder: ColumnPlan.builder(of: $0.kind)) }
  }

  /// Goes on to a file that has no header; gives the names of the columns that are wanted, each once: the fields of
  /// its rows.
  mutating func begin(file: String) -> ColumnNames {
    let names = ColumnNames(slots.map(\.name))
    begin(file: file, fieldsOf: names)
    appeared = FieldOrder(fieldCount: names.names.count)
    return names
  }

  /// Ends a file that has no header; gives the first column that is required and that no row had, if there were
  /// rows.
  mutating func end() -> String? {
    for (index, column) in places.columns.enumerated() {
      if let order = column.field.flatMap(appeared.place) {
        setPresent(index, order: order)
      } else if requests[index].required {
        if extents[extents.count - 1].rowCount > 0 { return column.name }
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
    lineCount = 0
    appeared = FieldOrder()
    locations.beginFile(file)
    extents.append(FileExtent(path: file))
    places = ColumnPlan(
      columns: requests.map {
        ColumnPlan.Column(name: $0.name, kind: $0.kind, field: names.index(of: $0.name))
      })
  }

  /// Goes on to a file with this header; throws when it lacks a required column.
  mutating func begin(file: String, header: ColumnNames) throws(TableError) {
    begin(file: file, fieldsOf: header)
    for (index, column) in places.columns.enumerated() {
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
        file: extents[extents.count - 1].path, line: failure.line + lineCount, column: failure.column,
        message: failure.message)
    }
    for index in slots.indices { slots[index].builder.append(rows.columns[index]) }
    locations.append(rows.locations, row: rowCount, line: lineCount)
    rowCount += rows.rowCount
    extents[extents.count - 1].rowCount += rows.rowCount
    for field in rows.appeared { appeared.append(field) }
    lineCount += rows.lineCount
  }

  /// Makes room for so many rows of the present file.
  mutating func reserve(_ rowCount: Int) {
    for index in slots.indices { slots[index].builder.reserve(self.rowCount + rowCount) }
  }

  /// Says how long the text of the present file was, and which file it is.
  mutating func endText(byteCount: Int, of identity: FileIdentity?) {
    extents[extents.count - 1].byteCount = byteCount
    extents[extents.count - 1].identity = identity
  }

  /// How much of the next file's text is to be read; nil where all is.
  var byteLimit: Int? { extents.count < knownExtents.count ? knownExtents[extents.count].byteCount : nil }

  /// The table of all rows so far, where no column has to be read again.
  var table: Table {
    let present = slots.filter(\.isPresent).enumerated()
      .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
    return Table(
      rowCount: rowCount,
      columns: present.map { ($0.element.name, $0.element.builder.values) },
      locations: locations,
      extents: extents)
  }
}

extension TableBuilder {
  /// The table of files that `read` hands to a builder one after the other. It is called a second time for each where
  /// a column that is to be inferred has turned out late to be none of numbers.
  static func table(
    of requests: [ColumnRequest], in paths: [String],
    reading read: (String, inout TableBuilder) throws(TableError) -> Void
  ) throws(TableError) -> Table {
    var builder = TableBuilder(requests: requests)
    for path in paths { try read(path, &builder) }
    let late = builder.slots.indices.filter { builder.slots[$0].builder.mustBeReadAgain }
    guard !late.isEmpty else { return builder.table }
    let requests = late.map {
      ColumnRequest(builder.requests[$0].name, as: .category, required: builder.requests[$0].required)
    }
    let again = try Self.again(requests, from: builder.extents, reading: read)
    for (place, index) in late.enumerated() { builder.slots[index].builder = again.slots[place].builder }
    return builder.table
  }

  /// Reads columns from what an earlier reading has found in files, and nothing that was appended to them since;
  /// throws where one is another file now, or has other rows.
  static func again(
    _ requests: [ColumnRequest], from extents: [FileExtent],
    reading read: (String, inout TableBuilder) throws(TableError) -> Void
  ) throws(TableError) -> TableBuilder {
    var builder = TableBuilder(requests: requests)
    builder.knownExtents = extents
    for extent in extents { try read(extent.path, &builder) }
    for (found, known) in zip(builder.extents, extents) where !found.hasSameRows(as: known) {
      throw .changed(known.path)
    }
    return builder
  }
}
