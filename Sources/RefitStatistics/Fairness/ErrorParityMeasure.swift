/// How differently a regression errs over groups.
///
/// A difference is max − min over groups, a ratio min / max. A mean error can be negative or 0, so that it has no
/// ratio.
public enum ErrorParityMeasure: String, Sendable, Hashable, Codable, CaseIterable {
  /// Difference of mean errors (prediction − target), in the target's unit.
  case meanErrorDifference = "mean_error_difference"
  /// Difference of mean absolute errors, in the target's unit.
  case maeDifference = "mae_difference"
  /// Ratio of mean absolute errors.
  case maeRatio = "mae_ratio"

  /// Whether it is a ratio (1 is equal treatment); otherwise a difference (0 is).
  public var isRatio: Bool { self == .maeRatio }
}
