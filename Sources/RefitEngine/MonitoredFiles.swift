import RefitCore
import RefitExecution
import RefitTables

/// The files that a model's monitors read, each read once, however many occurrences are observed.
final class MonitoredFiles {
  let model: Model
  let project: ProjectDirectory
  private var log: Result<(MonitoredLog, [ColumnRequest]), DataError>?
  private var versions: (services: [ServingHistory.Service], byRow: [Int?])?
  /// By the path of the reference.
  private var references: [String: [MonitoredColumn]] = [:]

  init(model: Model, project: ProjectDirectory) {
    self.model = model
    self.project = project
  }

  /// The log as it was known at an instant, and the columns of it that may drift.
  ///
  /// - Parameter drifting: whether those are wanted.
  func log(knownAt instant: Instant, drifting: Bool) throws(DataError) -> (LabelledLog, [ColumnRequest]) {
    if log == nil { log = read(drifting: drifting) }
    switch log! {
    case .success((let log, let columns)): return (log.known(at: instant), columns)
    case .failure(let error): throw error
    }
  }

  /// Why the log can't be used; nil where it can, or nothing has asked for it yet.
  var trouble: DataError? {
    if case .failure(let error) = log { error } else { nil }
  }

  private func read(drifting: Bool) -> Result<(MonitoredLog, [ColumnRequest]), DataError> {
    do {
      let columns = drifting ? try FeatureColumns.requests(of: model, in: project) : []
      return .success((try MonitoredLog.read(model, in: project, columns: columns), columns))
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

  /// Columns of a table that others are compared with.
  func reference(_ path: String, title: String, columns: [ColumnRequest]) -> [MonitoredColumn] {
    if let known = references[path] { return known }
    let read = MonitoredColumn.read(path, title: title, columns: columns)
    references[path] = read
    return read
  }
}
