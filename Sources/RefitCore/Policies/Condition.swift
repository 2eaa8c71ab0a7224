/// A tree of conditions; each leaf is true, false or unknown, combined by Kleene's rules.
public indirect enum Condition: Hashable, Sendable {
  case any([Condition])
  case all([Condition])
  case not(Condition)
  case performance(PerformanceCondition)
  case drift(DriftCondition)
  case feedback(FeedbackCondition)
  case age(AgeCondition)
  case observation(ObservationCondition)

  /// The leaves from left to right.
  public var leaves: [Condition] {
    switch self {
    case .any(let parts), .all(let parts): parts.flatMap(\.leaves)
    case .not(let part): part.leaves
    default: [self]
    }
  }
}

extension Condition: Codable {
  private enum Keys: String, CodingKey { case any, all, not, performance, drift, feedback, age, observation }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    guard let key = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no condition"))
    }
    self =
      switch key {
      case .any: .any(try container.decode([Condition].self, forKey: key))
      case .all: .all(try container.decode([Condition].self, forKey: key))
      case .not: .not(try container.decode(Condition.self, forKey: key))
      case .performance: .performance(try container.decode(PerformanceCondition.self, forKey: key))
      case .drift: .drift(try container.decode(DriftCondition.self, forKey: key))
      case .feedback: .feedback(try container.decode(FeedbackCondition.self, forKey: key))
      case .age: .age(try container.decode(AgeCondition.self, forKey: key))
      case .observation: .observation(try container.decode(ObservationCondition.self, forKey: key))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .any(let parts): try container.encode(parts, forKey: .any)
    case .all(let parts): try container.encode(parts, forKey: .all)
    case .not(let part): try container.encode(part, forKey: .not)
    case .performance(let leaf): try container.encode(leaf, forKey: .performance)
    case .drift(let leaf): try container.encode(leaf, forKey: .drift)
    case .feedback(let leaf): try container.encode(leaf, forKey: .feedback)
    case .age(let leaf): try container.encode(leaf, forKey: .age)
    case .observation(let leaf): try container.encode(leaf, forKey: .observation)
    }
  }
}

/// How many evaluations must agree: `for: 3` is three in a row, `{of: 5, at-least: 3}` three of the last
/// five.
public struct Persistence: Hashable, Sendable, Codable {
  public var of: Int
  public var atLeast: Int

  public init(of: Int, atLeast: Int) {
    self.of = of
    self.atLeast = atLeast
  }

  public init(inARow count: Int) {
    self.init(of: count, atLeast: count)
  }

  private enum Keys: String, CodingKey {
    case of
    case atLeast = "at-least"
  }

  public init(from decoder: any Decoder) throws {
    if let count = try? decoder.singleValueContainer().decode(Int.self) {
      self.init(inARow: count)
    } else {
      let container = try decoder.container(keyedBy: Keys.self)
      self.init(
        of: try container.decode(Int.self, forKey: .of),
        atLeast: try container.decode(Int.self, forKey: .atLeast))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    if of == atLeast {
      var container = encoder.singleValueContainer()
      try container.encode(of)
    } else {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(of, forKey: .of)
      try container.encode(atLeast, forKey: .atLeast)
    }
  }
}

/// A change from a baseline: `0.03` in the metric's own unit, or `5%` of the baseline.
public enum Change: Hashable, Sendable, Codable, CustomStringConvertible {
  case absolute(Double)
  case relative(percent: Double)

  /// The change in the metric's own unit.
  public func amount(from baseline: Double) -> Double {
    switch self {
    case .absolute(let amount): amount
    case .relative(let percent): abs(baseline) * percent / 100
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let amount = try? container.decode(Double.self) {
      self = .absolute(amount)
      return
    }
    let text = try container.decode(String.self)
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a change")
    }
    self = .relative(percent: percent)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .absolute(let amount): try container.encode(amount)
    case .relative: try container.encode(description)
    }
  }

  public var description: String {
    switch self {
    case .absolute(let amount): "\(amount)"
    case .relative(let percent): "\(percent)%"
    }
  }
}

/// A bound on an observed number, past which a condition is true: `below: X` or `above: X`.
public enum Threshold: Hashable, Sendable, Codable, CustomStringConvertible {
  case below(Double)
  case above(Double)

  private enum Keys: String, CodingKey { case below, above }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let bound = try container.decodeIfPresent(Double.self, forKey: .below) {
      self = .below(bound)
    } else {
      self = .above(try container.decode(Double.self, forKey: .above))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .below(let bound): try container.encode(bound, forKey: .below)
    case .above(let bound): try container.encode(bound, forKey: .above)
    }
  }

  public var value: Double {
    switch self {
    case .below(let bound), .above(let bound): bound
    }
  }

  /// Whether the value is past the bound; a value on the bound is not.
  public func isPassed(by value: Double) -> Bool {
    switch self {
    case .below(let bound): value < bound
    case .above(let bound): value > bound
    }
  }

  public var description: String {
    switch self {
    case .below(let bound): "below \(bound)"
    case .above(let bound): "above \(bound)"
    }
  }
}
