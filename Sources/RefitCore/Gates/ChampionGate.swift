import RefitStatistics

/// The candidate against the champion on the same rows.
public struct ChampionGate: Hashable, Sendable, Codable {
  public enum Margin: Hashable, Sendable {
    /// Non-inferiority.
    case notWorseBy(Double)
    /// Superiority.
    case betterBy(Double)
  }

  public var metric: PerformanceMetric
  public var margin: Margin
  public var confidence: Double?

  public init(metric: PerformanceMetric, margin: Margin, confidence: Double? = nil) {
    self.metric = metric
    self.margin = margin
    self.confidence = confidence
  }

  private enum Keys: String, CodingKey {
    case metric, confidence
    case notWorseBy = "not-worse-by"
    case betterBy = "better-by"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    metric = try container.decode(PerformanceMetric.self, forKey: .metric)
    confidence = try container.decodeIfPresent(Double.self, forKey: .confidence)
    if let worse = try container.decodeIfPresent(Double.self, forKey: .notWorseBy) {
      margin = .notWorseBy(worse)
    } else {
      margin = .betterBy(try container.decode(Double.self, forKey: .betterBy))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(metric, forKey: .metric)
    switch margin {
    case .notWorseBy(let margin): try container.encode(margin, forKey: .notWorseBy)
    case .betterBy(let margin): try container.encode(margin, forKey: .betterBy)
    }
    try container.encodeIfPresent(confidence, forKey: .confidence)
  }
}
