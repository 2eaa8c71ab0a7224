import RefitCore
import RefitExecution

/// Where a window's reference is found.
enum MonitoredReference: Hashable, Codable, Sendable {
  /// `title`: what it is, for sentences: `the reference data/reference.csv`.
  case table(path: String, title: String)
  case season(Season)

  init(_ declared: DriftReference, in project: ProjectDirectory) {
    switch declared {
    case .table(let path): self = .table(path: project.absolute(path), title: "the reference \(path)")
    case .season(let season): self = .season(season)
    }
  }

  /// Of a table; nil of a season, whose rows are in the log.
  var path: String? {
    if case .table(let path, _) = self { path } else { nil }
  }
}
