/// An error of a regression over a group's rows, in the target's unit.
public enum GroupError: String, Sendable, Hashable, CaseIterable {
  /// The mean of prediction − target: above 0 the group is predicted too high.
  case meanError = "mean_error"
  /// The mean absolute error.
  case mae
}

extension ErrorParityMeasure {
  /// The error that it compares.
  public var error: GroupError { self == .meanErrorDifference ? .meanError : .mae }
}
