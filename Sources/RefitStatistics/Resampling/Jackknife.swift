/// The values of a statistic with one row, or one block of rows, left out at a time.
public enum Jackknife {
  /// The acceleration of BCa bounds: Σ U³ / (6 (Σ U²)^1.5), where U is how far a value lies below their mean
  /// (Efron 1987; `scipy.stats.bootstrap`). `counts` says how many rows have the same value; 0 where all are equal.
  public static func acceleration(_ values: [Double], counts: [Int]? = nil) -> Double {
    acceleration(values, worth: counts.map { $0.map(Double.init) })
  }

  /// The same of values that are those of so many rows each, which need not be whole numbers.
  static func acceleration(_ values: [Double], worth counts: [Double]?) -> Double {
    precondition(counts == nil || counts?.count == values.count, "one count a value")
    let origin = values.first ?? 0
    var rows = 0.0
    var sum = CompensatedSum()
    for index in values.indices {
      let count = counts?[index] ?? 1
      rows += count
      sum.add(count * (values[index] - origin))
    }
    let mean = sum.value / rows
    // The unit does not matter, and the third power of a small or a large one is no longer a number.
    let unit = values.reduce(0) { max($0, abs(mean - ($1 - origin))) }
    guard unit > 0, unit.isFinite else { return 0 }
    var (squares, cubes) = (CompensatedSum(), CompensatedSum())
    for index in values.indices {
      let count = counts?[index] ?? 1
      let below = (mean - (values[index] - origin)) / unit
      squares.add(count * below * below)
      cubes.add(count * below * below * below)
    }
    let acceleration = cubes.value / (6 * squares.value * squares.value.squareRoot())
    return acceleration.isFinite ? acceleration : 0
  }
}
