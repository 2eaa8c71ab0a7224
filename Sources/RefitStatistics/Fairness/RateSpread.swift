/// One rate over the groups that are large enough: its lowest and its highest value.
public struct RateSpread: Sendable, Hashable {
  public let rate: GroupRate
  /// The group with the lowest rate; the first in order among equals.
  public let lowest: GroupExtreme
  /// The group with the highest rate; the first in order among equals.
  public let highest: GroupExtreme

  /// max − min, 0…1.
  public var difference: Double { highest.value - lowest.value }

  /// min / max, 0…1; undefined when the rate is 0 in each group.
  public var ratio: Statistic {
    highest.value == 0
      ? .undefined("the \(rate.rawValue) is 0 in each group, and 0/0 is no ratio")
      : .defined(lowest.value / highest.value)
  }

  /// The difference or the ratio.
  func value(asRatio: Bool) -> Statistic { asRatio ? ratio : .defined(difference) }
}
