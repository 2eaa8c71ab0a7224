import RefitTesting
import Testing

@testable import RefitTables

@Suite struct TimeWindowTests {
  @Test func beginsAfterItsStartAndEndsWithItsEnd() {
    let window = TimeWindow(after: 10, through: 20)
    #expect(window.rows(of: [21, 20, 10, 11, 9, 15]) == [1, 3, 5])
    #expect(TimeWindow(after: 5, through: 5).rows(of: [4, 5, 6]).isEmpty)
    #expect(TimeWindow(after: 6, through: 5).rows(of: [4, 5, 6]).isEmpty)
  }

  @Test func windowsEndToEndHaveEachRowOnce() {
    var generator = SeededGenerator(seed: 3)
    let times = (0..<500).map { _ in Int.random(in: 1...100, using: &generator) }
    let rows = stride(from: 0, to: 100, by: 7).flatMap { start in
      TimeWindow(after: start, through: start + 7).rows(of: times)
    }
    #expect(rows.sorted() == Array(times.indices))
  }

  @Test func namesThePlaceOfAValueThatCannotBeRead() throws {
    let files = try ScratchDirectory()
    let path = try files.write("t\n1\n22\n\n4\n", to: "table.csv")
    let table = try TableFile.readAll(path, as: .text)
    let error = try #require(throws: TableError.self) {
      try table.values(of: "t", expected: "a digit") { $0.isEmpty ? nil : $0.count }
    }
    #expect(error.description == "\(path):4: column 't': '' is not a digit")
    #expect(try table.values(of: "t", expected: "text") { $0.count } == [1, 2, 0, 1])
  }
}
