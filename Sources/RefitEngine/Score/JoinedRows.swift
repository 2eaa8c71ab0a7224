import RefitStatistics
import RefitTables

/// The rows of two files that have the same id.
struct JoinedRows {
  /// Rows of the first file and, beside each, its row of the other.
  let own: [Int]
  let other: [Int]
  /// Ids that only one of the files has.
  let onlyOwn: Int
  let onlyOther: Int

  /// - Throws: for an id that is missing or there twice in a file, and where the files have none in common.
  init(_ file: ScoredFile, _ champion: ScoredFile, id: String) throws(ScoreError) {
    let (ids, others) = (try file.text(id), try champion.text(id))
    _ = try Self.index(ids, file, id)
    let matches = try Self.index(others, champion, id).rows(matching: ids)
    own = matches.indices.filter { matches[$0] >= 0 }
    other = own.map { Int(matches[$0]) }
    onlyOwn = matches.count - own.count
    onlyOther = others.count - own.count
    guard !own.isEmpty else {
      throw .file(
        champion.path, "no id in column '\(id)' is one of \(file.path)'s, so that there is nothing to compare"
      )
    }
  }

  private init(own: [Int], other: [Int], onlyOwn: Int, onlyOther: Int) {
    self.own = own
    self.other = other
    self.onlyOwn = onlyOwn
    self.onlyOther = onlyOther
  }

  /// Those of the rows that stand in a mask of the first file's rows.
  func filtered(_ isUsed: [Bool]) -> JoinedRows {
    let kept = own.indices.filter { isUsed[own[$0]] }
    return JoinedRows(
      own: kept.map { own[$0] }, other: kept.map { other[$0] }, onlyOwn: onlyOwn, onlyOther: onlyOther)
  }

  private static func index(_ ids: TextColumn, _ file: ScoredFile, _ name: String) throws(ScoreError)
    -> RowIndex
  {
    for row in 0..<ids.count where ids.isMissing(row) {
      throw file.value(row, "the id in column '\(name)' is missing, and the files are joined by it")
    }
    do {
      return try RowIndex(ids)
    } catch {
      let (first, second) = (error.rows[0], error.rows[error.rows.count - 1])
      throw file.value(
        second,
        "the id '\(error.text)' in column '\(name)' is there twice; the first time on line \(file.line(first))"
      )
    }
  }
}
