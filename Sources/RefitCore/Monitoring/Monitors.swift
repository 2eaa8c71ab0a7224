import RefitStatistics

/// By which time a window takes its rows.
public enum WindowTime: String, Hashable, Sendable, Codable, CaseIterable { case predicted, matured }

/// The observations that Refit computes at each evaluation from the prediction log and the feedback.
public struct Monitors: Hashable, Sendable, Codable {
  public struct Performance: Hashable, Sendable, Codable {
    public var metrics: [PerformanceMetric]
    public var window: Timespan
    public var by: WindowTime

    public init(metrics: [PerformanceMetric], window: Timespan = .days(7), by: WindowTime = .matured) {
      self.metrics = metrics
      self.window = window
      self.by = by
    }
  }

  public struct Drift: Hashable, Sendable, Codable {
    public var statistics: [DriftStatistic]
    public var window: Timespan
    public var by: WindowTime

    public init(statistics: [DriftStatistic], window: Timespan = .days(7), by: WindowTime = .predicted) {
      self.statistics = statistics
      self.window = window
      self.by = by
    }
  }

  public var performance: Performance?
  public var drift: Drift?

  public init(performance: Performance? = nil, drift: Drift? = nil) {
    self.performance = performance
    self.drift = drift
  }
}
