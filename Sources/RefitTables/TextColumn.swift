/// A column of text: all fields in one stretch of UTF-8 bytes. The empty field is the missing one.
public struct TextColumn: Sendable {
  private let bytes: [UInt8]
  /// Field i is the bytes from offset i up to offset i + 1.
  private let offsets: [Int]

  init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  /// A column of these fields.
  public init(_ fields: [String]) {
    var builder = TextBuilder()
    for field in fields {
      var field = field
      field.withUTF8 { builder.append($0) }
    }
    self = builder.column
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// Whether the field of a row is missing.
  public func isMissing(_ row: Int) -> Bool { offsets[row] == offsets[row + 1] }

  /// The field of a row; empty when it is missing.
  public subscript(row: Int) -> String { withBytes(at: row) { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the UTF-8 bytes of a row's field, which are valid during the call only.
  public func withBytes<Result, Failure: Error>(
    at row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = offsets[row]..<offsets[row + 1]
    return try bytes.withUnsafeBufferPointer { all throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: all[range]))
    }
  }
}

/// Two columns are equal when they have the same bytes in each row.
extension TextColumn: Equatable {}

/// Gathers the fields of a text column.
struct TextBuilder {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]

  var column: TextColumn { TextColumn(bytes: bytes, offsets: offsets) }

  mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: field)
    offsets.append(bytes.count)
  }

  mutating func append(_ fields: FieldColumn) {
    offsets.reserveCapacity(offsets.count + fields.count)
    for row in 0..<fields.count { append(fields[row]) }
  }

  /// Takes the fields that another builder has gathered.
  mutating func append(_ following: TextBuilder) {
    let first = bytes.count
    bytes += following.bytes
    offsets += following.offsets.dropFirst().lazy.map { $0 + first }
  }
}
