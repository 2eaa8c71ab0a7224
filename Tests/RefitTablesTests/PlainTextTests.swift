import Foundation
import RefitTesting
import Testing

@testable import RefitTables

/// Plain text is looked at many bytes at a time: what it means must not depend on where among them it stands.
@Suite struct PlainTextTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  /// As many bytes as are looked at together, and some more.
  private static let shifts = 0..<PlainText.size + 3

  private func read(
    _ text: String, _ columns: [ColumnRequest], blockSize: Int = 1 << 18
  ) throws -> Table {
    let path = try files.write(text, to: "table.csv")
    return try TableBuilder.table(of: columns, in: [path]) { path, builder throws(TableError) in
      try CSVReader(path: path, blockSize: blockSize, byteLimit: builder.byteLimit).readRows(into: &builder)
    }
  }

  @Test(arguments: ["\n", "\r\n"]) func fieldsAreTheSameWhereverTheyStand(lineEnd: String) throws {
    let fields = [
      "7", "", "\"x,y\"", "\"two\nlines\"", "\"\"\"\"", "ü", "-1.25", "long enough to be alone", "\"\"",
    ]
    let meant = ["7", "", "x,y", "two\nlines", "\"", "ü", "-1.25", "long enough to be alone", ""]
    for shift in Self.shifts {
      var generator = SeededGenerator(seed: UInt64(shift))
      // Mostly plain rows, one after the other, and some that are not.
      let rows = (0..<60).map { row in
        (0..<3).map { _ in
          Int.random(in: 0..<(row % 7 == 0 ? fields.count : 2), using: &generator)
        }
      }
      let lines = rows.map { row in row.map { fields[$0] }.joined(separator: ",") }
      let header = String(repeating: "a", count: shift + 1) + ",b,c"
      let table = try read(
        ([header] + lines).map { $0 + lineEnd }.joined(),
        header.split(separator: ",").map { ColumnRequest(String($0), as: .text) })
      var line = 2
      for (index, row) in rows.enumerated() {
        let found = try table.columnNames.map { try table.text($0)[index] }
        #expect(found == row.map { meant[$0] }, "row \(index) behind \(shift) bytes")
        #expect(table.location(ofRow: index).line == line)
        line += 1 + row.count { $0 == 3 }
      }
      #expect(table.rowCount == rows.count)
    }
  }

  @Test(arguments: [
    ("1,x\"y", "a quote inside a field", 4), ("1,\0", "a zero byte", 3), ("1,2\r3", "a carriage return", 4),
    ("1,2,3", "3 fields where the header has 2", 5), ("1", "1 field where the header has 2", 2),
    ("\n1,2", "a row after a blank line", -1), ("1,\u{1}", nil, 0), ("1,2\r", nil, 0),
  ])
  func errorsAreFoundWhereverTheyStand(row: String, message: String?, column: Int) throws {
    for shift in Self.shifts {
      let before =
        "a,b\n" + String(repeating: "-", count: shift) + ",0\n" + String(repeating: "1,2\r\n", count: 40)
      let text = "\(before)\(row)\n" + String(repeating: "3,4\n", count: 40)
      let read: Result<Table, any Error> = Result { try self.read(text, []) }
      switch (read, message) {
      case (.success(let table), nil): #expect(table.rowCount == 82)
      case (.failure(let error as TableError), let message?):
        #expect(error.message.hasPrefix(message))
        // The row behind the blank line is the one that is wrong.
        #expect(error.line == (column < 0 ? 44 : 43))
        #expect(error.column == max(column, 1))
      default: Issue.record("\(row) behind \(shift) bytes: \(read)")
      }
    }
  }

  @Test(arguments: [400, 30_000]) func fieldsMayBeMoreThanThereIsRoomForAtFirst(rowCount: Int) throws {
    let rows = (0..<rowCount).map { $0 % 2 == 0 ? ",,1,,,,,,," : ",,\($0),,,,,,,x" }
    let names = (0..<10).map { "c\($0)" }
    let table = try read(
      ([names.joined(separator: ",")] + rows).joined(separator: "\n"),
      [ColumnRequest("c2", as: .numeric), ColumnRequest("c9", as: .text)])
    #expect(try table.numeric("c2") == (0..<rowCount).map { $0 % 2 == 0 ? 1 : Double($0) })
    #expect(try table.text("c9") == TextColumn((0..<rowCount).map { $0 % 2 == 0 ? "" : "x" }))
    #expect(table.location(ofRow: rowCount - 1).line == rowCount + 1)
  }

  @Test func numbersAreStrtodsWhereverTheBlockEnds() throws {
    var generator = SeededGenerator(seed: 64)
    let texts = (0..<240).map { _ in randomNumber(using: &generator) }
    let rows = stride(from: 0, to: texts.count, by: 3).map { texts[$0..<$0 + 3].joined(separator: ",") }
    let columns = ["x", "y", "z"].map { ColumnRequest($0, as: .numeric) }
    // With and without a newline at the end, which is the end of the memory, too.
    for (blockSize, end) in (1...200).flatMap({ [($0, "\n"), ($0, "")] }) {
      let table = try read("x,y,z\n" + rows.joined(separator: "\n") + end, columns, blockSize: blockSize)
      for (place, name) in table.columnNames.enumerated() {
        let found = try table.numeric(name).map(\.bitPattern)
        let expected = stride(from: place, to: texts.count, by: 3).map { strtod(texts[$0], nil).bitPattern }
        #expect(found == expected, "column \(name), blocks of \(blockSize) bytes")
      }
    }
  }

  /// A number of 1…25 characters.
  private func randomNumber(using generator: inout SeededGenerator) -> String {
    let digits = (0..<Int.random(in: 1...20, using: &generator)).map { _ in "\(generator.next() % 10)" }
      .joined()
    let point = Int.random(in: 0...digits.count, using: &generator)
    let sign = ["", "-", "+"].randomElement(using: &generator) ?? ""
    let exponent = ["", "", "", "e5", "E-12"].randomElement(using: &generator) ?? ""
    return sign + digits.prefix(point) + (Bool.random(using: &generator) ? "." : "") + digits.dropFirst(point)
      + exponent
  }
}
