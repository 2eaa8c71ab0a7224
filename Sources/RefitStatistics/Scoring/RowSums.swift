/// Columns whose sums over rows are all that some statistics need, so that they are resampled together.
struct RowSums: Sendable {
  private let columns: [[Double]]
  let rows: Int

  /// Traps when the columns differ in length.
  init(_ columns: [[Double]]) {
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "one value a row")
    self.columns = columns
    rows = columns.first?.count ?? 0
  }

  /// The sum of each column where row i occurs `multiplicities[i]` times, by eight partial sums, always the same ones.
  func sums(_ multiplicities: UnsafeBufferPointer<UInt8>) -> [Double] {
    columns.map { column in
      column.withUnsafeBufferPointer { column in
        var partial = SIMD8<Double>(repeating: 0)
        let blocks = column.count / 8
        for block in 0..<blocks {
          var terms = SIMD8<Double>()
          for lane in 0..<8 {
            let row = 8 &* block &+ lane
            terms[lane] = Double(multiplicities[row]) * column[row]
          }
          partial += terms
        }
        var sum = 0.0
        for lane in 0..<8 { sum += partial[lane] }
        for row in 8 * blocks..<column.count { sum += Double(multiplicities[row]) * column[row] }
        return sum
      }
    }
  }

  /// The sum of each column.
  var whole: [Double] { [UInt8](repeating: 1, count: rows).withUnsafeBufferPointer(sums) }

  /// All of them less those of one row.
  func sums(_ whole: [Double], without row: Int) -> [Double] {
    columns.indices.map { whole[$0] - columns[$0][row] }
  }
}
