/// True when any other observation (latency, error rate, CPU…) is past a bound.
public struct ObservationCondition: Hashable, Sendable {
  public var name: String
  public var threshold: Threshold
  public var persistence: Persistence

  public init(name: String, threshold: Threshold, persistence: Persistence = Persistence(inARow: 1)) {
    self.name = name
    self.threshold = threshold
    self.persistence = persistence
  }
}

extension ObservationCondition: Codable {
  private enum Keys: String, CodingKey {
    case name
    case persistence = "for"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: try container.decode(String.self, forKey: .name), threshold: try Threshold(from: decoder),
      persistence: try container.decode(Persistence.self, forKey: .persistence))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(name, forKey: .name)
    try threshold.encode(to: encoder)
    try container.encode(persistence, forKey: .persistence)
  }
}
