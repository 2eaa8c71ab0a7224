import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// One column's reference, ready to be compared with windows of the log.
struct MonitoredColumn {
  private let name: String
  /// Or why there is nothing to compare with.
  private let reference: Result<ColumnReference, DataError>
  private let sampleSize: SampleSize

  /// Which usable rows a statistic rests on. A table is there whole; an earlier window may hold a few rows only.
  private enum SampleSize { case current, smallerSide }

  /// Columns of a reference table, read once; what can't be read makes each statistic of its column undefined.
  static func read(_ path: String, title: String, columns: [ColumnRequest]) -> [MonitoredColumn] {
    do {
      let header = Set(try TableFile.columnNames(of: path))
      let table = try TableFile.read([path], columns: columns.filter { header.contains($0.name) })
      return columns.map { column in
        guard header.contains(column.name) else {
          return MonitoredColumn(column, missing: "\(title) has no such column")
        }
        return MonitoredColumn(column, title, .current) { () throws(TableError) in
          try ColumnReference(table, column.name, rows: 0..<table.rowCount)
        }
      }
    } catch {
      return columns.map { MonitoredColumn($0, missing: "\(title) can't be used: \(error.message)") }
    }
  }

  /// Columns of an earlier window of the log itself, which may hold few rows.
  static func season(
    of table: Table, _ rows: [Int], columns: [ColumnRequest], title: String
  ) -> [MonitoredColumn] {
    columns.map { column in
      guard !rows.isEmpty else {
        return MonitoredColumn(column, missing: "the prediction log has no row of the reference (\(title))")
      }
      return MonitoredColumn(column, title, .smallerSide) { () throws(TableError) in
        try ColumnReference(table, column.name, rows: rows)
      }
    }
  }

  private init(_ column: ColumnRequest, missing reason: String) {
    name = column.name
    reference = .failure(DataError(reason))
    sampleSize = .current
  }

  private init(
    _ column: ColumnRequest, _ title: String, _ sampleSize: SampleSize,
    _ reference: () throws(TableError) -> ColumnReference
  ) {
    name = column.name
    self.sampleSize = sampleSize
    do {
      self.reference = .success(try reference())
    } catch {
      self.reference = .failure(DataError("\(title) can't be used: \(error.message)"))
    }
  }

  /// Statistics of the rows against the reference, in the order asked for, and the sample size.
  func measure(_ statistics: [DriftStatistic], of table: Table, _ rows: [Int]) -> ([Statistic], Int) {
    let reference: ColumnReference
    switch self.reference {
    case .success(let found): reference = found
    case .failure(let error): return (statistics.map { _ in .undefined(error.description) }, rows.count)
    }
    do {
      let drift = try reference.drift(of: table, name, rows: rows)
      let (former, current) = (drift.histogram.referenceCount, drift.histogram.currentCount)
      return (drift.measure(statistics), sampleSize == .current ? current : min(former, current))
    } catch {
      return (statistics.map { _ in .undefined(error.description) }, 0)
    }
  }
}

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

/// The model's feature columns.
enum FeatureColumns {
  /// The declared features, else every other column of the prediction log, with kinds inferred from its first file.
  static func requests(of model: Model, in project: ProjectDirectory) throws(DataError) -> [ColumnRequest] {
    if let features = model.features {
      return features.numeric.map { ColumnRequest($0, as: .numeric) }
        + features.categorical.map { ColumnRequest($0, as: .category) }
    }
    guard let log = model.predictions, let first = project.files(matching: log.path).first else { return [] }
    let named = [
      log.columns.id, log.columns.time, log.columns.score, log.columns.prediction, log.columns.version,
    ]
    let apart = Set(
      named.compactMap(\.self) + (model.holdout?.groups ?? []) + [model.feedback?.columns.label ?? ""])
    do {
      let table = try TableFile.readAll(first, as: nil)
      return table.columnNames.filter { !apart.contains($0) }.map {
        ColumnRequest($0, as: table.kind(of: $0))
      }
    } catch {
      throw DataError("\(error)")
    }
  }
}
