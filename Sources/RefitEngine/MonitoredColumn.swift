import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// One column's reference, ready to be compared with windows of the log.
struct MonitoredColumn {
  private let name: String
  /// Or why there is nothing to compare with.
  private let reference: Result<ColumnReference, DataError>

  /// Reads columns of a reference, the file once; what can't be read makes each statistic of its column undefined.
  static func read(_ source: ReferenceTable, columns: [ColumnRequest]) -> [MonitoredColumn] {
    do {
      let header = Set(try TableFile.columnNames(of: source.path))
      let table = try TableFile.read([source.path], columns: columns.filter { header.contains($0.name) })
      return columns.map { column in
        guard header.contains(column.name) else {
          return MonitoredColumn(column, missing: "\(source.title) has no such column")
        }
        return MonitoredColumn(column, of: table, source)
      }
    } catch {
      return columns.map { MonitoredColumn($0, missing: "\(source.title) can't be used: \(error.message)") }
    }
  }

  private init(_ column: ColumnRequest, missing reason: String) {
    name = column.name
    reference = .failure(DataError(reason))
  }

  private init(_ column: ColumnRequest, of table: Table, _ source: ReferenceTable) {
    name = column.name
    do {
      reference = .success(try ColumnReference(table, column.name))
    } catch {
      reference = .failure(DataError("\(source.title) can't be used: \(error.message)"))
    }
  }

  /// Statistics of the rows against the reference, in the order asked for, and how many rows had a usable value.
  func measure(_ statistics: [DriftStatistic], of table: Table, _ rows: [Int]) -> ([Statistic], Int) {
    let reference: ColumnReference
    switch self.reference {
    case .success(let found): reference = found
    case .failure(let error): return (statistics.map { _ in .undefined(error.description) }, rows.count)
    }
    do {
      let drift = try reference.drift(of: table, name, rows: rows)
      return (drift.measure(statistics), drift.histogram.currentCount)
    } catch {
      return (statistics.map { _ in .undefined(error.description) }, 0)
    }
  }
}

/// The table that says what "normal" looks like.
struct ReferenceTable: Hashable, Codable, Sendable {
  let path: String
  /// What it is, for sentences: `the reference data/reference.csv`.
  let title: String
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
      let table = try CSVFile.readAll(first, as: nil)
      return table.columnNames.filter { !apart.contains($0) }.map {
        ColumnRequest($0, as: table.kind(of: $0))
      }
    } catch {
      throw DataError("\(error)")
    }
  }
}
