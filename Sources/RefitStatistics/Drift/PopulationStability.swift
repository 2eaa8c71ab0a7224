import Glibc

/// The population stability index of two distributions over the same bins.
enum PopulationStability {
  /// No share is taken as smaller, so that an empty bin has a logarithm.
  static let floor = 1e-4

  /// Σ (p′ − q′)·ln(p′/q′) with p′ = max(p, 1e-4), not renormalised; 0 or more, natural logarithm.
  static func index(_ reference: [Double], _ current: [Double]) -> Double {
    unfloored(reference.map { max($0, floor) }, current.map { max($0, floor) })
  }

  /// The same of shares that are all more than 0.
  static func unfloored(_ reference: [Double], _ current: [Double]) -> Double {
    var sum = CompensatedSum()
    for (q, p) in zip(reference, current) { sum.add((p - q) * log(p / q)) }
    return sum.value
  }

  /// About what the index is when nothing changed, from sampling alone: (bins − 1)·(1/n + 1/m); nil when a
  /// side is empty.
  static func expectedUnderNoChange(bins: Int, referenceCount: Int, currentCount: Int) -> Double? {
    guard referenceCount > 0, currentCount > 0 else { return nil }
    return Double(bins - 1) * (1 / Double(referenceCount) + 1 / Double(currentCount))
  }
}
