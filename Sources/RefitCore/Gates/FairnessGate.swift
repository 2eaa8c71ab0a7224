import RefitStatistics

/// A fairness measure over groups against a bound.
public struct FairnessGate: Hashable, Sendable, Codable {
  public var measure: FairnessMeasure
  public var groups: [String]
  public var bound: Bound
  /// The fewest rows that a rate's denominator may have.
  public var minimumGroup: Int

  public init(measure: FairnessMeasure, groups: [String], bound: Bound, minimumGroup: Int = 100) {
    self.measure = measure
    self.groups = groups
    self.bound = bound
    self.minimumGroup = minimumGroup
  }

  private enum Keys: String, CodingKey {
    case measure, groups
    case minimumGroup = "min-group"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      measure: try container.decode(FairnessMeasure.self, forKey: .measure),
      groups: try container.decode([String].self, forKey: .groups), bound: try Bound(from: decoder),
      minimumGroup: try container.decode(Int.self, forKey: .minimumGroup))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(measure, forKey: .measure)
    try container.encode(groups, forKey: .groups)
    try bound.encode(to: encoder)
    try container.encode(minimumGroup, forKey: .minimumGroup)
  }
}
