/// Labelled rows that no training job may use: where they come from, and which columns are for fairness only.
public struct Holdout: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// A fixed CSV file.
    case path(String)
    /// Drawn from the newest mature feedback.
    case draw(Draw)
  }

  public struct Draw: Hashable, Sendable, Codable {
    /// Labels that matured within this time before the run was opened.
    public var last: Timespan
    /// The part of the ids that is kept apart, over 0 and under 1.
    public var share: Double

    public init(last: Timespan, share: Double) {
      self.last = last
      self.share = share
    }
  }

  public var origin: Origin
  public var groups: [String]

  public init(origin: Origin, groups: [String] = []) {
    self.origin = origin
    self.groups = groups
  }
}

extension Holdout: Codable {
  private enum Keys: String, CodingKey { case path, draw, groups }
  private enum DrawKeys: String, CodingKey { case from, last, share, by }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let groups = try container.decode([String].self, forKey: .groups)
    if let path = try container.decodeIfPresent(String.self, forKey: .path) {
      self.init(origin: .path(path), groups: groups)
    } else {
      self.init(origin: .draw(try container.decode(Draw.self, forKey: .draw)), groups: groups)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch origin {
    case .path(let path):
      try container.encode(path, forKey: .path)
    case .draw(let draw):
      var nested = container.nestedContainer(keyedBy: DrawKeys.self, forKey: .draw)
      try nested.encode("feedback", forKey: .from)
      try nested.encode(draw.last, forKey: .last)
      try nested.encode(draw.share, forKey: .share)
      try nested.encode("id", forKey: .by)
    }
    try container.encode(groups, forKey: .groups)
  }
}
