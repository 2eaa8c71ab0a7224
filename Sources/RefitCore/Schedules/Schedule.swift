/// A cron expression with a time zone, tied to one action of one model.
public struct Schedule: Hashable, Sendable, NamedEntry {
  public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    /// Observe, then decide by the policy.
    case evaluate
    /// Retrain without asking the policy's `when`; restraints hold.
    case retrain
  }

  /// What happens to occurrences that were missed.
  public enum Misfire: String, Hashable, Sendable, Codable, CaseIterable {
    /// The newest missed occurrence runs, the others are recorded as coalesced.
    case once
  }

  public var name: Name
  public var cron: CronExpression
  /// IANA zone.
  public var timezone: String
  public var action: Action
  public var misfire: Misfire

  public init(name: Name, cron: CronExpression, timezone: String, action: Action, misfire: Misfire = .once) {
    self.name = name
    self.cron = cron
    self.timezone = timezone
    self.action = action
    self.misfire = misfire
  }
}

extension Schedule: Codable {
  private enum Keys: String, CodingKey {
    case cron, timezone, misfire
    case action = "do"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: Name("unnamed")!,  // The enclosing map knows the name and sets it.
      cron: try container.decode(CronExpression.self, forKey: .cron),
      timezone: try container.decode(String.self, forKey: .timezone),
      action: try container.decode(Action.self, forKey: .action),
      misfire: try container.decode(Misfire.self, forKey: .misfire))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(cron, forKey: .cron)
    try container.encode(timezone, forKey: .timezone)
    try container.encode(action, forKey: .action)
    try container.encode(misfire, forKey: .misfire)
  }
}
