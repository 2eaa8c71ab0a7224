import Glibc

/// Tells where records end, without reading them.
enum RecordEnding: Sendable {
  /// At a newline that is not within quotes: before it there is an even number of them.
  case csv
  /// At a newline.
  case line

  /// The length of the longest beginning that consists of whole records; 0 when there is none. In CSV the last of them
  /// is no blank line, so that whoever reads blank lines sees what follows them.
  func wholeRecords(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    switch self {
    case .csv: Self.wholeRows(in: bytes)
    case .line: bytes.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    }
  }

  private static func wholeRows(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var isQuoted = bytes.hasOddQuotes
    var end = 0
    for position in stride(from: bytes.count - 1, through: 0, by: -1) {
      switch bytes[position] {
      case .quote:
        if end > 0 { return end }
        isQuoted.toggle()
      case .newline: if !isQuoted { end = position + 1 }
      case .carriageReturn: continue
      default: if end > 0 { return end }
      }
    }
    return 0
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the number of double quotes is odd.
  fileprivate var hasOddQuotes: Bool {
    guard let baseAddress, memchr(baseAddress, Int32(UInt8.quote), count) != nil else { return false }
    // A byte as wide as those that are read, so that many are counted at once.
    var parity: UInt8 = 0
    for byte in self { parity ^= byte == .quote ? 1 : 0 }
    return parity == 1
  }
}
