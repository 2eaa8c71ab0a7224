/// A running sum whose rounding error does not grow with the number of terms (Neumaier 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { sum + lost }

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}

extension CompensatedSum {
  /// Σ weight · value / Σ weight, of a weight for each row; undefined where no row weighs.
  @inline(__always)
  static func mean(_ values: [Double], weight: (Int) -> Double) -> Statistic {
    var sum = CompensatedSum()
    var total = CompensatedSum()
    for row in values.indices {
      let weight = weight(row)
      sum.add(weight * values[row])
      total.add(weight)
    }
    return total.value == 0 ? .undefined("there are no rows") : Statistic(finite: sum.value / total.value)
  }
}
