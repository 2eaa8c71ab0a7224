import Glibc

/// The population stability index of two histograms over the same bins.
enum PopulationStability {
  /// No share is taken as smaller, so that an empty bin has a logarithm.
  static let floor = 1e-4

  /// Σ (p′ − q′)·ln(p′/q′) with p′ = max(p, 1e-4), not renormalised; 0 or more, natural logarithm.
  static func index(_ reference: [Int], _ current: [Int]) -> Double {
    precondition(reference.count == current.count, "both sides have the same bins")
    let references = Double(reference.reduce(0, +))
    let currents = Double(current.reduce(0, +))
    var sum = CompensatedSum()
    for bin in reference.indices {
      let q = max(Double(reference[bin]) / references, floor)
      let p = max(Double(current[bin]) / currents, floor)
      sum.add((p - q) * log(p / q))
    }
    return sum.value
  }

  /// About what the index is when nothing changed, from sampling alone: (bins − 1)·(1/n + 1/m); nil when a
  /// side is empty.
  static func expectedUnderNoChange(bins: Int, referenceCount: Int, currentCount: Int) -> Double? {
    guard referenceCount > 0, currentCount > 0 else { return nil }
    return Double(bins - 1) * (1 / Double(referenceCount) + 1 / Double(currentCount))
  }
}
