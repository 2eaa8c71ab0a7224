/// What a model's inputs are held against, where its configuration says so: what "normal" looks like.
public enum DriftReference: Hashable, Sendable {
  /// A table, relative to the project.
  case table(String)
  /// The rows of the prediction log in an earlier window.
  case season(Season)

  /// Of a table; nil of a season.
  public var path: String? {
    if case .table(let path) = self { path } else { nil }
  }
}

/// How far back the same part of an earlier season is.
public struct Season: Hashable, Sendable {
  /// What repeats. No month and no year: neither is a whole number of weeks, and would hold Mondays against Sundays.
  public enum Cycle: String, Hashable, Sendable, Codable, CaseIterable { case day, week }

  public var cycle: Cycle
  /// How many cycles, at least 1.
  public var back: Int

  /// More than a century back there is no log.
  public static let longest = 5_200

  public init(_ cycle: Cycle, back: Int = 1) {
    self.cycle = cycle
    self.back = back
  }

  /// From a window to its reference, in days of 24 hours: a change of clocks does not move it.
  public var distance: Timespan {
    switch cycle {
    case .day: .days(Int64(back))
    case .week: .days(7 * Int64(back))
    }
  }
}

extension Season: Codable {
  private enum Keys: String, CodingKey { case same, back }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      try container.decode(Cycle.self, forKey: .same), back: try container.decode(Int.self, forKey: .back))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(cycle, forKey: .same)
    try container.encode(back, forKey: .back)
  }
}

extension DriftReference: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // A text is a path, a map is a season.
    if let path = try? container.decode(String.self) {
      self = .table(path)
    } else {
      self = .season(try container.decode(Season.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .table(let path): try container.encode(path)
    case .season(let season): try container.encode(season)
    }
  }
}

extension Season: CustomStringConvertible {
  /// `the same week, 52 weeks back`
  public var description: String {
    "the same \(cycle.rawValue), \(back) \(cycle.rawValue)\(back == 1 ? "" : "s") back"
  }
}
