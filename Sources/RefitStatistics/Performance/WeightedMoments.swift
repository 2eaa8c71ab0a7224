/// The mean and the root mean square of numbers with weights, of any size that a Double can hold: numbers are divided
/// by a power of two first, which is exact, so that squares neither overflow nor vanish.
struct WeightedMoments {
  /// value / scale; with weights times `roots`, and divided by `innerScale`.
  private let scaled: [Double]
  /// √(weight / sum of all weights) of each row: a root, since the quotient may be smaller than any Double.
  private let roots: [Double]?
  private let scale: Double
  private let innerScale: Double

  /// The weights, if any, are usable ones, and there is at least one row that weighs. A value that is not finite makes
  /// all undefined.
  init(_ values: [Double], weights: [Double]?) {
    guard let weights else {
      let largest = values.reduce(0) { max($0, abs($1)) }
      let scale = WeightedMoments.scale(largest)
      scaled = values.map { $0 / scale }
      self.scale = scale
      (roots, innerScale) = (nil, 1)
      return
    }
    var total = CompensatedSum()
    var largest = 0.0
    for row in values.indices where weights[row] > 0 {
      total.add(weights[row])
      largest = max(largest, abs(values[row]))
    }
    let (root, scale) = (total.value.squareRoot(), WeightedMoments.scale(largest))
    let roots = weights.map { $0.squareRoot() / root }
    let products = values.indices.map { roots[$0] == 0 ? 0 : roots[$0] * (values[$0] / scale) }
    let innerScale = WeightedMoments.scale(products.reduce(0) { max($0, abs($1)) })
    scaled = products.map { $0 / innerScale }
    self.roots = roots
    self.scale = scale
    self.innerScale = innerScale
  }

  /// Σ weight · value / Σ weight.
  var mean: Statistic {
    guard scale.isFinite else { return tooLarge }
    var sum = CompensatedSum()
    if let roots {
      for row in scaled.indices { sum.add(scaled[row] * roots[row]) }
      return Statistic(finite: sum.value * scale * innerScale)
    }
    for value in scaled { sum.add(value) }
    return Statistic(finite: sum.value / Double(scaled.count) * scale)
  }

  /// √(Σ weight · value² / Σ weight).
  var rootMeanSquare: Statistic {
    guard scale.isFinite else { return tooLarge }
    var sum = CompensatedSum()
    for value in scaled { sum.add(value * value) }
    guard roots == nil else { return Statistic(finite: sum.value.squareRoot() * scale * innerScale) }
    return Statistic(finite: (sum.value / Double(scaled.count)).squareRoot() * scale)
  }

  private var tooLarge: Statistic { .undefined("an error is larger than a Double can hold") }

  private static func scale(_ largest: Double) -> Double {
    largest == 0 ? 1 : largest.isFinite ? largest.binade : .infinity
  }
}
