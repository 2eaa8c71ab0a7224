import RefitStatistics
import RefitTables

extension ColumnReference {
  /// Rows of a table's column as the reference, of the kind as which the column was read; throws where there is no
  /// such column, or it was read as text.
  init(_ table: Table, _ name: String, rows: some Collection<Int>) throws(TableError) {
    if table.kind(of: name) == .numeric {
      self = .numeric(NumericReference(try table.numeric(name, rows: rows)))
    } else {
      let (counts, missing) = try table.categories(name).counts(of: rows)
      self = .categorical(CategoricalReference(categories: counts, missing: missing))
    }
  }

  /// How far some rows of a table's column are from the reference; throws where there is no such column, or it was
  /// read as another kind.
  func drift(of table: Table, _ name: String, rows: some Collection<Int>) throws(TableError) -> ColumnDrift {
    switch self {
    case .numeric(let reference):
      return .numeric(reference.drift(of: try table.numeric(name, rows: rows)))
    case .categorical(let reference):
      let (counts, missing) = try table.categories(name).counts(of: rows)
      return .categorical(reference.drift(ofCategories: counts, missing: missing))
    }
  }

  /// How far no row at all is from the reference.
  var driftOfNothing: ColumnDrift {
    switch self {
    case .numeric(let reference): .numeric(reference.drift(of: []))
    case .categorical(let reference): .categorical(reference.drift(ofCategories: [:]))
    }
  }
}

extension Table {
  /// Some rows of a numeric column.
  fileprivate func numeric(_ name: String, rows: some Collection<Int>) throws(TableError) -> [Double] {
    let column = try numeric(name)
    return rows.count == column.count ? column : rows.map { column[$0] }
  }
}

extension CategoryColumn {
  /// How often each category occurs in some of the rows, and how many of them have none.
  fileprivate func counts(of rows: some Collection<Int>) -> (counts: [Category: Int], missing: Int) {
    var byCode = [Int](repeating: 0, count: names.count)
    for row in rows where codes[row] >= 0 { byCode[Int(codes[row])] += 1 }
    var counts: [Category: Int] = [:]
    for (code, count) in byCode.enumerated() where count > 0 { counts[Category(names[code])] = count }
    return (counts, rows.count - byCode.reduce(0, +))
  }
}
