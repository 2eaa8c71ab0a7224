/// Values of a column that no statistic but a missing share counts.
public struct UnusableValues: Sendable, Hashable {
  /// Reference rows without a value.
  public var missingReference = 0
  /// Current rows without a value.
  public var missingCurrent = 0
  /// Reference values left out because they are infinite.
  public var notFiniteReference = 0
  /// Current values left out because they are infinite.
  public var notFiniteCurrent = 0

  /// So many of each kind.
  public init(
    missingReference: Int = 0, missingCurrent: Int = 0, notFiniteReference: Int = 0, notFiniteCurrent: Int = 0
  ) {
    self.missingReference = missingReference
    self.missingCurrent = missingCurrent
    self.notFiniteReference = notFiniteReference
    self.notFiniteCurrent = notFiniteCurrent
  }
}
