/// Finds rows by the bytes of a text column: one side of a hash join.
public struct RowIndex: Sendable {
  /// What to do with rows that have the same text.
  public enum DuplicatePolicy: Sendable {
    /// Refuse the column.
    case refuse
    /// The first of them is found.
    case first
  }

  /// Two rows with the same text, where that is refused.
  public struct DuplicateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text that both rows have.
    public let text: String
    /// The two rows, from 0.
    public let rows: [Int]

    /// One sentence; the rows are counted from 1 in it.
    public var description: String {
      "'\(text)' is in \(rows.count) rows: \(rows.map { String($0 + 1) }.joined(separator: " and "))"
    }
  }

  private let column: TextColumn
  private var hashes: [UInt32]
  /// Rows by slot, -1 where a slot is free; the number of slots is a power of two.
  private var slots: [Int32]

  /// An index of the rows that are not missing; throws for rows with the same text unless `duplicates` allows them.
  public init(_ column: TextColumn, duplicates: DuplicatePolicy = .refuse) throws(DuplicateError) {
    try self.init(column, rows: 0..<column.count, duplicates: duplicates)
  }

  /// The same of some of the rows.
  public init(
    _ column: TextColumn, rows: some Sequence<Int>, duplicates: DuplicatePolicy = .refuse
  ) throws(DuplicateError) {
    precondition(column.count < Int32.max, "an index holds fewer than 2^31 rows")
    self.column = column
    hashes = [UInt32](repeating: 0, count: column.count)
    var size = 16
    while size < column.count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for row in rows where !column.isMissing(row) { try insert(row, duplicates) }
  }

  private mutating func insert(_ row: Int, _ duplicates: DuplicatePolicy) throws(DuplicateError) {
    let (hash, slot) = column.withBytes(at: row) { bytes in
      let hash = ByteHash.hash(bytes)
      return (hash, self.slot(of: bytes, hash: hash))
    }
    hashes[row] = UInt32(truncatingIfNeeded: hash >> 32)
    let present = slots[slot]
    if present < 0 {
      slots[slot] = Int32(row)
    } else if duplicates == .refuse {
      throw DuplicateError(text: column[row], rows: [Int(present), row])
    }
  }

  /// The row whose text is these bytes; nil when there is none.
  public subscript(bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let row = slots[slot(of: bytes, hash: ByteHash.hash(bytes))]
    return row < 0 ? nil : Int(row)
  }

  /// For each row of another column the row with the same text here; -1 where there is none or it is missing.
  public func rows(matching other: TextColumn) -> [Int32] {
    (0..<other.count).map { row in
      other.isMissing(row) ? -1 : other.withBytes(at: row) { Int32(self[$0] ?? -1) }
    }
  }

  /// The slot that holds these bytes, or the free one where they belong.
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let check = UInt32(truncatingIfNeeded: hash >> 32)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      if hashes[row] == check, column.withBytes(at: row, { $0.hasSameBytes(as: bytes) }) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
