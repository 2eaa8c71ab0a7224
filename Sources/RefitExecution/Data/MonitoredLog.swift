import RefitCore
import RefitTables

/// A model's prediction log with all labels that its files hold, whenever those arrived: read once, it tells what was
/// known at any instant.
public struct MonitoredLog: Sendable {
  public let model: Model
  public let files: LabelledLog.LogFiles
  public let table: Table
  private let ids: TextColumn
  private let times: [Instant]
  private let labels: LabelColumn?
  private let arrivals: [Arrival]

  /// A label that belongs to a row of the log.
  private struct Arrival {
    let row: Int32
    let label: Int32
    let time: Instant
  }

  /// Reads the log and the feedback.
  ///
  /// - Parameter columns: further columns of the prediction log, beside those that the model names.
  /// - Throws: a sentence when no file matches, a column is missing, a time can't be read, or an id occurs twice.
  public static func read(
    _ model: Model, in project: ProjectDirectory, columns: [ColumnRequest]
  ) throws(DataError) -> MonitoredLog {
    guard let log = model.predictions else { throw DataError("model \(model.name) has no 'predictions'") }
    let files = project.files(matching: log.path)
    guard !files.isEmpty else { throw DataError("no file matches predictions.path '\(log.path)'") }
    var requests = [ColumnRequest(log.columns.id, as: .text), ColumnRequest(log.columns.time, as: .text)]
    if let version = log.columns.version { requests.append(ColumnRequest(version, as: .text)) }
    if let decision = log.columns.prediction { requests.append(ColumnRequest(decision, as: .category)) }
    if let score = log.columns.score { requests.append(ColumnRequest(score, as: .numeric)) }
    for column in columns where !requests.contains(where: { $0.name.utf8.elementsEqual(column.name.utf8) }) {
      requests.append(column)
    }
    let table = try LabelledLog.read(files, requests)
    let ids = try LabelledLog.text(log.columns.id, of: table)
    let times = try LabelledLog.instants(log.columns.time, of: table)
    let feedback = try Feedback.read(model, in: project)
    let index = try RowIndex.unique(ids, of: table)
    return MonitoredLog(
      model: model, files: .init(predictions: files, feedback: feedback?.files ?? []), table: table,
      ids: ids, times: times, labels: feedback?.labels, arrivals: feedback.map { arrivals($0, index) } ?? [])
  }

  private static func arrivals(_ feedback: Feedback, _ index: RowIndex) -> [Arrival] {
    (0..<feedback.ids.count).compactMap { label in
      guard !feedback.labels.isMissing(label), let row = feedback.ids.withBytes(at: label, { index[$0] })
      else {
        return nil
      }
      return Arrival(row: Int32(row), label: Int32(label), time: feedback.times[label])
    }
  }

  /// The log with the labels that had arrived by an instant.
  public func known(at instant: Instant) -> LabelledLog {
    var labelRows = [Int32](repeating: -1, count: ids.count)
    var arrivedAt = [Instant](repeating: instant, count: labels == nil ? 0 : ids.count)
    var maturedAt = [Instant?](repeating: nil, count: ids.count)
    let matures = model.feedback?.matures ?? .zero
    for arrival in arrivals where arrival.time <= instant {
      let row = Int(arrival.row)
      // Labels may be corrected: the newest that had arrived counts.
      if labelRows[row] >= 0, arrivedAt[row] > arrival.time { continue }
      labelRows[row] = arrival.label
      arrivedAt[row] = arrival.time
      let mature = max(arrival.time, times[row] + matures)
      maturedAt[row] = mature <= instant ? mature : nil
    }
    return LabelledLog(
      model: model, files: files, table: table, ids: ids, times: times, labelRows: labelRows, labels: labels,
      maturedAt: maturedAt)
  }
}

/// Labels as their files have them.
private struct Feedback {
  let files: [String]
  let ids: TextColumn
  let labels: LabelColumn
  /// When each label arrived.
  let times: [Instant]

  /// Nil while there is no file: labels come late.
  static func read(_ model: Model, in project: ProjectDirectory) throws(DataError) -> Feedback? {
    guard let log = model.feedback else { return nil }
    let files = project.files(matching: log.path)
    guard !files.isEmpty else { return nil }
    let table = try LabelledLog.read(
      files,
      [log.columns.id, log.columns.time].map { ColumnRequest($0, as: .text) }
        + [ColumnRequest(log.columns.label, as: LabelColumn.kind(model.task))])
    do {
      return Feedback(
        files: files, ids: try table.text(log.columns.id),
        labels: try LabelColumn(log.columns.label, of: table, model.task),
        times: try LabelledLog.instants(log.columns.time, of: table))
    } catch {
      throw DataError(error)
    }
  }
}
