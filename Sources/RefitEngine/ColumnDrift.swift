import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// One column's reference, ready to be compared with windows of the log.
struct ColumnDrift {
  private enum Reference {
    case numeric(NumericReference)
    case categorical(CategoricalReference)
    /// Why there is nothing to compare with.
    case missing(String)
  }

  private let name: String
  private let reference: Reference

  /// Reads columns of a reference, the file once; what can't be read makes each statistic of its column undefined.
  static func read(_ source: ReferenceTable, columns: [ColumnRequest]) -> [ColumnDrift] {
    do {
      let header = Set(try TableFile.columnNames(of: source.path))
      let table = try TableFile.read([source.path], columns: columns.filter { header.contains($0.name) })
      return columns.map { column in
        guard header.contains(column.name) else {
          return ColumnDrift(column, missing: "\(source.title) has no such column")
        }
        return ColumnDrift(column, of: table, source)
      }
    } catch {
      return columns.map { ColumnDrift($0, missing: "\(source.title) can't be used: \(error.message)") }
    }
  }

  private init(_ column: ColumnRequest, missing reason: String) {
    name = column.name
    reference = .missing(reason)
  }

  private init(_ column: ColumnRequest, of table: Table, _ source: ReferenceTable) {
    name = column.name
    do {
      reference =
        column.kind == .numeric
        ? .numeric(NumericReference(try table.numeric(column.name)))
        : .categorical(try table.categories(column.name).reference())
    } catch {
      reference = .missing("\(source.title) can't be used: \(error.message)")
    }
  }

  /// The statistic of the rows against the reference, and how many rows had a usable value.
  func measure(_ statistic: DriftStatistic, of table: Table, _ rows: [Int]) -> (Statistic, Int) {
    do {
      switch reference {
      case .numeric(let reference):
        let column = try table.numeric(name)
        let drift = reference.drift(of: rows.map { column[$0] })
        return (drift.measure(statistic), drift.currentCount)
      case .categorical(let reference):
        let (counts, missing) = try table.categories(name).counts(of: rows)
        let drift = reference.drift(ofCategories: counts, missing: missing)
        return (drift.measure(statistic), drift.currentCount)
      case .missing(let reason):
        return (.undefined(reason), rows.count)
      }
    } catch {
      return (.undefined(error.description), 0)
    }
  }
}

/// The table that says what "normal" looks like.
struct ReferenceTable: Hashable, Codable, Sendable {
  let path: String
  /// What it is, for sentences: `the reference data/reference.csv`.
  let title: String
}

extension CategoryColumn {
  /// All rows as what current ones are compared with.
  fileprivate func reference() -> CategoricalReference {
    let (counts, missing) = counts(of: 0..<count)
    return CategoricalReference(categories: counts, missing: missing)
  }

  /// How often each category occurs in some of the rows, and how many of them have none.
  fileprivate func counts(of rows: some Collection<Int>) -> (counts: [Category: Int], missing: Int) {
    var byCode = [Int](repeating: 0, count: names.count)
    for row in rows where codes[row] >= 0 { byCode[Int(codes[row])] += 1 }
    var counts: [Category: Int] = [:]
    for (code, count) in byCode.enumerated() where count > 0 { counts[Category(names[code])] = count }
    return (counts, rows.count - byCode.reduce(0, +))
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
