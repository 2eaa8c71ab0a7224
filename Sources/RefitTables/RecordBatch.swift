/// The records of a block.
struct RecordBatch {
  struct Record {
    /// Where the record begins among the bytes.
    var start: Int
    /// The line on which it begins, from 1.
    var line: Int
  }

  /// Something that is not a record of this file.
  struct Failure {
    let message: String
    let position: Int
  }

  private(set) var records: [Record] = []
  /// Where the bytes begin that belong to no record of the batch, and their line.
  private(set) var next = Record(start: 0, line: 1)

  /// All fields, record by record, and behind them room for more.
  private var fields: [FieldSpan] = []
  private var fieldsEnd = 0
  private var start = 0
  private var end = TextBlock.End.file
  private var failure: Failure?
  private var hasBlankLine = false

  /// Calls `body` with all fields, record by record.
  func withFields<Result>(_ body: (UnsafeBufferPointer<FieldSpan>) -> Result) -> Result {
    fields.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<fieldsEnd])) }
  }

  /// Scans the records from `start` on, in place of those that it has; all must have `fieldCount` fields, nil for a
  /// header, which is one record of any number. Blank lines are records only where there is one field.
  mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Record, end: TextBlock.End, fieldCount: Int?
  ) {
    records.removeAll(keepingCapacity: true)
    fieldsEnd = 0
    next = start
    self.start = start.start
    self.end = end
    failure = nil
    hasBlankLine = false
    do throws(CSVScanner.SyntaxError) {
      while next.start < bytes.count {
        if let fieldCount, !hasBlankLine { scanPlainRecords(bytes, fieldCount) }
        guard next.start < bytes.count, try scanRecord(bytes, fieldCount), fieldCount != nil else { return }
      }
    } catch {
      failure = Failure(message: error.message, position: error.position)
    }
  }

  /// Scans records as long as they are plain text with as many fields as there must be and there is room: quickly, and
  /// without a word about the first that is anything else.
  private mutating func scanPlainRecords(_ bytes: UnsafeBufferPointer<UInt8>, _ fieldCount: Int) {
    guard let base = bytes.baseAddress else { return }
    // About what numbers take, but no more than a block of them: one long field makes as many bytes.
    makeRoom(for: min((bytes.count - next.start) / 5, 1 << 16) + PlainText.size)
    fields.withUnsafeMutableBufferPointer { fields in
      var count = fieldsEnd
      var start = next.start
      var position = start
      while position + PlainText.size <= bytes.count, count + PlainText.size <= fields.count {
        let text = PlainText(at: base + position)
        guard text.isPlain else { return }
        var delimiters = text.delimiters
        while delimiters != 0 {
          let end = position &+ delimiters.trailingZeroBitCount
          delimiters &= delimiters &- 1
          let isLast = base[end] == .newline
          let hasReturn = isLast && end > start && base[end - 1] == .carriageReturn
          fields[count] = FieldSpan(start..<(hasReturn ? end - 1 : end), .none)
          count &+= 1
          start = end &+ 1
          guard isLast else { continue }
          guard count == fieldsEnd + fieldCount else { return }
          fieldsEnd = count
          records.append(next)
          next = Record(start: start, line: next.line + 1)
        }
        position += PlainText.size
      }
    }
  }

  /// Scans one record, whatever it holds; false when there is none, or one that is wrong.
  private mutating func scanRecord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ fieldCount: Int?
  ) throws(CSVScanner.SyntaxError) -> Bool {
    let first = fieldsEnd
    var scanner = CSVScanner(bytes, from: next.start, isAtEnd: end == .file)
    var isWhole = false
    while !isWhole, let (field, delimiter) = try scanner.next() {
      makeRoom(for: 1)
      fields[fieldsEnd] = field
      fieldsEnd += 1
      isWhole = delimiter == .endOfRecord
    }
    guard isWhole, accept(fieldsFrom: first, fieldCount: fieldCount) else {
      fieldsEnd = first
      return false
    }
    next = Record(start: scanner.position, line: next.line + scanner.quotedNewlines + 1)
    return true
  }

  private mutating func makeRoom(for more: Int) {
    let missing = fieldsEnd + more - fields.count
    if missing > 0 { fields += repeatElement(.absent, count: max(missing, fields.count)) }
  }

  /// Makes the last fields a record, or says why they are none.
  private mutating func accept(fieldsFrom first: Int, fieldCount: Int?) -> Bool {
    let count = fieldsEnd - first
    let isBlank = count == 1 && fields[first].length == 0 && fields[first].quoting == .none
    if isBlank, fieldCount != 1 {
      hasBlankLine = true
      fieldsEnd = first
      return fieldCount != nil
    }
    if hasBlankLine {
      failure = Failure(
        message: "a row after a blank line; blank lines may only end a file", position: next.start)
      return false
    }
    if let fieldCount, count != fieldCount {
      let last = count > fieldCount ? fields[first + fieldCount].place : fields[fieldsEnd - 1].end
      failure = Failure(
        message: "\(count) \(count == 1 ? "field" : "fields") where the header has \(fieldCount)",
        position: last)
      return false
    }
    records.append(next)
    return true
  }

  /// The first thing that is wrong with the bytes: with the form of a record, a record that never ends, or text that
  /// is not UTF-8; nil when all are records.
  func failure(largestRow: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    var failures = [failure].compactMap(\.self)
    if failure == nil, end == .nowhere {
      failures.append(
        Failure(
          message: "the row that begins here is longer than \(largestRow) bytes; is a quote never closed?",
          position: next.start))
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start...])
    if let wrong = text.firstInvalidUTF8 {
      failures.append(Failure(message: "bytes that are not UTF-8", position: start + wrong))
    }
    return failures.min { $0.position < $1.position }
  }

  /// The place of a failure at or after the beginning of the batch, counted from the block's beginning.
  func place(of failure: Failure, in bytes: UnsafeBufferPointer<UInt8>) -> BlockRows.Failure {
    let position = failure.position
    let record = next.start <= position ? next : records.last { $0.start <= position } ?? next
    let before = UnsafeBufferPointer(rebasing: bytes[min(record.start, position)..<position])
    let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    return BlockRows.Failure(
      line: record.line + before.count { $0 == .newline },
      column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
      message: failure.message)
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
