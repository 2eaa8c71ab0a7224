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
    // A small file needs no more than itself and the place behind it.
    self.blockSize = min(blockSize, max(expectedByteCount ?? blockSize, 1 << 12) + 1)
    self.largestRecord = largestRecord
    state = Mutex(State(source: source, allowance: byteLimit ?? .max))
  }

  /// How many bytes were read so far.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// Puts the next block in the place of one that is no longer needed; false after the last one. A file has at least
  /// one, which may be empty.
  func next(_ block: inout TextBlock) throws(TableError) -> Bool {
    let isThere = state.withLock { state in
      Result { () throws(TableError) in try take(&block, from: &state) }
    }
    return try isThere.get()
  }

  /// Lets there be no next block.
  func stop() {
    state.withLock { $0.isAtEnd = true }
  }

  private func take(_ block: inout TextBlock, from state: inout State) throws(TableError) -> Bool {
    if let failure = state.failure { throw failure }
    guard !state.isAtEnd else { return false }
    block.begin(with: state.rest)
    while true {
      read(into: &block, &state)
      let whole = state.isAtEnd ? block.count : block.withBytes(ending.wholeRecords)
      if whole == 0, let failure = state.failure { throw failure }
      if whole > 0 || state.isAtEnd {
        finish(&block, whole, state.isAtEnd ? .file : .record, &state)
        return true
      }
      if block.count > largestRecord {
        state.isAtEnd = true
        finish(&block, block.count, .nowhere, &state)
        return true
      }
    }
  }

  private func finish(_ block: inout TextBlock, _ count: Int, _ end: TextBlock.End, _ state: inout State) {
    block.finish(count, end, index: state.index, rest: &state.rest)
    state.index += 1
  }

  /// Reads on by a block's size, or by as much as there is already.
  private func read(into block: inout TextBlock, _ state: inout State) {
    let wanted = max(blockSize - block.count, block.count, 1)
    block.withRoom(for: wanted) { buffer in
      var count = 0
      while count < wanted, !state.isAtEnd, state.failure == nil {
        do throws(TableError) {
          let allowed = min(wanted - count, state.allowance)
          let received =
            allowed == 0
            ? 0
            : try state.source.read(
              into: UnsafeMutableBufferPointer(rebasing: buffer[count..<count + allowed]))
          if received == 0 { state.isAtEnd = true }
          count += received
          state.allowance -= received
          state.byteCount += received
        } catch {
          state.failure = error
        }
      }
      return count
    }
  }
}
