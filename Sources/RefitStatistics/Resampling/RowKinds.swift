/// Rows that are alike, put together so that each kind is drawn as a whole: n rows of one weight are drawn as often as a
/// Poisson variable of mean n, which is what they are drawn each on its own.
///
/// Rows of a kind with other weights, which are within a factor of 2, are drawn as W²/Q rows of weight Q/W (Kish's
/// effective size), where W sums their weights and Q the squares of these. So what is drawn of a kind has the mean W and
/// the variance Q, as it has by rows, and at least 89 % of the third cumulant.
struct RowKinds: Sendable {
  /// What the rows of each kind have in common, as it was given.
  private(set) var cells: [Int] = []
  /// The weight of each kind's rows together.
  private(set) var weights: [Double] = []
  /// How many rows each kind is worth.
  private(set) var means: [Double] = []
  /// What one of these weighs.
  private(set) var units: [Double] = []

  /// Of more rows with weights, those that are alike are drawn together.
  static let mostRowsDrawnAlone = 20_000

  private struct Key: Hashable {
    let cell: Int
    let octave: Int
  }

  /// What is known of the rows of a kind.
  private struct Sums {
    var count = 0.0
    var weight = 0.0
    var squares = 0.0
    var least = Double.infinity
    var most = 0.0

    mutating func add(_ weight: Double) {
      count += 1
      self.weight += weight
      squares += weight * weight
      least = min(least, weight)
      most = max(most, weight)
    }
  }

  /// Kinds in the order of their first rows. The weights must be usable; rows of weight 0 are in no kind.
  init(
    rows: Int, weights: [Double]?, mostRowsDrawnAlone: Int = RowKinds.mostRowsDrawnAlone,
    _ cell: (_ row: Int) -> Int
  ) {
    let areAlone = weights != nil && rows <= mostRowsDrawnAlone
    let scale = Self.scale(of: weights)
    var places: [Key: Int] = [:]
    var sums: [Sums] = []
    var octaves: [Double] = []
    for row in 0..<rows {
      let weight = weights.map { $0[row] * scale } ?? 1
      guard weight > 0 else { continue }
      let key = Key(cell: cell(row), octave: areAlone ? row : Int(weight.exponent))
      let place = places[key] ?? sums.count
      if place == sums.count {
        places[key] = place
        sums.append(Sums())
        octaves.append(weight.binade)
        cells.append(key.cell)
      }
      // In units of the octave, so that no square overflows or vanishes.
      sums[place].add(weight / octaves[place])
    }
    for (sum, octave) in zip(sums, octaves) {
      self.weights.append(sum.weight * octave)
      means.append(sum.least == sum.most ? sum.count : sum.weight / sum.squares * sum.weight)
      units.append((sum.least == sum.most ? sum.least : sum.squares / sum.weight) * octave)
    }
  }

  /// A power of two that brings weights near 1 that are so large or small that products of their sums are none.
  private static func scale(of weights: [Double]?) -> Double {
    guard let most = weights?.max(), most > 0, most < 0x1p-200 || most > 0x1p200 else { return 1 }
    return min(0x1p1000, 1 / most.binade)
  }
}
