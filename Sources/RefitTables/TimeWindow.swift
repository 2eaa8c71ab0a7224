/// A stretch of time that begins after an instant and ends with another, so that windows laid end to end have each
/// row once.
public struct TimeWindow<Time: Comparable & Sendable>: Sendable {
  /// The last instant before the window.
  public let start: Time
  /// The last instant of the window.
  public let end: Time

  /// The window after `start` and up to `end`; empty when that is no later.
  public init(after start: Time, through end: Time) {
    self.start = start
    self.end = end
  }

  /// Whether an instant is in the window.
  public func contains(_ time: Time) -> Bool { start < time && time <= end }
}
