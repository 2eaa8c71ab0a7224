import RefitCore
import RefitExecution
import RefitTables

/// The columns of a model's prediction log whose drift is measured.
struct MonitoredFeatures {
  /// What is read of the log for them.
  let requests: [ColumnRequest]

  /// The declared features, each of its kind, else every column of any file of the log that has no other role, whose
  /// kind all the files decide together.
  init(of model: Model, in project: ProjectDirectory) throws(DataError) {
    if let features = model.features {
      requests =
        features.numeric.map { ColumnRequest($0, as: .numeric) }
        + features.categorical.map { ColumnRequest($0, as: .category) }
      return
    }
    guard let log = model.predictions else {
      requests = []
      return
    }
    let columns = log.columns
    let named = [columns.id, columns.time, columns.score, columns.prediction, columns.version]
    let apart =
      named.compactMap(\.self) + (model.holdout?.groups ?? []) + [model.feedback?.columns.label ?? ""]
    // Names are compared by their bytes.
    var known = Set(apart.map { Array($0.utf8) })
    var features: [String] = []
    for file in project.files(matching: log.path) {
      do {
        features += try TableFile.columnNames(of: file).filter { known.insert(Array($0.utf8)).inserted }
      } catch {
        throw DataError(error)
      }
    }
    requests = features.map { ColumnRequest($0, as: nil, required: false) }
  }

  /// The columns, each of the kind that it has in the log.
  func columns(of log: MonitoredLog) -> [ColumnRequest] {
    requests.map { ColumnRequest($0.name, as: $0.kind ?? log.table.kind(of: $0.name)) }
  }
}
