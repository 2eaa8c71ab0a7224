import RefitTesting
import Testing

@testable import RefitStatistics

/// What is drawn of a kind has the cumulants of its rows, each drawn alone.
@Suite struct RowKindsTests {
  @Test func `rows that weigh the same are counted`() {
    let kinds = RowKinds(rows: 7, weights: nil) { [4, 2, 4, 4, 9, 2, 4][$0] }
    #expect(kinds.cells == [4, 2, 9] && kinds.means == [4, 2, 1])
    #expect(kinds.units == [1, 1, 1] && kinds.weights == [4, 2, 1])
  }

  @Test func `few rows with weights are drawn alone, and those of none not at all`() {
    let kinds = RowKinds(rows: 4, weights: [0.3, 0, 5, 0.3]) { _ in 1 }
    #expect(kinds.cells == [1, 1, 1] && kinds.means == [1, 1, 1] && kinds.units == [0.3, 5, 0.3])
  }

  @Test(arguments: [1e-250, 1, 1e300])
  func `the drawn weight of a cell has the mean and the variance of its rows`(unit: Double) {
    var random = SeededGenerator(seed: 222)
    let rows = 5_000
    let cells = (0..<rows).map { _ in Int.random(in: 0..<3, using: &random) }
    let weights = cells.map { _ in unit * (random.chance(0.1) ? 40 * random.unit() : random.unit()) }
    let kinds = RowKinds(rows: rows, weights: weights, mostRowsDrawnAlone: 0) { cells[$0] }
    #expect(kinds.cells.count < 80 && kinds.means.allSatisfy { $0 >= 1 })
    let scale = kinds.weights.reduce(0, +) / (weights.reduce(0) { $0 + $1 / unit })
    for cell in 0..<3 {
      let own = weights.indices.filter { cells[$0] == cell }.map { weights[$0] / unit * scale }
      let drawn = kinds.cells.indices.filter { kinds.cells[$0] == cell }
      func cumulant(_ power: Int) -> (kinds: Double, rows: Double) {
        func raised(_ value: Double) -> Double { (1..<power).reduce(value) { product, _ in product * value } }
        return (
          drawn.reduce(0) { $0 + kinds.means[$1] * raised(kinds.units[$1]) },
          own.reduce(0) { $0 + raised($1) }
        )
      }
      #expect(agree(cumulant(1).kinds, cumulant(1).rows) && agree(cumulant(2).kinds, cumulant(2).rows))
      let third = cumulant(3).kinds / cumulant(3).rows
      #expect(third <= 1 + 1e-9 && third > 0.88, "\(third)")
    }
  }
}
