import Testing

@testable import Lending

private func table(_ text: String) throws -> CommaSeparatedTable {
  try CommaSeparatedTable(bytes: Array(text.utf8), path: "t.csv")
}

@Test(arguments: [
  "a,b\n1,x\n2,y\n", "a,b\n1,x\n2,y", "a,b\r\n1,x\r\n2,y\r\n", "\"a\",\"b\"\n\"1\",\"x\"\n2,y\n",
])
func `lines may end as they like and fields may be quoted`(text: String) throws {
  let table = try table(text)
  #expect(table.header == ["a", "b"])
  #expect(try table.numbers("a") == [1, 2])
  #expect(try table.texts("b") == ["x", "y"])
}

@Test func `quoted fields hold commas, quotes and line breaks`() throws {
  let table = try table("a,b\n\"x, \"\"y\"\"\nz\",1\n")
  #expect(try table.texts("a") == ["x, \"y\"\nz"])
  #expect(try table.texts("b") == ["1"])
}

@Test func `an empty field is a missing number`() throws {
  let values = try table("a,b\n,1\n2,\n").numbers("a")
  #expect(values[0].isNaN)
  #expect(values[1] == 2)
}

@Test(arguments: [
  ("", LendingError.malformed(path: "t.csv", line: 1, reason: "the file has no header")),
  ("a,b\n1\n", .malformed(path: "t.csv", line: 2, reason: "1 fields where the header has 2")),
  ("a,b\n1,2\n1,2,3\n", .malformed(path: "t.csv", line: 3, reason: "3 fields where the header has 2")),
  ("a\n\"x\n", .malformed(path: "t.csv", line: 3, reason: "a quoted field has no end")),
  ("a\n\"x\"y\n", .malformed(path: "t.csv", line: 2, reason: "text after the closing quote of a field")),
])
func `a broken file is told with its line`(text: String, error: LendingError) {
  #expect(throws: error) { try table(text) }
}

@Test func `a wrong number and a missing column are told with their place`() throws {
  let table = try table("a\n1\nNA\n")
  #expect(
    throws: LendingError.malformed(path: "t.csv", line: 3, reason: "'NA' in column 'a' is not a number")
  ) {
    try table.numbers("a")
  }
  #expect(throws: LendingError.missingColumn(path: "t.csv", column: "b")) { try table.texts("b") }
}

@Test(arguments: ["plain", "with, comma", "a \"quote\"", "two\nlines", ""])
func `a written field reads back`(text: String) throws {
  #expect(try table("a,b\n\(commaSeparatedField(text)),1\n").texts("a") == [text])
}
