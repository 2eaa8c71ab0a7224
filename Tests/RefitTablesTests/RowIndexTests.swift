import RefitTesting
import Testing

@testable import RefitTables

@Suite struct RowIndexTests {
  @Test func findsTheRowOfEachText() throws {
    let index = try RowIndex(TextColumn(["a", "", "bb", "", "ccc"]))
    #expect(index.count == 3)
    #expect(index["a"] == 0 && index["bb"] == 2 && index["ccc"] == 4)
    #expect(index["b"] == nil && index[""] == nil)
    #expect(index.rows(matching: TextColumn(["ccc", "x", "", "a"])) == [4, -1, -1, 0])
  }

  @Test func treatsTheSameTextTwiceAsItIsTold() throws {
    let column = TextColumn(["a", "b", "a", "c", "a"])
    let error = try #require(throws: RowIndex.DuplicateError.self) { try RowIndex(column) }
    #expect(error.description == "'a' is in 2 rows: 1 and 3")
    #expect(try RowIndex(column, duplicates: .first)["a"] == 0)
    #expect(try RowIndex(column, duplicates: .last)["a"] == 4)
    #expect(try RowIndex(column, duplicates: .last).count == 3)
  }

  @Test func agreesWithADictionary() throws {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<50 {
      let texts = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
        String(repeating: "k", count: Int.random(in: 0...12, using: &generator))
          + String(generator.next() % 97)
      }
      let expected = Dictionary(texts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      let index = try RowIndex(TextColumn(texts), duplicates: .first)
      #expect(index.count == expected.count)
      for text in texts + ["absent", "k", "kkkkkkkk"] { #expect(index[text] == expected[text]) }
    }
  }
}
