import RefitTables

/// The labelled rows of a table beside the rows of a champion's that have the same ids.
struct JoinedRows {
  /// Rows of the first table and, beside each, its row of the champion's.
  let own: [Int]
  let other: [Int]
  /// Labelled rows of the first table without a partner.
  let onlyOwn: Int
  /// Labelled rows of the champion's without one; all its rows count where it has no labels.
  let onlyOther: Int

  /// - Parameters:
  ///   - labelled: the rows of each table that must have an id, and one of their own. A row of the champion's beside
  ///     these may be a partner too, since the first table has its label.
  /// - Throws: for an id that is missing or there twice, and where the tables have none in common.
  init(
    _ table: ScoredTable, _ champion: ScoredTable, id: String, labelled: (own: [Int], other: [Int])
  ) throws(ScoreError) {
    let (ids, others) = (try table.text(id), try champion.text(id))
    _ = try table.rows(byID: id, labelled.own)
    let partners = try champion.rows(byID: id, labelled.other).rows(matching: ids)
    let spare = Self.spare(others, apartFrom: labelled.other).rows(matching: ids)
    own = labelled.own.filter { partners[$0] >= 0 || spare[$0] >= 0 }
    other = own.map { Int(partners[$0] >= 0 ? partners[$0] : spare[$0]) }
    onlyOwn = labelled.own.count - own.count
    onlyOther = labelled.other.count - own.count { partners[$0] >= 0 }
    guard !own.isEmpty else {
      throw .file(
        champion.name,
        "no id in column '\(id)' is that of a row with a label in \(table.name), so that there is nothing to compare"
      )
    }
  }

  /// Of the rows that need no id of their own the first with each.
  private static func spare(_ ids: TextColumn, apartFrom rows: [Int]) -> RowIndex {
    var isApart = [Bool](repeating: true, count: ids.count)
    for row in rows { isApart[row] = false }
    do {
      return try RowIndex(ids, rows: (0..<ids.count).filter { isApart[$0] }, duplicates: .first)
    } catch { preconditionFailure("the first of several rows is taken") }
  }
}

extension ScoredTable {
  /// Finds rows by their ids.
  ///
  /// - Throws: for an id of these rows that is missing or there twice.
  func rows(byID column: String, _ rows: some Sequence<Int>) throws(ScoreError) -> RowIndex {
    let ids = try text(column)
    for row in rows where ids.isMissing(row) {
      throw value(
        row, "the id in column '\(column)' is missing, and files are joined by it")
    }
    do {
      return try RowIndex(ids, rows: rows)
    } catch {
      let (first, second) = (error.rows[0], error.rows[error.rows.count - 1])
      throw value(
        second,
        "the id '\(error.text)' in column '\(column)' is there twice; the first time at "
          + "\(location(first))")
    }
  }
}
