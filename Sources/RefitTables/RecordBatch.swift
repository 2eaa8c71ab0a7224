/// Consecutive complete records among the bytes at hand.
struct RecordBatch {
  struct Record {
    /// Where the record begins among the bytes.
    var start: Int
    /// The line on which it begins, from 1.
    var line: Int
  }

  /// What ended the batch.
  enum End {
    /// Nothing more among these bytes but, perhaps, a part of a record.
    case bytes
    /// Something that is not a record of this file.
    case failure(message: String, position: Int)
  }

  /// All fields, record by record.
  private(set) var fields: [FieldSpan] = []
  private(set) var records: [Record] = []
  private(set) var end = End.bytes
  /// Where the bytes begin that belong to no record of the batch, and their line.
  private(set) var next: Record

  /// Scans the records from `start` on, all of which must have `fieldCount` fields; nil for a header, which is one
  /// record of any number. Blank lines are records only where there is one field.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Record, isAtEnd: Bool, fieldCount: Int?,
    blankLine: inout Int?
  ) {
    next = start
    var scanner = CSVScanner(bytes, from: start.start, isAtEnd: isAtEnd)
    do throws(CSVScanner.SyntaxError) {
      while next.start < bytes.count, fieldCount != nil || records.isEmpty {
        let first = fields.count
        guard try scanRecord(&scanner) else {
          fields.removeLast(fields.count - first)
          return
        }
        guard accept(fieldsFrom: first, fieldCount: fieldCount, blankLine: &blankLine) else { return }
        next.start = scanner.position
        next.line = start.line + scanner.quotedNewlines + linesEnded
      }
    } catch {
      end = .failure(message: error.message, position: error.position)
    }
  }

  /// The records and blank lines so far.
  private var linesEnded = 0

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
  private mutating func accept(fieldsFrom first: Int, fieldCount: Int?, blankLine: inout Int?) -> Bool {
    linesEnded += 1
    let count = fields.count - first
    let isBlank = count == 1 && fields[first].start == fields[first].end && fields[first].quoting == .none
    if isBlank, fieldCount != 1 {
      blankLine = blankLine ?? next.line
      fields.removeLast()
      return true
    }
    if blankLine != nil {
      end = .failure(
        message: "a row after a blank line; blank lines may only end a file", position: next.start)
      return false
    }
    if let fieldCount, count != fieldCount {
      let last = count > fieldCount ? fields[first + fieldCount].place : Int(fields[fields.count - 1].end)
      fields.removeLast(count)
      end = .failure(
        message: "\(count) \(count == 1 ? "field" : "fields") where the header has \(fieldCount)",
        position: last)
      return false
    }
    records.append(next)
    return true
  }

  /// The place of a position at or after the beginning of the batch, for an error.
  func error(
    _ message: String, in bytes: UnsafeBufferPointer<UInt8>, at position: Int, file: String
  ) -> TableError {
    let record = next.start <= position ? next : records.last { $0.start <= position } ?? next
    let before = UnsafeBufferPointer(rebasing: bytes[min(record.start, position)..<position])
    let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    return TableError(
      file: file,
      line: record.line + before.count { $0 == .newline },
      column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
      message: message)
  }
}
