import RefitTesting
import Testing

@testable import RefitTables

@Suite struct RowIndexTests {
  /// The definition: the first of the rows with the same bytes; none for what is missing.
  private func matches(_ texts: [String], _ rows: [Int], _ others: [String]) -> [Int32] {
    others.map { other in
      let row = other.isEmpty ? nil : rows.first { Array(texts[$0].utf8) == Array(other.utf8) }
      return Int32(row ?? -1)
    }
  }

  @Test func `finds the row of each text, and none for a missing one`() throws {
    let texts = ["a", "", "bb", "", "ccc", "\u{E9}"]
    let others = ["ccc", "x", "", "a", "bb", "b", "", "ccc", "e\u{301}", "\u{E9}"]
    let index = try RowIndex(TextColumn(texts))
    #expect(index.rows(matching: TextColumn(others)) == [4, -1, -1, 0, 2, -1, -1, 4, -1, 5])
    #expect(index.rows(matching: TextColumn([])) == [])
    #expect(try RowIndex(TextColumn([])).rows(matching: TextColumn(["", "a"])) == [-1, -1])
  }

  @Test func `the same text twice is refused, or its first row found`() throws {
    let column = TextColumn(["b", "a", "", "a", "c", "", "a"])
    let error = try #require(throws: RowIndex.DuplicateError.self) { try RowIndex(column) }
    #expect(error.description == "'a' is in 2 rows: 2 and 4")
    let index = try RowIndex(column, duplicates: .first)
    #expect(index.rows(matching: TextColumn(["a", "b", "", "c"])) == [1, 0, -1, 4])
    #expect(try RowIndex(column, rows: [4, 6]).rows(matching: TextColumn(["a", "b", "c"])) == [6, -1, 4])
  }

  @Test(arguments: [UInt64](1...20))
  func `matching rows are those of the definition, of all rows and of some`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func texts(_ most: Int) -> [String] {
      (0..<Int.random(in: 0...most, using: &generator)).map { _ in
        Int.random(in: 0..<8, using: &generator) == 0
          ? ""
          : String(repeating: "k", count: Int.random(in: 0...12, using: &generator))
            + String(generator.next() % 23)
      }
    }
    let (ids, others) = (texts(400), texts(200))
    let some = ids.indices.filter { _ in Bool.random(using: &generator) }
    let column = TextColumn(ids)
    let other = TextColumn(others)
    #expect(
      try RowIndex(column, duplicates: .first).rows(matching: other)
        == matches(ids, Array(ids.indices), others))
    #expect(
      try RowIndex(column, rows: some, duplicates: .first).rows(matching: other)
        == matches(ids, some, others))
    let distinct = some.filter { row in !some.contains { $0 < row && ids[$0] == ids[row] } }
    #expect(try RowIndex(column, rows: distinct).rows(matching: other) == matches(ids, distinct, others))
  }
}
