import RefitCore
import RefitTables

/// Which column of a holdout's source is what.
struct HoldoutColumns {
  let id: String
  let time: String?
  let label: String
  let features: [String]
  let groups: [String]
  /// Group columns that score jobs may see, because they are features too.
  let given: [String]

  init(model: Model, holdout: Holdout, header: [String]) {
    let log = model.predictions?.columns
    id = log?.id ?? "id"
    time = log.flatMap { header.contains($0.time) ? $0.time : nil }
    label = model.feedback?.columns.label ?? "label"
    groups = holdout.groups
    given = model.pipeline.score?.given ?? []
    if let declared = model.features {
      features = declared.names
    } else {
      let apart = Set([id, label] + [time, log?.score, log?.prediction, log?.version].compactMap(\.self))
      features = header.filter { !apart.contains($0) && !holdout.groups.contains($0) }
    }
  }

  /// The columns that a score job sees beside id and time.
  var visible: [String] {
    features.filter { !groups.contains($0) } + given
  }

  /// Refuses features that score jobs could not tell from the id and the time beside them.
  func checkNames() throws(DataError) {
    for name in time == nil ? ["id"] : ["id", "time"] where visible.contains(name) {
      throw DataError("no feature may be called '\(name)': score jobs are given a column of that name")
    }
  }

  /// Refuses a holdout file that lacks a column.
  func check(_ header: [String], file: String) throws(DataError) {
    for name in [id, label] + visible + groups where !header.contains(name) {
      throw DataError(
        "\(file): there is no column '\(name)'; the header has \(header.joined(separator: ", "))")
    }
  }

  func emptyTables(origin: String) -> HoldoutKeeper.Tables {
    let shared = ["id"] + (time == nil ? [] : ["time"]) + visible
    return HoldoutKeeper.Tables(
      full: CSVWriter(header: shared + ["(label)"] + groups.map { "(group) \($0)" }),
      blinded: CSVWriter(header: shared), withheld: CSVWriter(header: ["id"]), origin: origin)
  }

  func pick(from table: Table) throws(TableError) -> PickedColumns {
    var shared: [TextColumn] = []
    let names = [time].compactMap(\.self) + visible
    for name in names { shared.append(try table.text(name)) }
    var groupColumns: [TextColumn] = []
    for name in groups { groupColumns.append(try table.text(name)) }
    let labels = table.contains(label) ? try table.text(label) : nil
    return PickedColumns(ids: try table.text(id), shared: shared, labels: labels, groups: groupColumns)
  }
}

/// The columns of a holdout's source, in the order in which they are written.
struct PickedColumns {
  let ids: TextColumn
  let shared: [TextColumn]
  /// Nil where labels come from the feedback log.
  let labels: TextColumn?
  let groups: [TextColumn]

  struct Labels {
    let column: TextColumn?
    /// Empty where the source has no label column, or the field is missing.
    subscript(row: Int) -> String { column?[row] ?? "" }
  }

  var label: Labels { Labels(column: labels) }

  func append(_ row: Int, to tables: inout HoldoutKeeper.Tables) {
    append(row, label: label[row], to: &tables)
  }

  func append(_ row: Int, label: String, to tables: inout HoldoutKeeper.Tables) {
    let seen = [CSVWriter.Field.text(ids[row])] + shared.map { .text($0[row]) }
    tables.blinded.append(row: seen)
    tables.full.append(row: seen + [.text(label)] + groups.map { .text($0[row]) })
    tables.labels.note(label)
    tables.rows += 1
  }
}
