/// How far a column's current values are from its reference values.
public enum DriftStatistic: String, Sendable, Hashable, Codable, CaseIterable {
  /// Population stability index: Σ (p − q)·ln(p/q) over bins, shares floored at 1e-4.
  case psi
  /// Kolmogorov–Smirnov: the largest distance between the two empirical distribution functions.
  case ksStatistic = "ks_statistic"
}
