/// True when the champion is older than a time (or the last judged run is, when that is later).
public struct AgeCondition: Hashable, Sendable, Codable {
  public enum Since: String, Hashable, Sendable, Codable, CaseIterable { case trained, promoted }

  public var over: Timespan
  public var since: Since

  public init(over: Timespan, since: Since = .trained) {
    self.over = over
    self.since = since
  }
}
