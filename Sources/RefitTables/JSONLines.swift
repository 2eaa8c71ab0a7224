/// The lines of a block of JSON lines.
struct JSONLines {
  let block: TextBlock
  let largestRow: Int
  /// How many lines were read; where one is wrong, those before it.
  private(set) var count = 0

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ block: TextBlock, largestRow: Int) {
    self.block = block
    self.largestRow = largestRow
  }

  /// Calls `object` for each line that is not blank, which has to read it to its end, with the number of the line in
  /// the block, from 1; gives the first thing that is wrong.
  @inline(__always)
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ object: (inout JSONScanner, Int) throws(JSONScanner.SyntaxError) -> Void
  ) -> JSONScanner.SyntaxError? {
    let hasMark = block.index == 0 && bytes.starts(with: Self.byteOrderMark)
    var scanner = JSONScanner(bytes, from: hasMark ? Self.byteOrderMark.count : 0)
    do throws(JSONScanner.SyntaxError) {
      if block.end == .nowhere {
        throw .init(
          message: "the row that begins here is longer than \(largestRow) bytes", position: scanner.position)
      }
      while scanner.position < bytes.count {
        if !scanner.isAtLineEnd() { try object(&scanner, count + 1) }
        scanner.skipNewline()
        count += 1
      }
      return nil
    } catch {
      return error
    }
  }

  /// The first of some failures and of bytes that are not UTF-8, with its place counted from the block's beginning.
  static func first(
    _ failures: [JSONScanner.SyntaxError?], in bytes: UnsafeBufferPointer<UInt8>
  ) -> BlockRows.Failure? {
    let encoding = bytes.firstInvalidUTF8
      .map { JSONScanner.SyntaxError(message: "bytes that are not UTF-8", position: $0) }
    return (failures + [encoding]).compactMap(\.self).min { $0.position < $1.position }.map { failure in
      let before = UnsafeBufferPointer(rebasing: bytes[..<failure.position])
      let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
      return BlockRows.Failure(
        line: 1 + before.count { $0 == .newline },
        column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
        message: failure.message)
    }
  }
}
