/// How much each row counts: a row of weight 2 is as good as two rows, one of weight 0 as good as none.
struct RowWeights: Sendable {
  /// The weights, times a power of two where their sum could overflow or all are so small that products with them
  /// would lose digits; metrics are ratios and don't change.
  let values: [Double]
  /// Why no metric can be computed with them, or nil.
  let problem: String?

  init(_ weights: [Double]) {
    var bad = 0
    var largest = 0.0
    for weight in weights {
      bad += weight >= 0 && weight.isFinite ? 0 : 1
      largest = max(largest, weight)
    }
    if bad > 0 {
      problem = "\(bad) of \(weights.count) weights are negative or not finite"
      values = []
    } else if largest == 0 && !weights.isEmpty {
      problem = "every weight is 0"
      values = []
    } else {
      problem = nil
      // Room for a multiplicity of 255 and a factor of 64 in each term of a sum over all rows.
      let highest = 1000 - (Int.bitWidth - weights.count.leadingZeroBitCount)
      let exponent = largest > 0 ? Int(largest.exponent) : 0
      let shift = exponent > highest ? highest - exponent : exponent < -500 ? min(1000, -exponent) : 0
      values =
        shift == 0 ? weights : weights.map { $0 * Double(sign: .plus, exponent: shift, significand: 1) }
    }
  }

  /// The values of weights that are all finite and not negative, zeros among them; traps on others.
  static func usable(_ weights: [Double]) -> [Double] {
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "a weight is finite and not negative")
    let scaled = RowWeights(weights)
    return scaled.problem == nil ? scaled.values : weights
  }
}
