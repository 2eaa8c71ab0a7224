import RefitStatistics
import RefitTables

/// The labelled rows of a file beside the rows of another one that have the same ids.
struct JoinedRows {
  /// Rows of the first file and, beside each, its row of the other.
  let own: [Int]
  let other: [Int]
  /// Labelled rows of the first file without a partner.
  let onlyOwn: Int
  /// Labelled rows of the other file without one; all its rows count where it has no labels.
  let onlyOther: Int

  /// - Parameters:
  ///   - labelled: the rows of each file that must have an id, and one of their own. A row of the other file beside
  ///     these may be a partner too, since the first file has its label.
  /// - Throws: for an id that is missing or there twice, and where the files have none in common.
  init(
    _ file: ScoredFile, _ champion: ScoredFile, id: String, labelled: (own: [Int], other: [Int])
  ) throws(ScoreError) {
    let (ids, others) = (try file.text(id), try champion.text(id))
    _ = try Self.index(ids, labelled.own, file, id)
    let partners = try Self.index(others, labelled.other, champion, id).rows(matching: ids)
    let spare = try Self.spare(others, apartFrom: labelled.other).rows(matching: ids)
    own = labelled.own.filter { partners[$0] >= 0 || spare[$0] >= 0 }
    other = own.map { Int(partners[$0] >= 0 ? partners[$0] : spare[$0]) }
    onlyOwn = labelled.own.count - own.count
    onlyOther = labelled.other.count - own.count { partners[$0] >= 0 }
    guard !own.isEmpty else {
      throw .file(
        champion.path,
        "no id in column '\(id)' is that of a row with a label in \(file.path), so that there is nothing to compare"
      )
    }
  }

  private static func index(
    _ ids: TextColumn, _ rows: [Int], _ file: ScoredFile, _ name: String
  ) throws(ScoreError) -> RowIndex {
    for row in rows where ids.isMissing(row) {
      throw file.value(row, "the id in column '\(name)' is missing, and the files are joined by it")
    }
    do {
      return try RowIndex(ids, rows: rows)
    } catch {
      let (first, second) = (error.rows[0], error.rows[error.rows.count - 1])
      throw file.value(
        second,
        "the id '\(error.text)' in column '\(name)' is there twice; the first time on line \(file.line(first))"
      )
    }
  }

  /// Of the rows that need no id of their own the first with each.
  private static func spare(_ ids: TextColumn, apartFrom rows: [Int]) throws(ScoreError) -> RowIndex {
    var isApart = [Bool](repeating: true, count: ids.count)
    for row in rows { isApart[row] = false }
    do {
      return try RowIndex(ids, rows: (0..<ids.count).filter { isApart[$0] }, duplicates: .first)
    } catch { preconditionFailure("the first of several rows is taken") }
  }
}
