/// The two-sided tabular CUSUM chart for a shift of a stream's mean from a known target (Page, Biometrika 41,
/// 1954; Montgomery, *Introduction to Statistical Quality Control*, 9.1). A value costs constant time and memory.
public struct Cusum: Sendable, Hashable {
  /// A shift that was told.
  public enum Shift: Sendable, Hashable {
    case up
    case down
  }

  /// The mean while nothing has changed.
  public let target: Double
  /// The deviation that is let pass (k), half of the shift to be found, in the values' unit.
  public let slack: Double
  /// The sum beyond which a shift is told (h), in the values' unit.
  public let threshold: Double
  /// max(0, previous + value − target − slack).
  public private(set) var upper = 0.0
  /// max(0, previous + target − slack − value).
  public private(set) var lower = 0.0
  private var hasShifted = false

  /// Traps unless the target is finite and slack and threshold are at least 0. Customary are a slack of half and a
  /// threshold of five standard deviations.
  public init(target: Double, slack: Double, threshold: Double) {
    precondition(target.isFinite && slack >= 0 && threshold >= 0, "slack and threshold are at least 0")
    self.target = target
    self.slack = slack
    self.threshold = threshold
  }

  /// Takes the next value, which must be finite, and tells a shift, the upward one first; after a shift both sums
  /// begin anew with the value that follows.
  public mutating func append(_ value: Double) -> Shift? {
    precondition(value.isFinite, "a stream's values are finite")
    if hasShifted { self = Cusum(target: target, slack: slack, threshold: threshold) }
    upper = max(0, upper + value - target - slack)
    lower = max(0, lower + target - slack - value)
    hasShifted = upper > threshold || lower > threshold
    return upper > threshold ? .up : lower > threshold ? .down : nil
  }
}
