import RefitTesting
import Testing

@testable import RefitTables

@Suite struct JSONLinesTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  @Test func readsOnlyTheColumnsAskedFor() throws {
    let path = try files.write(
      """
      {"id":"a","score":0.25,"junk":{"x":[1,{}]},"group":"x"}

      {"score":null,"id":"b", "flag": true}\r
        {"id" : "c\\u00e9\\ud83d\\ude00\\n", "score" : -Infinity , "group":null}
      {"id":"","score":NaN,"group":1.50}
      """, to: "log.jsonl")
    #expect(try TableFile.columnNames(of: path) == ["id", "score", "junk", "group", "flag"])
    let table = try TableFile.read(
      [path],
      columns: [
        ColumnRequest("group", as: .category), ColumnRequest("score", as: .numeric),
        ColumnRequest("id", as: .text), ColumnRequest("flag", as: .numeric), ColumnRequest("flag", as: nil),
        ColumnRequest("absent", as: .text, required: false),
      ])
    #expect(table.columnNames == ["id", "score", "group", "flag"])
    #expect(try table.text("id") == TextColumn(["a", "b", "cé😀\n", ""]))
    let score = try table.numeric("score")
    #expect(score[0] == 0.25 && score[1].isNaN && score[2] == -.infinity && score[3].isNaN)
    #expect(try table.categories("group").names == ["x", "1.50"])
    #expect(try table.categories("group").codes == [0, -1, -1, 1])
    #expect(try table.numeric("flag")[1] == 1)
    #expect(try table.categories("flag").names == ["true"])
    #expect(table.location(ofRow: 3).description == "\(path):5")
    #expect(!table.contains("absent"))
  }

  @Test(arguments: [
    (#"{"a":1,}"#, 8, "a key in double quotes is needed"), (#"{"a" 1}"#, 6, "':' after the key is needed"),
    (#"{"a":1 "b":2}"#, 8, "',' or '}' after the value is needed"), (#"{"a":01}"#, 7, "',' or '}'"),
    (#"{"a":+1}"#, 6, "a value is needed"), (#"{"a":1.}"#, 8, "a digit is needed"),
    (#"{"a":nul}"#, 6, "a value"),
    (#"{"a":1"#, 7, "the line ends where ',' or '}' after the value is needed"),
    (#"["a"]"#, 1, "with which a line begins"),
    (#"{"a":"x"#, 6, "never closed"), (#"{"a":"\x"}"#, 7, "unknown escape"),
    (#"{"a":"\u12g4"}"#, 7, "four hex"),
    (#"{"a":"\ud800"}"#, 7, "surrogate"), (#"{"a":"\ude00"}"#, 7, "surrogate"),
    (#"{"ü":"\ud800\u0041"}"#, 7, "surrog"),
    ("{\"a\":\"\t\"}", 7, "control character"), (#"{"a":1} {"a":2}"#, 9, "text after the object"),
    (#"{"a":[1]}"#, 6, "column 'a': an array"), (#"{"a":{}}"#, 6, "column 'a': an object"),
    (#"{"b":[1,}"#, 9, "a value is needed"), (#"{"a":1,"b":2,"\u0061":3}"#, 14, "the key 'a' is there twice"),
    (#"{"a":"x"}"#, 6, "column 'a': 'x' is not a number"),
    ("x", 1, "'{', with which a line begins, is needed"),
  ])
  func saysWhereALineIsWrong(line: String, column: Int, words: String) throws {
    let path = try files.write("{\"a\":1}\n\n\(line)\n{\"a\":\n", to: "log.ndjson")
    let error = try #require(throws: TableError.self) {
      try TableFile.read([path], columns: [ColumnRequest("a", as: .numeric)])
    }
    #expect(error.file == path && error.line == 3 && error.column == column, "\(error)")
    #expect(error.message.contains(words), "\(error)")
  }

  @Test func deepNestingIsRefusedBeforeItOverflows() throws {
    let deep = "{\"a\":1,\"b\":" + String(repeating: "[", count: 100_000) + "\n"
    let path = try files.write(deep, to: "log.jsonl")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: nil) }
    #expect(error.message == "values nested deeper than 200")
  }

  @Test func namesAColumnThatNoRowHas() throws {
    let path = try files.write("{\"id\":1,\"predicted_at\":2}\n", to: "log.jsonl")
    let error = try #require(throws: TableError.self) {
      try TableFile.read([path], columns: [ColumnRequest("predicted-at", as: .text)])
    }
    #expect(error.description == "\(path): there is no column 'predicted-at'; did you mean 'predicted_at'?")
    let empty = try files.write("\n", to: "empty.jsonl")
    let table = try TableFile.read([empty], columns: [ColumnRequest("id", as: .text)])
    #expect(try table.text("id").count == 0)
  }

  private func ids(_ text: String, blockSize: Int = 16, largestRow: Int = 64) throws -> [String] {
    let path = try files.write(text, to: "log.jsonl")
    func file() throws(TableError) -> JSONLinesFile {
      JSONLinesFile(try RegularFile(path: path), path: path, blockSize: blockSize, largestRow: largestRow)
    }
    #expect(try file().columnNames() == ["id"])
    var builder = TableBuilder(requests: [ColumnRequest("id", as: .text)])
    _ = try file().readRows(into: &builder)
    let column = try builder.table.text("id")
    return (0..<column.count).map { column[$0] }
  }

  @Test func `keys in any order, left out or spelled with escapes are the same columns`() throws {
    var generator = SeededGenerator(seed: 61)
    let columns = 300
    // By row: a few, most or all of the keys, shuffled in some; what has no key is missing.
    let rows = (0..<200).map { row in
      let kept = (0..<columns).filter { _ in
        row % 3 == 0 || UInt64.random(in: 0..<10, using: &generator) < [9, 1][row % 2]
      }
      return row % 4 == 0 ? kept.shuffled(using: &generator) : kept
    }
    let lines = rows.enumerated().map { row, keys in
      "{"
        + keys.map { "\"\((row + $0) % 7 == 0 ? "\\u006b" : "k")\($0)\":\(row * columns + $0)" }
        .joined(separator: ",") + "}\n"
    }
    let path = try files.write(lines.joined(), to: "log.jsonl")
    let order = rows.reduce(into: [Int]()) { order, keys in
      order += keys.filter { !order.contains($0) }
    }
    #expect(try TableFile.columnNames(of: path) == order.map { "k\($0)" })
    var builder = TableBuilder(
      requests: (0..<columns).reversed().map { ColumnRequest("k\($0)", as: .numeric, required: false) })
    let file = JSONLinesFile(try RegularFile(path: path), path: path, blockSize: 1 << 14)
    #expect(try file.readRows(into: &builder) == nil)
    let table = builder.table
    #expect(table.columnNames == order.map { "k\($0)" })
    for column in 0..<columns {
      let expected = rows.enumerated().map { row, keys in
        keys.contains(column) ? Double(row * columns + column) : nil
      }
      #expect(try table.numeric("k\(column)").map { $0.isNaN ? nil : $0 } == expected)
    }
  }

  @Test(arguments: ["\n", "\r\n", " \n"])
  func `blank lines of any number hide no row`(line: String) throws {
    let blank = String(repeating: line, count: 200)
    #expect(try ids("{\"id\":1}\n\(blank){\"id\":2}\n") == ["1", "2"])
    #expect(try ids("\(blank){\"id\":1}\n{\"id\":2}\(blank)") == ["1", "2"])
  }

  @Test(arguments: [" ", "{\"id\":1,\"x\":\""])
  func `a line without an end is refused, and one of blanks too`(start: String) throws {
    let error = try #require(throws: TableError.self) {
      try ids("{\"id\":1}\n\(start)\(String(repeating: " ", count: 300))\n{\"id\":2}\n")
    }
    #expect(error.line == 2 && error.column == 1)
    #expect(error.message == "the row that begins here is longer than 64 bytes")
  }

  @Test func agreesWithPythonOnWhatIsJSONLinesAndWhatTheyHold() throws {
    var generator = SeededGenerator(seed: 8259)
    let paths = try (0..<2_000).map { try files.write(randomContent(using: &generator), to: "\($0).jsonl") }
    let answers: [Answer] = try Oracle.ask("json_lines_oracle.py", ["paths": paths])
    var accepted = 0
    for (path, answer) in zip(paths, answers) {
      do throws(TableError) {
        let table = try TableFile.readAll(path, as: .text)
        accepted += 1
        let names = try TableFile.columnNames(of: path)
        guard let rows = answer.rows else {
          Issue.record("\(path): \(answer.refused ?? "")")
          continue
        }
        #expect(table.rowCount == rows.count)
        for name in names {
          let column = try table.text(name)
          for (row, expected) in rows.enumerated() {
            #expect(Array(column[row].utf8) == Array((expected[name] ?? "").utf8), "\(path):\(row)")
          }
        }
      } catch {
        #expect(answer.refused != nil, "\(error)")
        #expect(error.line != nil)
      }
    }
    #expect(accepted > 800 && accepted < 1_900)
  }

  private struct Answer: Decodable {
    var rows: [[String: String]]?
    var refused: String?
  }

  private func randomContent(using generator: inout SeededGenerator) -> [UInt8] {
    let keys = ["\"a\"", "\"b\"", "\"\\u0063\"", "\"é\"", "\"\""]
    let values = [
      "1", "-0.50e+3", "true", "false", "null", "NaN", "-Infinity", "\"\"", "\"x\"",
      "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
      "\"\\u00e9\\uD83D\\uDe00\"", "\"日本\"", "\"{\\u0041}\"", "12345678901234567890.1",
    ]
    var text = Bool.random(using: &generator) ? "" : "\u{FEFF}"
    for _ in 0...Int.random(in: 0...5, using: &generator) {
      let blank = { (generator: inout SeededGenerator) in
        ["", "", " ", "\t"].randomElement(using: &generator) ?? ""
      }
      let members = keys.shuffled(using: &generator).prefix(Int.random(in: 0...5, using: &generator)).map {
        $0 + blank(&generator) + ":" + blank(&generator) + (values.randomElement(using: &generator) ?? "1")
      }
      text += blank(&generator) + "{" + members.joined(separator: blank(&generator) + "," + blank(&generator))
      text += "}" + (["\n", "\r\n", "\n\n"].randomElement(using: &generator) ?? "\n")
    }
    var bytes = Array(text.utf8)
    if Int.random(in: 0..<3, using: &generator) == 0 { bytes.removeLast() }
    if Int.random(in: 0..<2, using: &generator) == 0 { damage(&bytes, using: &generator) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let hostile = Array("\"\\{}[],:0.eu\n\u{1}".utf8) + [0xFF]
    let position = Int.random(in: 0..<bytes.count, using: &generator)
    let byte = hostile.randomElement(using: &generator) ?? 0
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: bytes[position] = byte
    case 1: bytes.insert(byte, at: position)
    default: bytes.remove(at: position)
    }
  }
}
