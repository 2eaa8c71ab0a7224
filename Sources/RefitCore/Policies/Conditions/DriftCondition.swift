import RefitStatistics

/// True when a drift statistic is above a bound on enough columns.
public struct DriftCondition: Hashable, Sendable {
  /// Which columns count, and how many of them must be past the bound.
  public enum Breadth: Hashable, Sendable {
    case atLeastColumns(Int)
    /// A part of the monitored columns, over 0 and up to 1.
    case share(Double)
    /// Each of these columns.
    case columns([String])
  }

  public var statistic: DriftStatistic
  public var above: Double
  public var breadth: Breadth
  public var window: Timespan
  public var persistence: Persistence
  public var minimumSamples: Int

  public init(
    statistic: DriftStatistic, above: Double, breadth: Breadth = .atLeastColumns(1),
    window: Timespan = .days(7),
    persistence: Persistence = Persistence(inARow: 1), minimumSamples: Int = 100
  ) {
    self.statistic = statistic
    self.above = above
    self.breadth = breadth
    self.window = window
    self.persistence = persistence
    self.minimumSamples = minimumSamples
  }
}

extension DriftCondition: Codable {
  private enum Keys: String, CodingKey {
    case statistic, above, share, columns, window
    case atLeastColumns = "at-least-columns"
    case persistence = "for"
    case minimumSamples = "min-samples"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    statistic = try container.decode(DriftStatistic.self, forKey: .statistic)
    above = try container.decode(Double.self, forKey: .above)
    window = try container.decode(Timespan.self, forKey: .window)
    persistence = try container.decode(Persistence.self, forKey: .persistence)
    minimumSamples = try container.decode(Int.self, forKey: .minimumSamples)
    if let share = try container.decodeIfPresent(Double.self, forKey: .share) {
      breadth = .share(share)
    } else if let columns = try container.decodeIfPresent([String].self, forKey: .columns) {
      breadth = .columns(columns)
    } else {
      breadth = .atLeastColumns(try container.decode(Int.self, forKey: .atLeastColumns))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(statistic, forKey: .statistic)
    try container.encode(above, forKey: .above)
    switch breadth {
    case .atLeastColumns(let count): try container.encode(count, forKey: .atLeastColumns)
    case .share(let share): try container.encode(share, forKey: .share)
    case .columns(let names): try container.encode(names, forKey: .columns)
    }
    try container.encode(window, forKey: .window)
    try container.encode(persistence, forKey: .persistence)
    try container.encode(minimumSamples, forKey: .minimumSamples)
  }
}
