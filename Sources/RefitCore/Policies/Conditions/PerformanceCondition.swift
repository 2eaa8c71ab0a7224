import RefitStatistics

/// True when a metric of the champion is past a bound, or has dropped from (risen over) a baseline.
public struct PerformanceCondition: Hashable, Sendable {
  public enum Baseline: String, Hashable, Sendable, Codable, CaseIterable {
    /// The first window lying wholly after the version's first publication with enough mature labels.
    case promotion
    /// The estimate in the version's gate report.
    case holdout
    /// The best known window of this version.
    case best
  }

  public enum Test: Hashable, Sendable {
    case past(Threshold)
    case drop(Change, from: Baseline)
    case rise(Change, from: Baseline)
  }

  public var metric: PerformanceMetric
  public var test: Test
  /// The window of the observations that are read: the condition's own, else that of the performance monitor.
  public var window: Timespan
  public var persistence: Persistence
  public var minimumSamples: Int

  public init(
    metric: PerformanceMetric, test: Test, window: Timespan = .days(7),
    persistence: Persistence = Persistence(inARow: 1), minimumSamples: Int = 100
  ) {
    self.metric = metric
    self.test = test
    self.window = window
    self.persistence = persistence
    self.minimumSamples = minimumSamples
  }
}

extension PerformanceCondition: Codable {
  private enum Keys: String, CodingKey {
    case metric, drop, rise, from, window
    case persistence = "for"
    case minimumSamples = "min-samples"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    metric = try container.decode(PerformanceMetric.self, forKey: .metric)
    window = try container.decode(Timespan.self, forKey: .window)
    persistence = try container.decode(Persistence.self, forKey: .persistence)
    minimumSamples = try container.decode(Int.self, forKey: .minimumSamples)
    if let change = try container.decodeIfPresent(Change.self, forKey: .drop) {
      test = .drop(change, from: try container.decode(Baseline.self, forKey: .from))
    } else if let change = try container.decodeIfPresent(Change.self, forKey: .rise) {
      test = .rise(change, from: try container.decode(Baseline.self, forKey: .from))
    } else {
      test = .past(try Threshold(from: decoder))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(metric, forKey: .metric)
    switch test {
    case .past(let threshold):
      try threshold.encode(to: encoder)
    case .drop(let change, let baseline):
      try container.encode(change, forKey: .drop)
      try container.encode(baseline, forKey: .from)
    case .rise(let change, let baseline):
      try container.encode(change, forKey: .rise)
      try container.encode(baseline, forKey: .from)
    }
    try container.encode(window, forKey: .window)
    try container.encode(persistence, forKey: .persistence)
    try container.encode(minimumSamples, forKey: .minimumSamples)
  }
}
