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

  /// Whether the value meets the bound, decimal numbers compared as they are written; a value on the bound does.
  ///
  /// - Parameter size: of the numbers that the value was computed from, by which the noise of floating point goes.
  func admits(_ value: Double, size: Double) -> Bool {
    if isMet(exactlyBy: value, size: size) { return true }
    return switch self {
    case .atLeast(let bound): value >= bound
    case .atMost(let bound): value <= bound
    }
  }

  /// Whether the value is the bound, but for the noise of numbers of that size: 0.8 − 0.7 is 0.1.
  func isMet(exactlyBy value: Double, size: Double) -> Bool {
    isNoise(value - self.value, of: size, value, self.value)
  }

  public var description: String {
    switch self {
    case .atLeast(let bound): "at least \(bound)"
    case .atMost(let bound): "at most \(bound)"
    }
  }
}
