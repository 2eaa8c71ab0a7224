import RefitTesting
import Testing

@testable import RefitTables

@Suite struct CSVWriterTests {
  @Test func quotesOnlyWhereThatIsNeeded() {
    var writer = CSVWriter(header: ["id", "no, really"])
    writer.append(row: [.text("plain text"), .number(0.1)])
    writer.append(row: [.text("say \"hi\""), .missing])
    writer.append("two\nlines")
    writer.append(-1e300)
    writer.endRow()
    writer.append(row: [.number(.nan), .number(-.infinity)])
    let expected = """
      id,"no, really"
      plain text,0.1
      "say ""hi""\",
      "two
      lines",-1e+300
      ,-inf

      """
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test func theOnlyFieldOfARowIsNeverABlankLine() {
    var writer = CSVWriter(header: ["a"])
    writer.append(row: [.missing])
    writer.append(row: [.text("x")])
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "a\n\"\"\nx\n")
  }

  @Test func numbersReadBackAsTheSameBits() throws {
    let files = try ScratchDirectory()
    var generator = SeededGenerator(seed: 99)
    let numbers = (0..<20_000).map { _ in Double(bitPattern: generator.next()) }.filter { !$0.isNaN }
    var writer = CSVWriter(header: ["x"])
    for number in numbers + [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude] {
      writer.append(number)
      writer.endRow()
    }
    let read = try TableFile.readAll(files.write(writer.bytes, to: "table.csv"), as: .numeric).numeric("x")
    #expect(read.prefix(numbers.count).map(\.bitPattern) == numbers.map(\.bitPattern))
    #expect(
      read.suffix(4).map(\.bitPattern)
        == [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude].map(\.bitPattern))
  }
}
