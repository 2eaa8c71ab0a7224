import Glibc

/// Consecutive whole records of a file's text. Its memory is used again by the next block that is put in its place.
struct TextBlock: Sendable {
  /// The position of the block among those of its file, from 0.
  private(set) var index = 0
  /// What ends the block.
  private(set) var end = End.file
  /// How long the text is.
  private(set) var count = 0
  /// The text, behind it the padding, which is newlines that are not part of the file, and behind that anything.
  private var memory: [UInt8] = []

  enum End: Sendable {
    /// A record's end; more may follow.
    case record
    /// The end of the file, which also ends a record.
    case file
    /// Nothing: there is one record that does not end within the largest size.
    case nowhere
  }

  /// A scanner may look at this many bytes behind the last one.
  static let padding = 16

  /// Calls `body` with the text, which the padding follows.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    memory.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// Forgets the text for another's beginning.
  mutating func begin(with text: [UInt8]) {
    count = 0
    withRoom(for: text.count) { $0.update(fromContentsOf: text) }
  }

  /// Makes room behind the text and lets `fill` put something there; it gives how many bytes those are.
  mutating func withRoom(for more: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
    grow(to: count + more + Self.padding)
    count += memory.withUnsafeMutableBufferPointer {
      fill(UnsafeMutableBufferPointer(rebasing: $0[count..<count + more]))
    }
  }

  private mutating func grow(to size: Int) {
    guard size > memory.count else { return }
    memory = [UInt8](unsafeUninitializedCapacity: size) { larger, size in
      size = larger.count
      let rest = larger[larger.update(fromContentsOf: memory)...]
      if let start = UnsafeMutableBufferPointer(rebasing: rest).baseAddress { memset(start, 0, rest.count) }
    }
  }

  /// Ends the block behind some of its text; what follows becomes the rest.
  mutating func finish(_ count: Int, _ end: End, index: Int, rest: inout [UInt8]) {
    rest.removeAll(keepingCapacity: true)
    rest += memory[count..<self.count]
    for position in count..<count + Self.padding { memory[position] = .newline }
    self.count = count
    self.end = end
    self.index = index
  }
}
