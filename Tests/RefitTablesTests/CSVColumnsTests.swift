import RefitTesting
import Testing

@testable import RefitTables

@Suite struct CSVColumnsTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  @Test func readsOnlyTheColumnsAskedForInTheOrderOfTheFile() throws {
    let path = try files.write(
      "id,junk,score,group\na,not a number,0.25,x\nb,,,\nc,?,inf,y\nd,!,NaN,x\ne,-,\"\",\n", to: "table.csv")
    let table = try CSVFile.read(
      [path],
      columns: [
        ColumnRequest("group", as: .category), ColumnRequest("score", as: .numeric),
        ColumnRequest("id", as: .text),
        ColumnRequest("absent", as: .text, required: false),
      ])
    #expect(table.columnNames == ["id", "score", "group"])
    #expect(table.rowCount == 5)
    let score = try table.numeric("score")
    #expect(score[0] == 0.25 && score[2] == .infinity)
    #expect([1, 3, 4].allSatisfy { score[$0].isNaN })
    let group = try table.categories("group")
    #expect(group.codes == [0, -1, 1, 0, -1])
    #expect(group.names == ["x", "y"])
    #expect(group[0] == "x" && group[1] == nil)
    let id = try table.text("id")
    #expect((0..<id.count).map { id[$0] } == ["a", "b", "c", "d", "e"])
    #expect(!table.contains("absent") && !table.contains("junk"))
  }

  @Test func namesWhatIsMissingAndWhatWasProbablyMeant() throws {
    let path = try files.write("id,predicted_at,score\n1,2,3\n", to: "table.csv")
    let near = try #require(throws: TableError.self) {
      try CSVFile.read([path], columns: [ColumnRequest("predicted-at", as: .text)])
    }
    #expect(near.description == "\(path):1: there is no column 'predicted-at'; did you mean 'predicted_at'?")
    let far = try #require(throws: TableError.self) {
      try CSVFile.read([path], columns: [ColumnRequest("customer", as: .text)])
    }
    #expect(far.message == "there is no column 'customer'; the columns are 'id', 'predicted_at', 'score'")
  }

  @Test func joinsFilesWhoseColumnsStandInDifferentOrder() throws {
    let first = try files.write("id,score\na,1\nb,2\n", to: "one.csv")
    let second = try files.write("extra,score,group,id\n\"x\ny\",3,g,c\nz,4,,d\n", to: "two.csv")
    let table = try CSVFile.read(
      [first, second],
      columns: [
        ColumnRequest("id", as: .text), ColumnRequest("score", as: .numeric),
        ColumnRequest("group", as: .category, required: false), ColumnRequest("id", as: .category),
        ColumnRequest("id", as: .text),
      ])
    #expect(table.columnNames == ["id", "score", "group"])
    #expect(try table.numeric("score") == [1, 2, 3, 4])
    #expect(try table.text("id") == TextColumn(["a", "b", "c", "d"]))
    #expect(try table.categories("id").codes == [0, 1, 2, 3])
    #expect(try table.categories("group").codes == [-1, -1, 0, -1])
    #expect(
      (0..<4).map { table.location(ofRow: $0).description } == [
        "\(first):2", "\(first):3", "\(second):2", "\(second):4",
      ])
    let missing = try #require(throws: TableError.self) {
      try CSVFile.read([first, second], columns: [ColumnRequest("group", as: .text)])
    }
    #expect(missing.file == first)
  }

  @Test func infersNumbersWhereEveryFieldThatIsNotMissingIsOne() throws {
    let path = try files.write("n,t,e,late,m\n1,a,,1,\n,b,,2,NaN\n 2.5 ,a,,NA,nan\n", to: "table.csv")
    let table = try TableFile.readAll(path, as: nil)
    #expect(
      ["n", "t", "e", "late", "m"].map { table.kind(of: $0) } == [
        .numeric, .category, .numeric, .category, .numeric,
      ])
    #expect(try table.numeric("n")[2] == 2.5)
    #expect(try table.categories("late").names == ["1", "2", "NA"])
    #expect(try table.categories("t").codes == [0, 1, 0])
    #expect(try table.numeric("e").allSatisfy(\.isNaN))
  }

  @Test func refusesToGiveAColumnAsAnotherKind() throws {
    let table = try TableFile.readAll(files.write("a,b\n1,2\n", to: "table.csv"), as: .text)
    let error = try #require(throws: TableError.self) { try table.numeric("a") }
    #expect(error.message == "column 'a' was read as text, not as numeric")
    #expect(throws: TableError.self) { try table.categories("a") }
    #expect(throws: TableError.self) { try table.text("c") }
    #expect(table.kind(of: "c") == nil)
  }

  @Test func categoriesAndNamesAreComparedByBytes() throws {
    // One letter in two spellings, which Swift's strings call equal.
    let composed = "\u{E9}"
    let decomposed = "e\u{301}"
    let path = try files.write("\(composed),\(decomposed)\n\(composed),x\n\(decomposed),x\n", to: "table.csv")
    let table = try TableFile.readAll(path, as: .category)
    #expect(table.columnNames.count == 2)
    #expect(try table.categories(composed).codes == [0, 1])
    #expect(try table.categories(decomposed).codes == [0, 0])
  }

  @Test func noFilesAreNoTable() {
    #expect(throws: TableError.self) { try CSVFile.read([], columns: []) }
  }
}
