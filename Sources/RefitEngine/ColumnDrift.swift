import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// One column's reference, ready to be compared with windows of the log.
struct ColumnDrift {
  private enum Reference {
    case numeric(NumericReference)
    case categorical(CategoricalReference)
  }

  private let name: String
  private let reference: Reference

  /// - Parameter reference: the path of a CSV file that has the column.
  init(reference path: String, column: ColumnRequest) throws(DataError) {
    name = column.name
    do {
      let table = try CSVFile.read([path], columns: [column])
      switch column.kind {
      case .numeric:
        reference = .numeric(NumericReference(try table.numeric(column.name).filter(\.isFinite)))
      case .text, .category, nil:
        let values = try table.categories(column.name)
        reference = .categorical(CategoricalReference(counts: values.counts(of: 0..<table.rowCount)))
      }
    } catch {
      throw DataError("\(error)")
    }
  }

  /// The statistic of the rows against the reference, and how many rows had a usable value.
  func measure(_ statistic: DriftStatistic, of table: Table, _ rows: [Int]) -> (Statistic, Int) {
    do {
      switch reference {
      case .numeric(let reference):
        let column = try table.numeric(name)
        let values = rows.compactMap { column[$0].isFinite ? column[$0] : nil }
        let drift = reference.drift(of: values)
        return (statistic == .psi ? drift.psi : drift.ksStatistic, values.count)
      case .categorical(let reference):
        let counts = try table.categories(name).counts(of: rows)
        let drift = reference.drift(of: counts)
        return (statistic == .psi ? drift.psi : drift.ksStatistic, counts.values.reduce(0, +))
      }
    } catch {
      return (.undefined("\(error)"), 0)
    }
  }
}

extension CategoryColumn {
  /// How often each category occurs in the rows; missing values are left out.
  fileprivate func counts(of rows: some Sequence<Int>) -> [String: Int] {
    var byCode = [Int](repeating: 0, count: names.count)
    for row in rows where codes[row] >= 0 { byCode[Int(codes[row])] += 1 }
    return Dictionary(uniqueKeysWithValues: zip(names, byCode).filter { $0.1 > 0 })
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
      let header = try CSVFile.header(at: first)
      let table = try CSVFile.readAll(first, as: nil)
      return header.filter { !apart.contains($0) }.map { ColumnRequest($0, as: table.kind(of: $0)) }
    } catch {
      throw DataError("\(error)")
    }
  }
}
