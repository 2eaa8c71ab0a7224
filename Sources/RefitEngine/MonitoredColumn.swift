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
  ///
  /// - Parameter columns: each of the kind that it has in the log.
  static func read(_ path: String, title: String, columns: [ColumnRequest]) -> [MonitoredColumn] {
    do {
      // A word among numbers is to be told of its own column only.
      let requests = columns.map {
        ColumnRequest($0.name, as: $0.kind == .numeric ? nil : $0.kind, required: false)
      }
      let table = try TableFile.read([path], columns: requests)
      return columns.map { column in
        guard table.contains(column.name) else {
          return MonitoredColumn(column, missing: "\(title) has no such column")
        }
        return MonitoredColumn(column, title, .current) { () throws(TableError) in
          let isOfKind = table.kind(of: column.name) == column.kind
          let table = isOfKind ? table : try TableFile.read([path], columns: [column])
          return try ColumnReference(table, column.name, rows: 0..<table.rowCount)
        }
      }
    } catch {
      return columns.map { MonitoredColumn($0, missing: unusable(title, error)) }
    }
  }

  private static func unusable(_ title: String, _ error: TableError) -> String {
    "\(title) can't be used: \(error.line.map { "line \($0): " } ?? "")\(error.message)"
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
      self.reference = .failure(DataError(Self.unusable(title, error)))
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
