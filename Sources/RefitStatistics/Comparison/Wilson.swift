/// Wilson's score bounds of a proportion (JASA 22, 1927), without continuity correction.
public enum Wilson {
  /// One-sided bounds, each at `confidence` (0.5..<1); 0…1 when `n` is 0. Traps unless 0 ≤ successes ≤ n.
  ///
  /// The same as `scipy.stats.binomtest(successes, n).proportion_ci(2·confidence − 1, method="wilson")`.
  public static func bounds(successes: Int, of n: Int, confidence: Double) -> ConfidenceBounds {
    precondition(successes >= 0 && successes <= n, "successes lie in 0…n")
    let z = Normal.oneSidedQuantile(confidence)
    if n == 0 { return ConfidenceBounds(lower: 0, upper: 1) }
    let rows = Double(n)
    let share = Double(successes) / rows
    let spread = z * z / rows
    let centre = (share + spread / 2) / (1 + spread)
    let half = z * (share * (1 - share) / rows + spread / (4 * rows)).squareRoot() / (1 + spread)
    return ConfidenceBounds(
      lower: successes == 0 ? 0 : max(0, centre - half),
      upper: successes == n ? 1 : min(1, centre + half))
  }
}
