import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct CSVFileTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  private func rows(_ content: String) throws -> [[String]] {
    let table = try TableFile.readAll(files.write(content, to: "table.csv"), as: .text)
    let columns = try table.columnNames.map { try table.text($0) }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]), ("a,b\n", []), ("a,b", []),
    ("a,b\n1,\n,2", [["1", ""], ["", "2"]]),
    ("a,b\n,", [["", ""]]), ("a,b\n\"1,2\",\"3\n4\"\n", [["1,2", "3\n4"]]),
    ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\r\n", [["say \"hi\"", "\""]]),
    ("a,b\n\"\",\"x\r\ny\"", [["", "x\r\ny"]]),
    ("a,b\n 1 ,\tx\n", [[" 1 ", "\tx"]]), ("a,b\n1,2\n\n\r\n\n", [["1", "2"]]),
    ("a\n1\n\n2\n", [["1"], [""], ["2"]]),
    ("a,b\nü,日本\n", [["ü", "日本"]]), ("\"a\",\"b\"\n1,2\n", [["1", "2"]]), (",b\n1,2\n", [["1", "2"]]),
  ])
  func readsWhatTheStandardDescribes(content: String, expected: [[String]]) throws {
    #expect(try rows(content) == expected)
  }

  @Test(arguments: [
    Refusal("", 1, nil, "header"), Refusal("\u{FEFF}", 1, nil, "header"), Refusal("\n1\n", 1, nil, "header"),
    Refusal("\n", 1, nil, "header"),
    Refusal("a,b,a\n", 1, 5, "'a' is there twice"), Refusal("a,\"a\"\n", 1, 3, "'a' is there twice"),
    Refusal("a,b\n1\n", 2, 2, "1 field where the header has 2"),
    Refusal("a,b\n1,2\n1,2,3\n", 3, 5, "3 fields where the header has 2"),
    Refusal("a,b\n\"x\ny\",2\n1,2,\"3\"\n", 4, 5, "3 fields"),
    Refusal("a,b\n1,2\n\n3,4\n", 4, 1, "after a blank line"),
    Refusal("a,b\n1,\"2\n3,4\n", 2, 3, "never closed"), Refusal("a,b\n1,\"", 2, 3, "never closed"),
    Refusal("a,b\n1,2\"\"\n", 2, 4, "quote inside"), Refusal("a,b\n1, \"2\"\n", 2, 4, "quote inside"),
    Refusal("a,b\n\"1\" ,2\n", 2, 4, "after the closing quote"),
    Refusal("a,b\n\"x\n\ny\"z,2\n", 4, 3, "after the closing quote"),
    Refusal("a,b\r1,2\r", 1, 4, "carriage return"), Refusal("a,b\n1,2\r\r\n", 2, 4, "carriage return"),
    Refusal("a,b\n1,2\r", 2, 4, "carriage return"), Refusal("a,b\n1,\0\n", 2, 3, "zero byte"),
    Refusal("a,b\n1,\"\0\"\n", 2, 4, "zero byte"), Refusal("日本,b\n\"日本\"x,1\n", 2, 5, "after the closing"),
  ])
  func refusesEverythingElseWithItsPlace(refusal: Refusal) throws {
    let path = try files.write(refusal.content, to: "table.csv")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .text) }
    #expect(error.file == path)
    #expect(error.line == refusal.line)
    #expect(error.column == refusal.column)
    #expect(error.message.contains(refusal.words), "\(error)")
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let content: String
    let line: Int?
    let column: Int?
    let words: String

    init(_ content: String, _ line: Int?, _ column: Int?, _ words: String) {
      self.content = content
      self.line = line
      self.column = column
      self.words = words
    }

    var testDescription: String { content.debugDescription }
  }

  @Test(
    arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80]]
      as [[UInt8]])
  func refusesBytesThatAreNotUTF8(bytes: [UInt8]) throws {
    let path = try files.write(Array("a,b\n1,2\nü,x".utf8) + bytes + Array("\n5,6\n".utf8), to: "table.csv")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .text) }
    #expect(error.description == "\(path):3:4: bytes that are not UTF-8")
  }

  @Test func namesFileLineColumnAndTextOfWhatIsNoNumber() throws {
    let path = try files.write("id,score\na,0.5\nb,\"1,5\"\nc,oops\n", to: "table.csv")
    let error = try #require(throws: TableError.self) {
      try CSVFile.read([path], columns: [ColumnRequest("score", as: .numeric)])
    }
    #expect(error.description == "\(path):3:3: column 'score': '1,5' is not a number")
  }

  @Test func theFirstWrongFieldOfAFileIsNamed() throws {
    let path = try files.write("a,b\n1,2\n3,x\ny,4\n", to: "table.csv")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .numeric) }
    #expect(error.description == "\(path):3:3: column 'b': 'x' is not a number")
    let ragged = try files.write("a,b\n1,2\n3,x\n5\n", to: "table.csv")
    #expect(throws: error) { try TableFile.readAll(ragged, as: .numeric) }
  }

  @Test func longFieldsAreCutInMessages() throws {
    let path = try files.write("a\n" + String(repeating: "x", count: 500), to: "table.csv")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .numeric) }
    #expect(error.message.utf8.count < 110)
  }

  @Test func aRowThatNeverEndsIsRefused() throws {
    let path = try files.write("a,b\n1,2\n\"" + String(repeating: "x,\n", count: 10_000), to: "table.csv")
    let error = try #require(throws: TableError.self) {
      var builder = TableBuilder(requests: [])
      try CSVReader(path: path, blockSize: 256, largestRow: 4_096).readRows(into: &builder)
    }
    #expect(error.line == 3)
    #expect(error.message.contains("longer than 4096 bytes"))
  }

  @Test func readsTheHeaderAlone() throws {
    #expect(
      try CSVFile.header(at: files.write("id,\"a \"\"b\"\"\",日本\n\"broken", to: "table.csv")) == [
        "id", "a \"b\"", "日本",
      ])
  }
}
