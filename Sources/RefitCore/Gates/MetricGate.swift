import RefitStatistics

/// A metric of the candidate against a bound.
public struct MetricGate: Hashable, Sendable, Codable {
  public var name: PerformanceMetric
  public var bound: Bound
  public var confidence: Double?

  public init(name: PerformanceMetric, bound: Bound, confidence: Double? = nil) {
    self.name = name
    self.bound = bound
    self.confidence = confidence
  }

  private enum Keys: String, CodingKey { case name, confidence }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: try container.decode(PerformanceMetric.self, forKey: .name), bound: try Bound(from: decoder),
      confidence: try container.decodeIfPresent(Double.self, forKey: .confidence))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(name, forKey: .name)
    try bound.encode(to: encoder)
    try container.encodeIfPresent(confidence, forKey: .confidence)
  }
}
