import RefitCore
import RefitExecution
import RefitTables

/// The files that a model's monitors read, each read once, however many occurrences are observed.
final class MonitoredFiles {
  let model: Model
  let project: ProjectDirectory
  /// What is wanted of them.
  let work: MonitorWork
  private var log: Result<Log, DataError>?
  private var versions: (services: [ServingHistory.Service], byRow: [Int?])?
  private var tables: [TableColumns: [MonitoredColumn]] = [:]

  private struct Log {
    let log: MonitoredLog
    /// The columns whose drift is wanted.
    let columns: [ColumnRequest]
  }

  private struct TableColumns: Hashable {
    let path: String
    let title: String
    let columns: [ColumnRequest]
  }

  init(model: Model, project: ProjectDirectory) {
    self.model = model
    self.project = project
    work = MonitorWork(model)
  }

  /// The log as it was known at an instant, and the columns of it whose drift is wanted, each of one kind.
  func log(knownAt instant: Instant) throws(DataError) -> (LabelledLog, [ColumnRequest]) {
    let read = log ?? read()
    log = read
    let found = try read.get()
    return (found.log.known(at: instant), found.columns)
  }

  /// Why the log can't be used; nil where it can, or nothing has asked for it yet.
  var trouble: DataError? {
    if case .failure(let error) = log { error } else { nil }
  }

  private func read() -> Result<Log, DataError> {
    do {
      guard !work.drift.isEmpty else {
        return .success(Log(log: try MonitoredLog.read(model, in: project, columns: []), columns: []))
      }
      let features = try MonitoredFeatures(of: model, in: project)
      let log = try MonitoredLog.read(model, in: project, columns: features.requests)
      return .success(Log(log: log, columns: features.columns(of: log)))
    } catch {
      return .failure(error)
    }
  }

  /// By row of the log, the version that made the prediction.
  func versions(of log: LabelledLog, _ serving: ServingHistory) throws(DataError) -> [Int?] {
    if let versions, versions.services == serving.services { return versions.byRow }
    let byRow = try serving.versions(of: log)
    versions = (serving.services, byRow)
    return byRow
  }

  /// Columns of a table that those of the log are compared with.
  func columns(ofTable path: String, title: String, _ columns: [ColumnRequest]) -> [MonitoredColumn] {
    let wanted = TableColumns(path: path, title: title, columns: columns)
    if let known = tables[wanted] { return known }
    let read = MonitoredColumn.read(path, title: title, columns: columns)
    tables[wanted] = read
    return read
  }
}
