import RefitTables
import RefitTesting
import Testing

@Suite struct TableValuesTests {
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
