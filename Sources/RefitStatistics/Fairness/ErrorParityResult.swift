/// What a measure of error parity gives, with the groups that it rests on.
public struct ErrorParityResult: Sendable, Hashable {
  public let measure: ErrorParityMeasure
  /// The difference or ratio; undefined with fewer than two large enough groups, with an error that is not
  /// finite in any of them, and when a ratio is 0/0.
  public let value: Statistic
  /// The group with the smallest error, the first among equals; nil with fewer than two large enough groups.
  public let lowest: GroupExtreme?
  /// The group with the largest error, the first among equals.
  public let highest: GroupExtreme?
  /// The names of the groups with too few rows.
  public let leftOut: [String]

  init(measure: ErrorParityMeasure, value: Statistic, leftOut: [String]) {
    self.measure = measure
    self.value = value
    self.leftOut = leftOut
    lowest = nil
    highest = nil
  }

  init(
    measure: ErrorParityMeasure, lowest: GroupExtreme, highest: GroupExtreme, leftOut: [String]
  ) {
    self.measure = measure
    self.lowest = lowest
    self.highest = highest
    self.leftOut = leftOut
    if !measure.isRatio {
      value = Statistic(finite: highest.value - lowest.value)
    } else if highest.value == 0 {
      value = .undefined("no group has an error, and 0/0 is no ratio")
    } else {
      value = .defined(lowest.value / highest.value)
    }
  }
}
