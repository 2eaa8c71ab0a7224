/// A file of JSON lines: UTF-8 with or without byte order mark, one object a line, its keys the names of the columns.
struct JSONLinesFile {
  private let path: String
  private let blocks: TextBlocks
  private let largestRow: Int

  /// Begins to read what a source gives; `path` is its name in errors. A line longer than `largestRow` may be refused,
  /// one of twice that is, and what follows the first `byteLimit` bytes is left out.
  init(
    _ source: sending any ByteSource, path: String, blockSize: Int = TextBlocks.blockSize,
    largestRow: Int = 1 << 26, byteLimit: Int? = nil
  ) {
    self.path = path
    self.largestRow = largestRow
    blocks = TextBlocks(
      source, ending: .line, blockSize: blockSize, largestRecord: largestRow, byteLimit: byteLimit)
  }

  /// The keys of all rows, in the order of their first appearance; throws when a line is no object.
  func columnNames() throws(TableError) -> [String] {
    var keys = JSONKeys()
    var lineCount = 0
    var block = TextBlock()
    while try blocks.next(&block) {
      let failure = block.withBytes { bytes in
        var lines = JSONLines(block, largestRow: largestRow)
        let failure = lines.read(bytes) { (scanner, _) throws(JSONScanner.SyntaxError) in
          keys.beginRow()
          try scanner.object { (key, _, _) throws(JSONScanner.SyntaxError) in
            _ = keys.number(of: key, in: bytes)
          }
        }
        defer { lineCount += lines.count }
        return JSONLines.first([failure], in: bytes).map { failure in
          TableError(
            file: path, line: failure.line + lineCount, column: failure.column, message: failure.message)
        }
      }
      if let failure { throw failure }
    }
    return keys.texts.names
  }

  /// Hands all rows to a builder, with the columns that it wants; gives the first that it requires and no row has.
  /// A file without rows lacks nothing.
  func readRows(
    into builder: inout TableBuilder, threads: Int = Threads.sensibleCount
  ) throws(TableError) -> String? {
    let names = builder.begin(file: path)
    var first = TextBlock()
    guard try blocks.next(&first) else { return nil }
    let rows = JSONRows(names: names, plan: builder.plan, largestRow: largestRow)
    try rows.readRows(first, and: blocks, into: &builder, threads: threads)
    return builder.end()
  }
}
