/// Where one field lies among the bytes at hand.
struct FieldSpan {
  enum Quoting: UInt8 {
    case none, plain, doubled
  }

  /// The content from here…
  var start: UInt32
  /// …up to here, without the quotes around it.
  var end: UInt32
  /// `none`, in quotes, or in quotes with doubled quotes inside.
  var quoting: Quoting

  init(_ range: Range<Int>, _ quoting: Quoting) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
    self.quoting = quoting
  }

  /// The position at which the field begins in the file, its quote included.
  var place: Int { Int(start) - (quoting == .none ? 0 : 1) }
}

/// The fields of one column in consecutive records.
struct FieldColumn {
  let bytes: UnsafeBufferPointer<UInt8>
  let fields: UnsafeBufferPointer<FieldSpan>
  let first: Int
  /// The distance between the fields of one record and the next; 0 where all rows have the same field.
  let stride: Int
  /// The number of records.
  let count: Int
  let unescaped: UnescapeBuffer

  func span(ofRow row: Int) -> FieldSpan { fields[first + row * stride] }

  /// The content of a row's field; valid until the next call.
  subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    @inline(__always) get {
      let span = span(ofRow: row)
      let content = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.end)])
      return span.quoting == .doubled ? unescaped.unescape(content) : content
    }
  }
}

extension FieldColumn {
  /// The number that a row's field writes; nil when it writes none.
  @inline(__always)
  func number(_ field: UnsafeBufferPointer<UInt8>, ofRow row: Int) -> Double? {
    DecimalNumber.parse(field)
  }
}

/// Holds one field with its doubled quotes made single.
final class UnescapeBuffer {
  private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)

  deinit { buffer.deallocate() }

  /// The field without the doubling; valid until the next call.
  func unescape(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    if field.count > buffer.count {
      buffer.deallocate()
      buffer = .allocate(capacity: field.count * 2)
    }
    var count = 0
    var position = 0
    while position < field.count {
      buffer[count] = field[position]
      count += 1
      position += field[position] == .quote ? 2 : 1
    }
    return UnsafeBufferPointer(rebasing: buffer[..<count])
  }
}
