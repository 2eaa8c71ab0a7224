/// How far values lie from their mean.
enum Spread {
  /// The population standard deviation √(Σ (x − mean)² / n) of at least one finite value (`numpy.std`), in two
  /// passes; values are scaled so that no square overflows or vanishes.
  static func standardDeviation(of values: [Double]) -> Double {
    let scale = values.reduce(0) { max($0, abs($1)) }
    guard scale > 0, scale.isFinite else { return 0 }
    let count = Double(values.count)
    var sum = CompensatedSum()
    for value in values { sum.add(value / scale) }
    let mean = sum.value / count
    var squares = CompensatedSum()
    for value in values {
      let difference = value / scale - mean
      squares.add(difference * difference)
    }
    return (squares.value / count).squareRoot() * scale
  }
}
