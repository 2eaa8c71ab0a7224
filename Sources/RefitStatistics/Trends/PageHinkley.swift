/// The Page–Hinkley test for a change of a stream's mean (Page, Biometrika 41, 1954), with river's parameters and
/// arithmetic (`river.drift.PageHinkley`). A value costs constant time and memory.
public struct PageHinkley: Sendable, Hashable {
  /// Which changes of the mean are looked for.
  public enum Direction: String, Sendable, Hashable, Codable {
    case up
    case down
    case both
  }

  /// How sensitive the test is.
  public struct Parameters: Sendable, Hashable {
    /// The fewest values before a change is told.
    public var fewestValues = 30
    /// The deviation from the mean that is let pass, in the values' unit.
    public var tolerance = 0.005
    /// The sum of deviations beyond which a change is told, in the values' unit (λ).
    public var threshold = 50.0
    /// What a sum keeps at each value, 0…1; below 1 it forgets.
    public var memory = 1 - 0.0001
    public var direction = Direction.both

    /// river's defaults.
    public init() {}
  }

  public let parameters: Parameters
  private var count = 0.0
  private var mean = 0.0
  private var rise = 0.0
  private var lowestRise = Double.infinity
  private var fall = 0.0
  private var highestFall = -1.0
  private var hasChanged = false

  public init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// Takes the next value, which must be finite, and says whether the mean has changed; after a change the test
  /// begins anew with the value that follows.
  public mutating func append(_ value: Double) -> Bool {
    precondition(value.isFinite, "a stream's values are finite")
    if hasChanged { self = PageHinkley(parameters) }
    count += 1
    mean += (1 / count) * (value - mean)
    let deviation = value - mean
    rise = parameters.memory * rise + deviation - parameters.tolerance
    fall = parameters.memory * fall + deviation + parameters.tolerance
    lowestRise = min(lowestRise, rise)
    highestFall = max(highestFall, fall)
    guard count >= Double(parameters.fewestValues) else { return false }
    let isUp = parameters.direction != .down && rise - lowestRise > parameters.threshold
    let isDown = parameters.direction != .up && highestFall - fall > parameters.threshold
    hasChanged = isUp || isDown
    return hasChanged
  }
}
