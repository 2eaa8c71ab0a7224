/// A cron expression with a time zone, tied to one action of one model.
public struct Schedule: Hashable, Sendable, NamedEntry {
  public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    /// Observe, then decide by the policy.
    case evaluate
    /// Retrain without asking the policy's `when`; restraints hold.
    case retrain
  }

  /// What `do: retrain` does while a run of the model is live.
  public enum Overlap: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is decided all the same, and restrained.
    case forbid
    /// One occurrence, the newest, waits for the run's end.
    case queue
  }

  public var name: Name
  public var cron: CronExpression
  /// IANA zone.
  public var timezone: String
  public var action: Action
  public var misfire: MisfireRule
  public var overlap: Overlap
  /// What an occurrence waits for; nil: nothing.
  public var ready: ReadyRule?

  public init(
    name: Name, cron: CronExpression, timezone: String, action: Action, misfire: MisfireRule = .once,
    overlap: Overlap = .forbid, ready: ReadyRule? = nil
  ) {
    self.name = name
    self.cron = cron
    self.timezone = timezone
    self.action = action
    self.misfire = misfire
    self.overlap = overlap
    self.ready = ready
  }
}

extension Schedule: Codable {
  private enum Keys: String, CodingKey {
    case cron, timezone, misfire, overlap, ready
    case action = "do"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: Name("unnamed")!,  // The enclosing map knows the name and sets it.
      cron: try container.decode(CronExpression.self, forKey: .cron),
      timezone: try container.decode(String.self, forKey: .timezone),
      action: try container.decode(Action.self, forKey: .action),
      misfire: try container.decode(MisfireRule.self, forKey: .misfire),
      // What an earlier Refit recorded has neither.
      overlap: try container.decodeIfPresent(Overlap.self, forKey: .overlap) ?? .forbid,
      ready: try container.decodeIfPresent(ReadyRule.self, forKey: .ready))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(cron, forKey: .cron)
    try container.encode(timezone, forKey: .timezone)
    try container.encode(action, forKey: .action)
    try container.encode(misfire, forKey: .misfire)
    if action == .retrain { try container.encode(overlap, forKey: .overlap) }
    try container.encodeIfPresent(ready, forKey: .ready)
  }
}
