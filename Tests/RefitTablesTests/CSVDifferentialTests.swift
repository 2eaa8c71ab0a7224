import RefitTesting
import Testing

@testable import RefitTables

@Suite struct CSVDifferentialTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  /// Mostly well-formed records, with damage in some files.
  private func randomContent(using generator: inout SeededGenerator) -> [UInt8] {
    let pieces = ["a", "1.5", "", " ", "ü", "日本", "-", "x y", "\t", ";", "'", "e\u{301}"]
    let quotedPieces = pieces + [",", "\n", "\r\n", "\r", "\"\"", "\"\"\"\""]
    let columns = Int.random(in: 1...4, using: &generator)
    var text = Bool.random(using: &generator) ? "" : "\u{FEFF}"
    for row in 0...Int.random(in: 0...6, using: &generator) {
      let fields = (0..<columns).map { column in
        let isQuoted = Int.random(in: 0..<3, using: &generator) == 0
        let content = (0..<Int.random(in: 0...3, using: &generator))
          .map { _ in (isQuoted ? quotedPieces : pieces).randomElement(using: &generator) ?? "" }.joined()
        let name = row == 0 ? "c\(column)" : ""
        return isQuoted ? "\"\(name)\(content)\"" : name + content
      }
      text += fields.joined(separator: ",") + (["\n", "\r\n"].randomElement(using: &generator) ?? "\n")
    }
    var bytes = Array(text.utf8)
    if Int.random(in: 0..<3, using: &generator) == 0, !bytes.isEmpty { bytes.removeLast() }
    if Int.random(in: 0..<4, using: &generator) == 0 { bytes += Array("\n\r\n".utf8) }
    if Int.random(in: 0..<3, using: &generator) == 0 { damage(&bytes, using: &generator) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let hostile: [UInt8] = [.quote, .comma, .newline, .carriageReturn, 0, 0xC3, 0xFF, 0x20]
    for _ in 0...Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = hostile.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[position] = byte
      case 1: bytes.insert(byte, at: position)
      default: bytes.remove(at: position)
      }
    }
  }

  @Test func agreesWithPythonOnWhatIsCSVAndWhatItHolds() throws {
    var generator = SeededGenerator(seed: 4180)
    let paths = try (0..<3_000).map { try files.write(randomContent(using: &generator), to: "\($0).csv") }
    let answers = try CSVOracle.read(paths)
    var accepted = 0
    for (path, answer) in zip(paths, answers) {
      do throws(TableError) {
        let table = try TableFile.readAll(path, as: .text)
        accepted += 1
        let columns = try header(of: path).map { name throws(TableError) in try table.text(name) }
        let rows = (0..<table.rowCount).map { row in columns.map { $0[row] } }
        #expect(answer.refused == nil, "\(path)")
        #expect(identical([try header(of: path)] + rows, answer.rows ?? []), "\(path)")
      } catch {
        #expect(answer.refused != nil, "\(error)")
        #expect(error.line != nil)
      }
    }
    #expect(accepted > 1_500 && accepted < 2_900)
  }

  private func header(of path: String) throws(TableError) -> [String] { try CSVFile.header(at: path) }

  /// Compares bytes, where `==` would compare by Unicode equivalence.
  private func identical(_ left: [[String]], _ right: [[String]]) -> Bool {
    left.map { $0.map { Array($0.utf8) } } == right.map { $0.map { Array($0.utf8) } }
  }

  @Test func whatTheWriterWritesIsReadBackByItselfAndByPython() throws {
    var generator = SeededGenerator(seed: 12)
    let pieces = ["", "a", ",", "\"", "\n", "\r\n", "\r", " ", "ü", "x\"y", "\u{FEFF}", "1"]
    for columns in 1...3 {
      let names = (0..<columns).map { "na\"me,\($0)" }
      var writer = CSVWriter(header: names)
      var expected: [[String]] = []
      for _ in 0..<200 {
        let row = (0..<columns).map { _ in
          (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
          }
          .joined()
        }
        writer.append(row: row.map { .text($0) })
        expected.append(row)
      }
      let path = try files.write(writer.bytes, to: "table.csv")
      let table = try TableFile.readAll(path, as: .text)
      let read = try names.map { try table.text($0) }
      #expect(identical((0..<table.rowCount).map { row in read.map { $0[row] } }, expected))
      let python = try #require(CSVOracle.read([path])[0].rows)
      #expect(identical(python, [names] + expected))
    }
  }
}
