import RefitStatistics

/// One criterion that a candidate must meet.
public enum Gate: Hashable, Sendable {
  case metric(MetricGate)
  case champion(ChampionGate)
  case fairness(FairnessGate)
  case leakage

  /// The gates of a model that lists none.
  public static func defaults(for task: Model.Task) -> [Gate] {
    switch task {
    case .binaryClassification:
      [.champion(ChampionGate(metric: .rocAUC, margin: .notWorseBy(0.02), confidence: 0.95)), .leakage]
    case .regression: []
    }
  }
}

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

/// An inclusive bound of a gate, written `at-least: X` or `at-most: X`.
public enum Bound: Hashable, Sendable, Codable, CustomStringConvertible {
  case atLeast(Double)
  case atMost(Double)

  private enum Keys: String, CodingKey {
    case atLeast = "at-least"
    case atMost = "at-most"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let least = try container.decodeIfPresent(Double.self, forKey: .atLeast) {
      self = .atLeast(least)
    } else {
      self = .atMost(try container.decode(Double.self, forKey: .atMost))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .atLeast(let bound): try container.encode(bound, forKey: .atLeast)
    case .atMost(let bound): try container.encode(bound, forKey: .atMost)
    }
  }

  public var value: Double {
    switch self {
    case .atLeast(let bound), .atMost(let bound): bound
    }
  }

  /// Whether the value meets the bound; a value on the bound does.
  public func admits(_ value: Double) -> Bool {
    switch self {
    case .atLeast(let bound): value >= bound
    case .atMost(let bound): value <= bound
    }
  }

  public var description: String {
    switch self {
    case .atLeast(let bound): "at least \(bound)"
    case .atMost(let bound): "at most \(bound)"
    }
  }
}

extension Gate: Codable {
  private enum Keys: String, CodingKey { case metric, champion, fairness, leakage }
  private struct NoSettings: Codable {}

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let gate = try container.decodeIfPresent(MetricGate.self, forKey: .metric) {
      self = .metric(gate)
    } else if let gate = try container.decodeIfPresent(ChampionGate.self, forKey: .champion) {
      self = .champion(gate)
    } else if let gate = try container.decodeIfPresent(FairnessGate.self, forKey: .fairness) {
      self = .fairness(gate)
    } else {
      _ = try container.decode(NoSettings.self, forKey: .leakage)
      self = .leakage
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .metric(let gate): try container.encode(gate, forKey: .metric)
    case .champion(let gate): try container.encode(gate, forKey: .champion)
    case .fairness(let gate): try container.encode(gate, forKey: .fairness)
    case .leakage: try container.encode(NoSettings(), forKey: .leakage)
    }
  }
}
