import Glibc

/// Consecutive whole records of a file's text.
struct TextBlock: Sendable {
  /// The position of the block among those of its file, from 0.
  let index: Int
  /// The text, and behind it the padding: newlines that are not part of the file.
  let padded: [UInt8]
  /// What ends the block.
  let end: End

  enum End: Sendable {
    /// A record's end; more may follow.
    case record
    /// The end of the file, which also ends a record.
    case file
    /// Nothing: there is one record that does not end within the largest size.
    case nowhere
  }

  /// A scanner may look at this many bytes behind the last one.
  static let padding = 8

  var count: Int { padded.count - Self.padding }

  /// Calls `body` with the text, which the padding follows.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    padded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }
}

/// Tells where records end, without reading them.
enum RecordEnding: Sendable {
  /// At a newline that is not within quotes: before it there is an even number of them.
  case csv
  /// At a newline.
  case line

  /// The length of the longest beginning that consists of whole records, the last of which is not a blank line (so
  /// that whoever reads blank lines sees what follows them); 0 when there is none.
  func wholeRecords(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var isQuoted = self == .csv && bytes.hasOddQuotes
    var end = 0
    for position in stride(from: bytes.count - 1, through: 0, by: -1) {
      switch bytes[position] {
      case .quote where self == .csv:
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
