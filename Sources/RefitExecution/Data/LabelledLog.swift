import RefitCore
import RefitTables

/// A model's prediction log with the labels that had arrived by a given time, row by row.
public struct LabelledLog: Sendable {
  public let model: Model
  public let files: LogFiles
  public let table: Table
  public let ids: TextColumn
  public let times: [Instant]
  /// By row: the row of its label in `labels`, or −1.
  public let labelRows: [Int32]
  public let labels: TextColumn?
  /// By row: when its label matured; nil while it has not.
  public let maturedAt: [Instant?]

  /// The files that were read.
  public struct LogFiles: Hashable, Sendable {
    public var predictions: [String]
    public var feedback: [String]

    public init(predictions: [String], feedback: [String]) {
      self.predictions = predictions
      self.feedback = feedback
    }
  }

  public var count: Int { ids.count }

  /// Reads the log and the feedback as they were known at an instant: later labels are not there yet.
  ///
  /// - Parameter columns: further columns of the prediction log, beside those that the model names.
  /// - Throws: a sentence when no file matches, a column is missing, a time can't be read, or an id occurs twice.
  public static func read(
    _ model: Model, in project: ProjectDirectory, columns: [ColumnRequest], knownAt: Instant
  ) throws(DataError) -> LabelledLog {
    guard let log = model.predictions else { throw DataError("model \(model.name) has no 'predictions'") }
    let files = project.files(matching: log.path)
    guard !files.isEmpty else { throw DataError("no file matches predictions.path '\(log.path)'") }
    var requests = [ColumnRequest(log.columns.id, as: .text), ColumnRequest(log.columns.time, as: .text)]
    for name in [log.columns.prediction, log.columns.version].compactMap(\.self) {
      requests.append(ColumnRequest(name, as: .text))
    }
    if let score = log.columns.score { requests.append(ColumnRequest(score, as: .numeric)) }
    for column in columns where !requests.contains(where: { $0.name == column.name }) {
      requests.append(column)
    }
    let table = try read(files, requests)
    let ids = try text(log.columns.id, of: table)
    let times = try instants(log.columns.time, of: table)
    let feedback = try Feedback.read(model, in: project, knownAt: knownAt)
    let index = try RowIndex.unique(ids, of: table)

    var labelRows = [Int32](repeating: -1, count: ids.count)
    var maturedAt = [Instant?](repeating: nil, count: ids.count)
    if let feedback {
      let matures = model.feedback?.matures ?? .zero
      for label in 0..<feedback.ids.count {
        guard let time = feedback.times[label], let row = feedback.ids.withBytes(at: label, { index[$0] })
        else {
          continue
        }
        // Labels may be corrected: the newest that had arrived counts.
        if labelRows[row] >= 0, let former = feedback.times[Int(labelRows[row])], former > time { continue }
        labelRows[row] = Int32(label)
        let mature = max(time, times[row] + matures)
        maturedAt[row] = mature <= knownAt ? mature : nil
      }
    }
    return LabelledLog(
      model: model, files: LogFiles(predictions: files, feedback: feedback?.files ?? []), table: table,
      ids: ids,
      times: times, labelRows: labelRows, labels: feedback?.labels, maturedAt: maturedAt)
  }

  /// The label's text of a row; nil while it has none.
  public func label(_ row: Int) -> String? {
    labelRows[row] < 0 ? nil : labels?[Int(labelRows[row])]
  }

  static func read(_ files: [String], _ requests: [ColumnRequest]) throws(DataError) -> Table {
    do { return try CSVFile.read(files, columns: requests) } catch { throw DataError(error) }
  }

  static func text(_ name: String, of table: Table) throws(DataError) -> TextColumn {
    do { return try table.text(name) } catch { throw DataError(error) }
  }

  /// The column's times; a missing or unreadable one is an error.
  static func instants(_ name: String, of table: Table) throws(DataError) -> [Instant] {
    let column = try text(name, of: table)
    var times: [Instant] = []
    times.reserveCapacity(column.count)
    for row in 0..<column.count {
      guard let time = column.withBytes(at: row, { Instant(iso8601: $0) }) else {
        let place = table.location(ofRow: row)
        throw DataError(
          "\(place.file):\(place.line): column '\(name)': '\(column[row])' is not a time; "
            + "write ISO 8601, for example 2026-03-01T02:15:00Z")
      }
      times.append(time)
    }
    return times
  }
}

/// The labels that had arrived by a given time.
private struct Feedback {
  let files: [String]
  let ids: TextColumn
  let labels: TextColumn
  /// When each label arrived; nil for one that had not yet.
  let times: [Instant?]

  /// Nil while there is no file: labels come late.
  static func read(
    _ model: Model, in project: ProjectDirectory, knownAt: Instant
  ) throws(DataError) -> Feedback? {
    guard let log = model.feedback else { return nil }
    let files = project.files(matching: log.path)
    guard !files.isEmpty else { return nil }
    let names = [log.columns.id, log.columns.time, log.columns.label]
    let table = try LabelledLog.read(files, names.map { ColumnRequest($0, as: .text) })
    let labels = try LabelledLog.text(log.columns.label, of: table)
    let times = try LabelledLog.instants(log.columns.time, of: table)
    return Feedback(
      files: files, ids: try LabelledLog.text(log.columns.id, of: table), labels: labels,
      times: times.indices.map { times[$0] <= knownAt && !labels.isMissing($0) ? times[$0] : nil })
  }
}

extension RowIndex {
  /// An index of ids: every row has one, and each occurs only once.
  static func unique(_ ids: TextColumn, of table: Table) throws(DataError) -> RowIndex {
    if let row = (0..<ids.count).first(where: { ids.isMissing($0) }) {
      let place = table.location(ofRow: row)
      throw DataError("\(place.file):\(place.line): the id is missing")
    }
    do { return try RowIndex(ids) } catch {
      let places = error.rows.map { row in
        let place = table.location(ofRow: row)
        return "\(place.file):\(place.line)"
      }
      throw DataError(
        "\(places.last ?? ""): id '\(error.text)' is already at \(places.first ?? ""); ids must be unique")
    }
  }
}
