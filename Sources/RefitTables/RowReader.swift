import Synchronization

/// Turns a block of a file's text into rows, whatever stands before the block.
protocol RowReader: Sendable {
  /// What is read from the rows.
  var plan: ColumnPlan { get set }
  /// The rows up to the first thing that is not one, which is the failure.
  func rows(of block: TextBlock) -> BlockRows
}

extension RowReader {
  /// Reads the rows of a first block and of all that follow it into a builder, with several threads where there is
  /// more than one block; what comes out is the same whatever their number.
  func readRows(
    _ first: TextBlock, and blocks: TextBlocks, into builder: inout TableBuilder, threads: Int
  ) throws(TableError) {
    let rows = rows(of: first)
    try builder.append(rows)
    if first.end == .record {
      if let size = blocks.expectedByteCount {
        // A little more than the first block promises.
        builder.reserve(Int(Double(rows.rowCount) * Double(size) / Double(first.count) * 1.02))
      }
      try readRows(of: blocks, behind: first, into: &builder, threads: threads)
    }
    builder.endText(byteCount: blocks.byteCount)
  }

  private func readRows(
    of blocks: TextBlocks, behind first: TextBlock, into builder: inout TableBuilder, threads: Int
  ) throws(TableError) {
    // Moved, not copied: a second owner of the rows so far would have them copied with the next block.
    var taken = TableBuilder(requests: [], sources: [])
    swap(&taken, &builder)
    let gathered = Mutex(GatheredRows(consume taken, plan, next: first.index + 1))
    Threads.run(threads) {
      var reader = self
      while true {
        let next: TextBlock?
        do throws(TableError) { next = try blocks.next() } catch {
          return gathered.withLock { $0.end(with: error) }
        }
        guard let block = next else { return }
        reader.plan = gathered.withLock { $0.plan }
        let rows = reader.rows(of: block)
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
  /// What is still to be read from the rows.
  private(set) var plan: ColumnPlan
  private var early: [Int: BlockRows] = [:]
  private var next: Int
  private var failure: TableError?
  /// Why there were no more blocks; of no interest when a block before is wrong.
  private var sourceFailure: TableError?

  init(_ builder: consuming TableBuilder, _ plan: ColumnPlan, next: Int) {
    self.plan = builder.narrowed(plan)
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
    plan = builder.narrowed(plan)
    return failure == nil
  }

  mutating func end(with error: TableError) { sourceFailure = error }

  /// The builder with all rows.
  func finished() throws(TableError) -> TableBuilder {
    if let failure = failure ?? sourceFailure { throw failure }
    return builder
  }
}
