/// Reads the records of one CSV file, first the header.
final class CSVReader {
  /// The names of the columns.
  let header: ColumnNames

  private let path: String
  private let largestRow: Int
  private let blocks: TextBlocks
  /// The block that begins with the header.
  private let firstBlock: TextBlock
  /// Where the rows begin in it.
  private let firstRow: RecordBatch.Record

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Opens a file that is not packed; throws as the other initializer does.
  convenience init(
    path: String, blockSize: Int = TextBlocks.blockSize, largestRow: Int = 1 << 26, byteLimit: Int? = nil
  ) throws(TableError) {
    try self.init(
      RegularFile(path: path), path: path, blockSize: blockSize, largestRow: largestRow, byteLimit: byteLimit)
  }

  /// Reads the header of what a source gives, whose name in errors is `path`; throws when there is none, or names in
  /// it are the same. A row that is longer than `largestRow` may be refused, and one of twice that is: it is a quote
  /// that is never closed, or no table. What follows the first `byteLimit` bytes is left out.
  init(
    _ source: sending any ByteSource, path: String, blockSize: Int = TextBlocks.blockSize,
    largestRow: Int = 1 << 26, byteLimit: Int? = nil
  ) throws(TableError) {
    self.path = path
    self.largestRow = largestRow
    blocks = TextBlocks(
      source, ending: .csv, blockSize: blockSize, largestRecord: largestRow, byteLimit: byteLimit)
    var block = TextBlock()
    guard try blocks.next(&block) else { throw Self.missingHeader(path) }
    firstBlock = block
    let read = block.withBytes { bytes in Self.header(of: bytes, end: block.end, path, largestRow) }
    (header, firstRow) = try read.get()
  }

  private static func missingHeader(_ path: String) -> TableError {
    TableError(file: path, line: 1, message: "a header is needed: the first line names the columns")
  }

  private static func header(
    of bytes: UnsafeBufferPointer<UInt8>, end: TextBlock.End, _ path: String, _ largestRow: Int
  ) -> Result<(ColumnNames, RecordBatch.Record), TableError> {
    let hasMark = bytes.starts(with: byteOrderMark)
    let start = RecordBatch.Record(start: hasMark ? byteOrderMark.count : 0, line: 1)
    var batch = RecordBatch()
    batch.scan(bytes, from: start, end: end, fieldCount: nil)
    let text = UnsafeBufferPointer(rebasing: bytes[..<batch.next.start])
    func refused(_ failure: RecordBatch.Failure) -> Result<(ColumnNames, RecordBatch.Record), TableError> {
      let place = batch.place(of: failure, in: bytes)
      return .failure(
        TableError(file: path, line: place.line, column: place.column, message: place.message))
    }
    guard !batch.records.isEmpty else {
      guard let failure = batch.failure(largestRow: largestRow, bytes) else {
        return .failure(missingHeader(path))
      }
      return refused(failure)
    }
    if let wrong = text.firstInvalidUTF8 {
      return refused(.init(message: "bytes that are not UTF-8", position: wrong))
    }
    return batch.withFields { fields in
      let given = names(fields, of: bytes)
      let names = ColumnNames(given)
      guard let duplicate = names.firstRepeated else { return .success((names, batch.next)) }
      let message = "the column name '\(given[duplicate])' is there twice"
      return refused(.init(message: message, position: fields[duplicate].place))
    }
  }

  private static func names(
    _ fields: UnsafeBufferPointer<FieldSpan>, of bytes: UnsafeBufferPointer<UInt8>
  ) -> [String] {
    let record = FieldColumn(
      bytes: bytes, fields: fields, first: 0, stride: 1, count: fields.count, unescaped: UnescapeBuffer())
    return fields.indices.map { String(decoding: record[$0], as: UTF8.self) }
  }

  /// Hands all rows to a builder.
  func readRows(into builder: inout TableBuilder, threads: Int = Threads.sensibleCount) throws(TableError) {
    try builder.begin(file: path, header: header)
    try readRows(into: &builder, as: builder.plan, threads: threads)
  }

  /// Hands all rows to a builder that has begun the file, the columns by their places.
  func readRows(
    into builder: inout TableBuilder, as plan: ColumnPlan, threads: Int = Threads.sensibleCount
  ) throws(TableError) {
    try rows(plan).readRows(firstBlock, and: blocks, into: &builder, threads: threads)
  }

  private func rows(_ plan: ColumnPlan) -> CSVRows {
    CSVRows(fieldCount: header.names.count, plan: plan, first: firstRow, largestRow: largestRow)
  }

  /// Copies header and rows as they are, but for rows whose field in a column is to be left out; returns how many
  /// those are.
  func copy(
    to output: inout [UInt8], withoutRowsWhere column: Int, _ isLeftOut: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(TableError) -> Int {
    firstBlock.withBytes { output += $0[..<firstRow.start] }
    let rows = rows(ColumnPlan(columns: []))
    var leftOut = 0
    var lineCount = 0
    var block = firstBlock
    var batch = RecordBatch()
    repeat {
      let linesBefore = lineCount
      let failure = block.withBytes { bytes in
        batch.scan(bytes, from: rows.start(of: block), end: block.end, fieldCount: header.names.count)
        leftOut += copy(batch, of: bytes, to: &output, withoutRowsWhere: column, isLeftOut)
        lineCount += batch.next.line - 1
        return batch.failure(largestRow: largestRow, bytes).map { batch.place(of: $0, in: bytes) }
      }
      if let failure {
        throw TableError(
          file: path, line: linesBefore + failure.line, column: failure.column, message: failure.message)
      }
    } while try blocks.next(&block)
    return leftOut
  }

  private func copy(
    _ batch: RecordBatch, of bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8],
    withoutRowsWhere column: Int, _ isLeftOut: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Int {
    batch.withFields { fields in
      let records = batch.records
      let ids = FieldColumn(
        bytes: bytes, fields: fields, first: column, stride: header.names.count, count: records.count,
        unescaped: UnescapeBuffer())
      var leftOut = 0
      for row in records.indices {
        let end = row + 1 < records.count ? records[row + 1].start : batch.next.start
        if isLeftOut(ids[row]) { leftOut += 1 } else { output += bytes[records[row].start..<end] }
      }
      return leftOut
    }
  }
}
