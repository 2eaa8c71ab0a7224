/// A table's bytes block by block, so that memory stays small and a file that shrinks meanwhile is an ordinary end
/// of file (with a memory map it would be a signal).
struct FileBlocks: ~Copyable {
  /// Whether the last byte is in `bytes`.
  private(set) var isAtEnd = false
  private let source: any ByteSource
  /// Always larger than what is in it by the padding.
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// A scanner may look at this many bytes behind the last one.
  static let padding = 8

  init(_ source: any ByteSource, blockSize: Int) {
    self.source = source
    buffer = .allocate(capacity: blockSize + Self.padding)
  }

  deinit { buffer.deallocate() }

  /// The bytes at hand; behind the last one there are newlines, which are not part of the file.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: buffer[..<count]) }

  /// Drops the first `consumed` bytes and reads on; throws when that fails.
  mutating func advance(past consumed: Int) throws(TableError) {
    count -= consumed
    if consumed > 0, count > 0, let base = buffer.baseAddress {
      base.update(from: base + consumed, count: count)
    }
    if count == capacity { grow() }
    while count < capacity, !isAtEnd {
      let received = try source.read(into: UnsafeMutableBufferPointer(rebasing: buffer[count..<capacity]))
      if received == 0 { isAtEnd = true }
      count += received
    }
    buffer[count..<count + Self.padding].update(repeating: .newline)
  }

  private var capacity: Int { buffer.count - Self.padding }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity * 2 + Self.padding)
    _ = larger.update(fromContentsOf: buffer[..<count])
    buffer.deallocate()
    buffer = larger
  }
}
