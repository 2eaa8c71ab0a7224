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

  /// All fields, record by record.
  private(set) var fields: [FieldSpan]
  private(set) var records: [Record] = []
  /// Where the bytes begin that belong to no record of the batch, and their line.
  private(set) var next: Record

  private let start: Record
  private let end: TextBlock.End
  private var failure: Failure?
  private var blankLine: Int?
  /// The records and blank lines so far.
  private var linesEnded = 0

  /// Scans the records from `start` on, all of which must have `fieldCount` fields; nil for a header, which is one
  /// record of any number. Blank lines are records only where there is one field. What `memory` holds is forgotten.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Record, end: TextBlock.End, fieldCount: Int?,
    memory: consuming [FieldSpan] = []
  ) {
    fields = memory
    fields.removeAll(keepingCapacity: true)
    next = start
    self.start = start
    self.end = end
    // About what numbers take.
    fields.reserveCapacity(fieldCount == nil ? 32 : bytes.count / 5)
    var scanner = CSVScanner(bytes, from: start.start, isAtEnd: end == .file)
    do throws(CSVScanner.SyntaxError) {
      while next.start < bytes.count, fieldCount != nil || records.isEmpty {
        let first = fields.count
        guard try scanRecord(&scanner) else {
          fields.removeLast(fields.count - first)
          return
        }
        guard accept(fieldsFrom: first, fieldCount: fieldCount) else { return }
        next.start = scanner.position
        next.line = start.line + scanner.quotedNewlines + linesEnded
      }
    } catch {
      failure = Failure(message: error.message, position: error.position)
    }
  }

  /// Scans the fields of one record; false when it is incomplete.
  @inline(__always)
  private mutating func scanRecord(_ scanner: inout CSVScanner) throws(CSVScanner.SyntaxError) -> Bool {
    while let (field, delimiter) = try scanner.next() {
      fields.append(field)
      if delimiter == .endOfRecord { return true }
    }
    return false
  }

  /// Makes the last fields a record, or says why they are none.
  @inline(__always)
  private mutating func accept(fieldsFrom first: Int, fieldCount: Int?) -> Bool {
    linesEnded += 1
    let count = fields.count - first
    let isBlank = count == 1 && fields[first].start == fields[first].end && fields[first].quoting == .none
    if isBlank, fieldCount != 1 {
      blankLine = blankLine ?? next.line
      fields.removeLast()
      return fieldCount != nil
    }
    if blankLine != nil {
      failure = Failure(
        message: "a row after a blank line; blank lines may only end a file", position: next.start)
      return false
    }
    if let fieldCount, count != fieldCount {
      let last = count > fieldCount ? fields[first + fieldCount].place : Int(fields[fields.count - 1].end)
      fields.removeLast(count)
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
    let text = UnsafeBufferPointer(rebasing: bytes[start.start...])
    if let wrong = text.firstInvalidUTF8 {
      failures.append(Failure(message: "bytes that are not UTF-8", position: start.start + wrong))
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
