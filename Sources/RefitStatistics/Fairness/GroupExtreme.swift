/// A group whose rate or error is the lowest or the highest.
public struct GroupExtreme: Sendable, Hashable {
  public let group: String
  /// The rate, 0…1, or the error in the target's unit.
  public let value: Double
  /// The rows in the rate's denominator, or of the group.
  public let rows: Int

  /// The lowest and the highest of some, the first among equals; nil of fewer than two.
  static func ends(of groups: [GroupExtreme]) -> (lowest: GroupExtreme, highest: GroupExtreme)? {
    guard groups.count >= 2 else { return nil }
    var (lowest, highest) = (groups[0], groups[0])
    for group in groups {
      if group.value < lowest.value { lowest = group }
      if group.value > highest.value { highest = group }
    }
    return (lowest, highest)
  }
}
