/// When a model is retrained: a tree of conditions, and the time that must pass between runs.
public struct RetrainPolicy: Hashable, Sendable, Codable {
  /// Nil: only a schedule that says `do: retrain`, or a person, starts a run.
  public var when: Condition?
  /// From the end of a run that was promoted, judged, refused or rejected.
  public var cooldown: Timespan
  /// From the end of a run that failed.
  public var cooldownAfterFailure: Timespan

  public init(
    when: Condition? = nil, cooldown: Timespan = .days(7), cooldownAfterFailure: Timespan = .hours(1)
  ) {
    self.when = when
    self.cooldown = cooldown
    self.cooldownAfterFailure = cooldownAfterFailure
  }

  private enum CodingKeys: String, CodingKey {
    case when, cooldown
    case cooldownAfterFailure = "after-failure"
  }
}
