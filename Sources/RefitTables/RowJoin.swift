/// Rows of one table matched with rows of another by the text of an id: predictions with the labels that came later.
public struct RowJoin: Hashable, Sendable {
  /// For each row on the left the row on the right with the same id; -1 where there is none or the id is missing.
  public let rightRows: [Int32]
  /// How many rows on the left have a partner.
  public let matchedCount: Int
  /// How many rows on the right have an id that is on the left.
  public let usedRightCount: Int
  /// How many rows the right has.
  public let rightCount: Int

  /// How many rows on the left have no partner: predictions without a label.
  public var unmatchedLeftCount: Int { rightRows.count - matchedCount }
  /// How many rows on the right belong to none on the left: labels of unknown predictions.
  public var unmatchedRightCount: Int { rightCount - usedRightCount }

  /// Matches two columns of ids, compared by bytes. Rows on the left may share an id, and then have the same partner.
  ///
  /// - Parameter duplicates: what becomes of an id that several rows on the right have; `first` and `last` take one of
  ///   them as the partner.
  /// - Throws: where duplicates are refused and there are some.
  public init(
    _ left: TextColumn, _ right: TextColumn, duplicates: RowIndex.DuplicatePolicy = .refuse
  ) throws(RowIndex.DuplicateError) {
    rightRows = try RowIndex(right, duplicates: duplicates).rows(matching: left)
    matchedCount = rightRows.count { $0 >= 0 }
    usedRightCount = try RowIndex(left, duplicates: .first).rows(matching: right).count { $0 >= 0 }
    rightCount = right.count
  }
}

extension Table {
  /// Matches the rows with those of another table by a text column of each, as `RowJoin` does.
  ///
  /// - Throws: where a column is not there or not text, or where duplicates are refused and there are some; the places
  ///   of both are named.
  public func join(
    on id: String, with right: Table, on rightID: String, duplicates: RowIndex.DuplicatePolicy = .refuse
  ) throws(TableError) -> RowJoin {
    let (left, ids) = (try text(id), try right.text(rightID))
    do throws(RowIndex.DuplicateError) {
      return try RowJoin(left, ids, duplicates: duplicates)
    } catch {
      let places = error.rows.map { right.location(ofRow: $0) }
      throw TableError(
        file: places[1].file, line: places[1].line,
        message: "column '\(rightID)': '\(error.text)' is already at \(places[0])")
    }
  }
}
