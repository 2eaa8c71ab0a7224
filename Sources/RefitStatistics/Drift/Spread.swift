/// How far values lie from their mean.
enum Spread {
  /// The population standard deviation √(Σ (x − mean)² / n) of finite values, at least one (`numpy.std`); values are
  /// scaled so that no square overflows or vanishes.
  ///
  /// By two passes, the second of which corrects the mean of the first (Chan, Golub and LeVeque 1983).
  static func standardDeviation(of values: [Double]) -> Double {
    standardDeviation(values, largest: values.reduce(0) { max($0, abs($1)) })
  }

  /// The same of ascending values, whose largest magnitude is at an end.
  static func standardDeviation(ofSorted values: [Double]) -> Double {
    standardDeviation(values, largest: max(abs(values[0]), abs(values[values.count - 1])))
  }

  private static func standardDeviation(_ values: [Double], largest: Double) -> Double {
    guard largest > 0 else { return 0 }
    // A power of two, so that scaling rounds nothing.
    let exponent = min(1022, max(-1022, Int(largest.exponent)))
    let down = Double(sign: .plus, exponent: -exponent, significand: 1)
    let count = Double(values.count)
    let mean = sums(values) { $0 * down }.first / count
    let (sum, squares) = sums(values) { $0 * down - mean }
    let variance = max(0, squares - sum * (sum / count)) / count
    return variance.squareRoot() * Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private typealias Lanes = SIMD8<Double>
  /// Short enough that rounding inside of a block does not matter.
  private static let block = 2048

  /// The sums of the mapped values and of their squares.
  @inline(__always)
  private static func sums(_ values: [Double], _ map: (Double) -> Double) -> (first: Double, squares: Double)
  {
    var (first, squares) = (CompensatedSum(), CompensatedSum())
    values.withUnsafeBufferPointer { values in
      var start = 0
      while start < values.count {
        let end = min(start + block, values.count)
        var (lanes, squaredLanes) = (Lanes.zero, Lanes.zero)
        var index = start
        while index + Lanes.scalarCount <= end {
          var mapped = Lanes.zero
          for lane in 0..<Lanes.scalarCount { mapped[lane] = map(values[index + lane]) }
          lanes += mapped
          squaredLanes += mapped * mapped
          index += Lanes.scalarCount
        }
        first.add(lanes.sum())
        squares.add(squaredLanes.sum())
        while index < end {
          let mapped = map(values[index])
          first.add(mapped)
          squares.add(mapped * mapped)
          index += 1
        }
        start = end
      }
    }
    return (first.value, squares.value)
  }
}
