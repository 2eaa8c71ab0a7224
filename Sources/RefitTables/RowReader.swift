import Synchronization

/// Turns a block of a file's text into rows, whatever stands before the block.
protocol RowReader: Sendable {
  /// What is read from the rows.
  var plan: ColumnPlan { get set }
  /// The rows up to the first thing that is not one, which is the failure.
  mutating func rows(of block: TextBlock) -> BlockRows
}

extension RowReader {
  /// Reads the rows of a first block and of all that follow it into a builder, with several threads where there is
  /// more than one block; what comes out is the same whatever their number.
  func readRows(
    _ first: TextBlock, and blocks: TextBlocks, into builder: inout TableBuilder, threads: Int
  ) throws(TableError) {
    var reader = self
    let rows = reader.rows(of: first)
    try builder.append(rows)
    if first.end == .record {
      if let size = blocks.expectedByteCount {
        // A little more than the first block promises, but never what a file with a hole might seem to need.
        let rowCount = Double(rows.rowCount) * Double(size) / Double(first.count) * 1.02
        builder.reserve(Int(min(rowCount, 0x1p24)))
      }
      try readRows(of: blocks, behind: first, into: &builder, threads: threads)
    }
    builder.endText(byteCount: blocks.byteCount, of: blocks.identity)
  }

  private func readRows(
    of blocks: TextBlocks, behind first: TextBlock, into builder: inout TableBuilder, threads: Int
  ) throws(TableError) {
    // Moved, not copied: a second owner of the rows so far would have them copied with the next block.
    var taken = TableBuilder(requests: [])
    swap(&taken, &builder)
    let rows = RowsOfBlocks(consume taken, plan, next: first.index + 1)
    Threads.run(threads) {
      var reader = self
      var block = TextBlock()
      while true {
        do throws(TableError) {
          guard try blocks.next(&block) else { return }
        } catch {
          return rows.end(with: error)
        }
        reader.plan = rows.plan
        if !rows.append(reader.rows(of: block), at: block.index) { blocks.stop() }
      }
    }
    builder = try rows.finished()
  }
}

/// The rows of blocks that several threads read, put together without one waiting for another.
private final class RowsOfBlocks: Sendable {
  private struct Read {
    /// Rows that are not yet put together, by the block's index.
    var waiting: [Int: BlockRows] = [:]
    /// What is still to be read from the rows.
    var plan: ColumnPlan
    var isGood = true
    /// Why there were no more blocks; of no interest when a block before is wrong.
    var sourceFailure: TableError?
  }

  private let read: Mutex<Read>
  private let ordered: Mutex<OrderedRows>

  init(_ builder: consuming TableBuilder, _ plan: ColumnPlan, next: Int) {
    read = Mutex(Read(plan: builder.narrowed(plan)))
    ordered = Mutex(OrderedRows(builder, next: next))
  }

  var plan: ColumnPlan { read.withLock { $0.plan } }

  /// Takes the rows of a block; false when there is no use in reading on.
  func append(_ rows: BlockRows, at index: Int) -> Bool {
    read.withLock { $0.waiting[index] = rows }
    // Whoever is at it takes these rows as well, or the next one does, or the end.
    _ = ordered.withLockIfAvailable { order(&$0) }
    return read.withLock(\.isGood)
  }

  /// Puts together what is there of the next blocks.
  private func order(_ ordered: inout OrderedRows) {
    while ordered.failure == nil,
      let rows = read.withLock({ $0.waiting.removeValue(forKey: ordered.next) })
    {
      ordered.append(rows)
      read.withLock { read in
        read.isGood = ordered.failure == nil
        read.plan = ordered.narrowed(read.plan)
      }
    }
  }

  func end(with error: TableError) { read.withLock { $0.sourceFailure = error } }

  /// The builder with all rows, when no thread reads any more.
  func finished() throws(TableError) -> TableBuilder {
    let sourceFailure = read.withLock(\.sourceFailure)
    let ordered = ordered.withLock { ordered in
      order(&ordered)
      // Moved, not copied.
      var taken = OrderedRows(TableBuilder(requests: []), next: 0)
      swap(&taken, &ordered)
      return taken
    }
    if let failure = ordered.failure ?? sourceFailure { throw failure }
    return ordered.builder
  }
}

/// The rows of a file's blocks in their order, up to the first thing that is wrong.
private struct OrderedRows: Sendable {
  private(set) var builder: TableBuilder
  private(set) var next: Int
  private(set) var failure: TableError?

  init(_ builder: consuming TableBuilder, next: Int) {
    self.builder = builder
    self.next = next
  }

  /// Takes the rows of the next block.
  mutating func append(_ rows: BlockRows) {
    next += 1
    do { try builder.append(rows) } catch { failure = error }
  }

  func narrowed(_ plan: ColumnPlan) -> ColumnPlan { builder.narrowed(plan) }
}
