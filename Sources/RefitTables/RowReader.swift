import Synchronization

/// Turns a block of a file's text into rows, whatever stands before the block.
protocol RowReader: Sendable {
  /// The rows up to the first thing that is not one, which is the failure.
  func rows(of block: TextBlock) -> BlockRows
}

extension RowReader {
  /// Reads the rows of a first block and of all that follow it into a builder, with several threads where there is
  /// more than one block; what comes out is the same whatever their number.
  func readRows(
    _ first: TextBlock, and blocks: TextBlocks, into builder: inout TableBuilder, threads: Int
  ) throws(TableError) {
    guard first.end == .record else { return try builder.append(rows(of: first)) }
    // Moved, not copied: a second owner of the rows so far would have them copied with the first block.
    var taken = TableBuilder(requests: [], sources: [])
    swap(&taken, &builder)
    let gathered = Mutex(GatheredRows(consume taken, next: first.index))
    let waiting = Mutex<TextBlock?>(first)
    Threads.run(threads) {
      while true {
        var next = waiting.withLock { $0.take() }
        if next == nil {
          do throws(TableError) { next = try blocks.next() } catch {
            return gathered.withLock { $0.end(with: error) }
          }
        }
        guard let block = next else { return }
        let rows = rows(of: block)
        let isGood = gathered.withLock { $0.append(rows, at: block.index) }
        if !isGood { blocks.stop() }
      }
    }
    builder = try gathered.withLock { $0 }.finished()
  }
}

/// Puts the rows of blocks in order, whichever is read first.
private struct GatheredRows: Sendable {
  private var builder: TableBuilder
  private var early: [Int: BlockRows] = [:]
  private var next: Int
  private var failure: TableError?
  /// Why there were no more blocks; of no interest when a block before is wrong.
  private var sourceFailure: TableError?

  init(_ builder: consuming TableBuilder, next: Int) {
    self.builder = builder
    self.next = next
  }

  /// Takes the rows of a block; false when there is no use in reading on.
  mutating func append(_ rows: BlockRows, at index: Int) -> Bool {
    early[index] = rows
    while failure == nil, let rows = early.removeValue(forKey: next) {
      next += 1
      do { try builder.append(rows) } catch { failure = error }
    }
    return failure == nil
  }

  mutating func end(with error: TableError) { sourceFailure = error }

  /// The builder with all rows.
  func finished() throws(TableError) -> TableBuilder {
    if let failure = failure ?? sourceFailure { throw failure }
    return builder
  }
}
