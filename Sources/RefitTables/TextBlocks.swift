import Synchronization

/// A file's text block by block, so that memory stays small and a file that shrinks meanwhile is an ordinary end of
/// file (with a memory map it would be a signal). Several threads may take blocks.
final class TextBlocks: Sendable {
  private struct State {
    let source: any ByteSource
    /// How many bytes may still be read.
    var allowance: Int
    /// How many were read.
    var byteCount = 0
    /// What was read behind the last block.
    var rest: [UInt8] = []
    var index = 0
    var isAtEnd = false
    /// Why there is no reading on; thrown after the records before.
    var failure: TableError?
  }

  private let ending: RecordEnding
  private let blockSize: Int
  private let largestRecord: Int
  private let state: Mutex<State>

  /// The size that is read fastest: a block's text and fields stay in the processor's cache.
  static let blockSize = 1 << 18

  /// How many bytes the source is expected to give in all; nil where it does not know.
  let expectedByteCount: Int?
  /// Which file the source reads; nil where it does not know.
  let identity: FileIdentity?

  /// The blocks of what a source gives, each about `blockSize` bytes long; what follows the first `byteLimit` bytes
  /// is left out.
  init(
    _ source: sending any ByteSource, ending: RecordEnding, blockSize: Int, largestRecord: Int,
    byteLimit: Int? = nil
  ) {
    expectedByteCount = source.expectedByteCount
    identity = source.identity
    self.ending = ending
    self.blockSize = blockSize
    self.largestRecord = largestRecord
    state = Mutex(State(source: source, allowance: byteLimit ?? .max))
  }

  /// How many bytes were read so far.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// The next block; nil after the last one. A file has at least one, which may be empty.
  func next() throws(TableError) -> TextBlock? {
    let next = state.withLock { state in
      Result { () throws(TableError) in try take(from: &state) }
    }
    return try next.get()
  }

  /// Lets there be no next block.
  func stop() {
    state.withLock { $0.isAtEnd = true }
  }

  private func take(from state: inout State) throws(TableError) -> TextBlock? {
    if let failure = state.failure { throw failure }
    guard !state.isAtEnd else { return nil }
    var text = state.rest
    while true {
      read(into: &text, &state)
      let whole = state.isAtEnd ? text.count : text.withUnsafeBufferPointer(ending.wholeRecords)
      if whole == 0, let failure = state.failure { throw failure }
      if whole > 0 || state.isAtEnd {
        state.rest = Array(text[whole...])
        return block(text, whole, state.isAtEnd ? .file : .record, &state)
      }
      if text.count > largestRecord {
        state.isAtEnd = true
        return block(text, text.count, .nowhere, &state)
      }
    }
  }

  private func block(
    _ text: consuming [UInt8], _ count: Int, _ end: TextBlock.End, _ state: inout State
  ) -> TextBlock {
    text.removeLast(text.count - count)
    text.append(contentsOf: repeatElement(.newline, count: TextBlock.padding))
    defer { state.index += 1 }
    return TextBlock(index: state.index, padded: text, end: end)
  }

  /// Reads on by a block's size, or by as much as there is already.
  private func read(into text: inout [UInt8], _ state: inout State) {
    let known = text.count
    let capacity = known + max(blockSize - known, known, 1)
    text = [UInt8](unsafeUninitializedCapacity: capacity + TextBlock.padding) { buffer, count in
      count = buffer.update(fromContentsOf: text)
      while count < capacity, !state.isAtEnd, state.failure == nil {
        do throws(TableError) {
          let wanted = min(capacity - count, state.allowance)
          let received =
            wanted == 0
            ? 0
            : try state.source.read(
              into: UnsafeMutableBufferPointer(rebasing: buffer[count..<count + wanted]))
          if received == 0 { state.isAtEnd = true }
          count += received
          state.allowance -= received
          state.byteCount += received
        } catch {
          state.failure = error
        }
      }
    }
  }
}
