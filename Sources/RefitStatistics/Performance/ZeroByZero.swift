/// What a rate is when there is nothing to take it of.
public enum ZeroByZero: Sendable, Hashable {
  /// It does not exist, and the reason says why. This is Refit's definition.
  case undefined
  /// 0, as scikit-learn says of precision, recall, F1, specificity and MCC unless told otherwise; for a report that
  /// shows scikit-learn's value beside.
  case zero
}
