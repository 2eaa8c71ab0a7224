import RefitTesting
import Testing

@testable import RefitTables

/// What is read does not depend on how many threads read it, nor on the blocks that they take.
@Suite struct ThreadsTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  private static let requests = [
    ColumnRequest("t", as: .text), ColumnRequest("n", as: .numeric), ColumnRequest("c", as: .category),
    ColumnRequest("i", as: nil), ColumnRequest("j", as: nil),
  ]

  private func read(_ path: String, blockSize: Int, threads: Int) throws(TableError) -> Table {
    try TableBuilder.table(of: Self.requests, in: [path]) { path, builder throws(TableError) in
      if path.hasSuffix(".jsonl") {
        let file = JSONLinesFile(
          try RegularFile(path: path), path: path, blockSize: blockSize, byteLimit: builder.byteLimit)
        _ = try file.readRows(into: &builder, threads: threads)
      } else {
        try CSVReader(path: path, blockSize: blockSize, byteLimit: builder.byteLimit)
          .readRows(into: &builder, threads: threads)
      }
    }
  }

  /// Everything that a table says, for comparison.
  private func contents(_ table: Table) throws -> [[String]] {
    try table.columnNames.map { name in
      switch try #require(table.kind(of: name)) {
      case .numeric: try table.numeric(name).map { "\($0.bitPattern)" }
      case .text: try (0..<table.rowCount).map { try table.text(name)[$0] }
      case .category: try table.categories(name).codes.map(String.init) + table.categories(name).names
      }
    } + [(0..<table.rowCount).map { table.location(ofRow: $0).description }]
  }

  private func randomCSV(using generator: inout SeededGenerator) -> [UInt8] {
    let texts = ["a", "", "\"x,y\"", "\"two\nlines\"", "\"say \"\"hi\"\"\"", "ü", "\"\r\n\""]
    var text = "t,n,c,i,j\n"
    for row in 0..<Int.random(in: 1...120, using: &generator) {
      let word = texts.randomElement(using: &generator) ?? ""
      let end = ["\n", "\r\n"].randomElement(using: &generator) ?? "\n"
      let late = row > 60 ? word.replacing("\n", with: " ") : "\(row)"
      text += "\(word),\(generator.next() % 1000),g\(generator.next() % 5),\(late),\(row).5\(end)"
    }
    return Array(text.utf8)
  }

  private func randomJSON(using generator: inout SeededGenerator) -> [UInt8] {
    let values = ["1", "\"x\"", "null", "true", "\"\\u00fc\"", "2.5"]
    var text = ""
    for _ in 0..<Int.random(in: 1...120, using: &generator) {
      let members =
        ["t", "c", "i", "j", "k"].shuffled(using: &generator)
        .prefix(Int.random(in: 0...5, using: &generator))
        .map { "\"\($0)\": \(values.randomElement(using: &generator) ?? "1")" } + [
          "\"n\":\(generator.next() % 99)"
        ]
      text += "{" + members.joined(separator: ",") + "}" + (generator.next() % 9 == 0 ? "\n\n" : "\n")
    }
    return Array(text.utf8)
  }

  private func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let hostile: [UInt8] = [.quote, .comma, .newline, .carriageReturn, 0, 0xC3, 0x78]
    for _ in 0...Int.random(in: 0...2, using: &generator) {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      bytes.insert(hostile.randomElement(using: &generator) ?? 0, at: position)
    }
  }

  @Test(arguments: ["csv", "jsonl"]) func anyNumberOfThreadsReadsTheSame(format: String) throws {
    var generator = SeededGenerator(seed: 77)
    var refused = 0
    for number in 0..<150 {
      var bytes = format == "csv" ? randomCSV(using: &generator) : randomJSON(using: &generator)
      if Bool.random(using: &generator) { damage(&bytes, using: &generator) }
      let path = try files.write(bytes, to: "\(number).\(format)")
      let whole: Result<Table, TableError> = Result { () throws(TableError) in
        try read(path, blockSize: 1 << 20, threads: 1)
      }
      for (blockSize, threads) in [(16, 1), (16, 3), (200, 2), (1_000, 4)] {
        let parts: Result<Table, TableError> = Result { () throws(TableError) in
          try read(path, blockSize: blockSize, threads: threads)
        }
        switch (whole, parts) {
        case (.success(let expected), .success(let found)):
          #expect(try contents(found) == contents(expected), "\(path)")
        case (.failure(let expected), .failure(let found)):
          refused += 1
          #expect(found == expected)
        default: Issue.record("\(path): \(whole) and \(parts)")
        }
      }
    }
    #expect(refused > 40 && refused < 500)
  }

  @Test func whatFollowsAnErrorIsNotWaitedFor() throws {
    let rows = (0..<20_000).map { $0 == 9_000 ? "x" : "\($0)" }.joined(separator: "\n")
    let path = try files.write("n\n\(rows)\n\"open", to: "table.csv")
    let error = try #require(throws: TableError.self) {
      var builder = TableBuilder(requests: [ColumnRequest("n", as: .numeric)])
      try CSVReader(path: path, blockSize: 512).readRows(into: &builder, threads: 4)
    }
    #expect(error.description == "\(path):9002:1: column 'n': 'x' is not a number")
  }
}
