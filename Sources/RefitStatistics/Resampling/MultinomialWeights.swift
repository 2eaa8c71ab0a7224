/// Bootstrap weights as Efron defined them: as many rows as there are, drawn with replacement, within each stratum.
///
/// A resample depends on seed, resample and strata alone; unlike Poisson weights it is drawn as a whole.
public struct MultinomialWeights: Sendable {
  private let generator: Philox
  private let count: Int
  /// The rows of each stratum in ascending order, stratum after stratum.
  private let rows: [UInt32]
  /// Where each stratum begins in `rows`, and at the end where the last one ends.
  private let bounds: [Int]

  /// One stratum: all rows.
  public init(rows count: Int, seed: UInt64) {
    self.init(strata: [Int](repeating: 0, count: count), seed: seed)
  }

  /// The stratum of each row, numbered from 0 without gaps that matter; traps on a negative one.
  public init(strata: [Int], seed: UInt64) {
    generator = Philox(seed: seed)
    count = strata.count
    var sizes = [Int](repeating: 0, count: (strata.max() ?? -1) + 1)
    for stratum in strata { sizes[stratum] += 1 }
    var bounds = [0]
    for size in sizes { bounds.append(bounds[bounds.count - 1] + size) }
    var place = bounds
    var rows = [UInt32](repeating: 0, count: strata.count)
    for row in strata.indices {
      rows[place[strata[row]]] = UInt32(row)
      place[strata[row]] += 1
    }
    self.rows = rows
    self.bounds = bounds
  }

  /// Writes how often each row is drawn in a resample; traps unless there is room for one weight a row.
  ///
  /// A weight above 255 has a probability below 1e-500 where there are so many rows, and traps.
  public func fill(_ weights: UnsafeMutableBufferPointer<UInt8>, resample: Int) {
    precondition(weights.count == count, "one weight a row")
    weights.update(repeating: 0)
    for stratum in 0..<bounds.count - 1 {
      let (start, end) = (bounds[stratum], bounds[stratum + 1])
      let size = UInt64(end - start)
      for draw in start..<end {
        let bits = generator.bits(.multinomialWeights, resample: resample, index: draw / 2)
        let word = draw % 2 == 0 ? bits.0 : bits.1
        weights[Int(rows[start + Int(word.multipliedFullWidth(by: size).high)])] += 1
      }
    }
  }
}
