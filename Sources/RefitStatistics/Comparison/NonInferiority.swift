/// Whether a difference (candidate − champion, positive is better) is worse by no more than a margin.
public enum NonInferiority {
  /// What bounds of the difference say about it.
  public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Better: the lower bound is over 0.
    case superior
    /// Not worse by more than the margin: the lower bound is at least −margin.
    case nonInferior = "non-inferior"
    /// Worse by more than the margin: the upper bound is below −margin.
    case inferior
    /// The rows can't tell.
    case inconclusive
  }

  /// The verdict at the confidence of the bounds; the margin itself still counts as not worse. Traps unless
  /// margin ≥ 0; bounds that are no numbers are inconclusive.
  public static func verdict(bounds: ConfidenceBounds, margin: Double) -> Verdict {
    precondition(margin >= 0, "a margin is at least 0")
    if bounds.lower.isNaN || bounds.upper.isNaN { return .inconclusive }
    if bounds.lower > 0 { return .superior }
    if bounds.lower >= -margin { return .nonInferior }
    return bounds.upper < -margin ? .inferior : .inconclusive
  }

  /// How many rows in all would settle what these rows leave open, whether the difference is above −margin, if the
  /// estimate and the variance per row stayed: the smallest N > rows with reach·√(rows/N) ≤ |difference + margin|, where
  /// reach is z·standardError, or how far the bound on the margin's side lies from the difference where that is more, as
  /// of a bound that allows for bias.
  ///
  /// Always more than there are: bounds that are not by the normal law may leave open what it would call settled. A
  /// negative margin asks the same of superiority by −margin. Nil when no number of rows would (the estimate lies on the
  /// margin, or N is beyond any table), or when the standard error is 0 or no number.
  public static func rowsToSettle(
    difference: Double, standardError: Double, bounds: ConfidenceBounds? = nil, rows: Int, margin: Double,
    confidence: Double
  ) -> Int? {
    let distance = abs(difference + margin)
    let across = bounds.map { difference > -margin ? difference - $0.lower : $0.upper - difference } ?? 0
    let reach = max(Normal.oneSidedQuantile(confidence) * standardError, across)
    guard rows > 0, distance > 0, distance.isFinite, standardError > 0, standardError.isFinite else {
      return nil
    }
    let ratio = reach / distance
    let needed = (Double(rows) * ratio * ratio).rounded(.up)
    guard needed <= 1e15 else { return nil }
    return max(rows + 1, Int(needed))
  }
}
