/// Reads the records of one CSV file, first the header.
final class CSVReader {
  /// The names of the columns.
  private(set) var header = ColumnNames([])

  private let path: String
  private let largestRow: Int
  private var blocks: FileBlocks
  private var next = RecordBatch.Record(start: 0, line: 1)
  private var blankLine: Int?

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Opens a file and reads its header; throws when there is none, or names in it are the same. A row that is
  /// longer than `largestRow` is refused: it is a quote that is never closed, or no table.
  convenience init(path: String, blockSize: Int = 1 << 18, largestRow: Int = 1 << 26) throws(TableError) {
    try self.init(RegularFile(path: path), path: path, blockSize: blockSize, largestRow: largestRow)
  }

  /// Begins to read what a source gives; `path` is its name in errors.
  init(
    _ source: any ByteSource, path: String, blockSize: Int = 1 << 18, largestRow: Int = 1 << 26
  ) throws(TableError) {
    self.path = path
    self.largestRow = largestRow
    blocks = FileBlocks(source, blockSize: blockSize)
    while blocks.bytes.count < Self.byteOrderMark.count, !blocks.isAtEnd { try blocks.advance(past: 0) }
    if blocks.bytes.starts(with: Self.byteOrderMark) { next.start = Self.byteOrderMark.count }
    guard let batch = try nextBatch(fieldCount: nil) else { throw missingHeader }
    try readHeader(batch)
  }

  private var missingHeader: TableError {
    TableError(file: path, line: 1, message: "a header is needed: the first line names the columns")
  }

  private func readHeader(_ batch: RecordBatch) throws(TableError) {
    let bytes = blocks.bytes
    let fields = batch.fields
    header = ColumnNames(
      fields.withUnsafeBufferPointer { fields in
        let record = FieldColumn(
          bytes: bytes, fields: fields, first: 0, stride: 1, count: fields.count, unescaped: UnescapeBuffer())
        return fields.indices.map { String(decoding: record[$0], as: UTF8.self) }
      })
    if let duplicate = header.firstDuplicate {
      throw batch.error(
        "the column name '\(header.names[duplicate])' is there twice", in: bytes, at: fields[duplicate].place,
        file: path)
    }
  }

  /// Hands all rows to a builder.
  func readRows(into builder: inout TableBuilder) throws(TableError) {
    try builder.begin(file: path, header: header)
    while let batch = try nextBatch(fieldCount: header.names.count) {
      if let misplaced = builder.append(batch, in: blocks.bytes) {
        throw batch.error(misplaced.message, in: blocks.bytes, at: misplaced.position, file: path)
      }
      if case .failure(let message, let position) = batch.end {
        throw batch.error(message, in: blocks.bytes, at: position, file: path)
      }
    }
  }

  /// Copies header and rows as they are, but for rows whose field in a column is to be left out; returns how many
  /// those are.
  func copy(
    to output: inout [UInt8], withoutRowsWhere column: Int, _ isLeftOut: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(TableError) -> Int {
    output += blocks.bytes[..<next.start]
    let width = header.names.count
    var leftOut = 0
    while let batch = try nextBatch(fieldCount: width) {
      let bytes = blocks.bytes
      batch.fields.withUnsafeBufferPointer { fields in
        let records = batch.records
        let ids = FieldColumn(
          bytes: bytes, fields: fields, first: column, stride: width, count: records.count,
          unescaped: UnescapeBuffer())
        for row in records.indices {
          let end = row + 1 < records.count ? records[row + 1].start : batch.next.start
          if isLeftOut(ids[row]) { leftOut += 1 } else { output += bytes[records[row].start..<end] }
        }
      }
      if case .failure(let message, let position) = batch.end {
        throw batch.error(message, in: bytes, at: position, file: path)
      }
    }
    return leftOut
  }

  /// The next records; nil at the end of the file.
  private func nextBatch(fieldCount: Int?) throws(TableError) -> RecordBatch? {
    while true {
      let batch = RecordBatch(
        blocks.bytes, from: next, isAtEnd: blocks.isAtEnd, fieldCount: fieldCount, blankLine: &blankLine)
      try validateText(of: batch)
      if fieldCount == nil {
        if blankLine != nil { throw missingHeader }
        if case .failure(let message, let position) = batch.end {
          throw batch.error(message, in: blocks.bytes, at: position, file: path)
        }
      }
      next = batch.next
      if case .failure = batch.end { return batch }
      if !batch.records.isEmpty { return batch }
      if blocks.isAtEnd { return nil }
      try readOn()
    }
  }

  private func readOn() throws(TableError) {
    guard blocks.bytes.count - next.start <= largestRow else {
      throw TableError(
        file: path, line: next.line,
        message: "the row that begins here is longer than \(largestRow) bytes; is a quote never closed?")
    }
    try blocks.advance(past: next.start)
    next.start = 0
  }

  /// Checks that the records of a batch are UTF-8.
  private func validateText(of batch: RecordBatch) throws(TableError) {
    let text = UnsafeBufferPointer(rebasing: blocks.bytes[next.start..<batch.next.start])
    guard let wrong = text.firstInvalidUTF8 else { return }
    throw batch.error("bytes that are not UTF-8", in: blocks.bytes, at: next.start + wrong, file: path)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The position of the first byte that does not belong to well-formed UTF-8; nil when all do.
  var firstInvalidUTF8: Int? {
    if reduce(0, |) < 0x80 { return nil }
    do {
      _ = try UTF8Span(validating: span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
