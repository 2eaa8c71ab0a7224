/// Holds an occurrence until a command says that it may be acted on: the data have landed.
public struct ReadyRule: Hashable, Sendable, Codable {
  /// The command: it ends with 0 when all is there.
  public var run: [String]
  /// From the start of one check to the start of the next.
  public var every: Timespan
  /// How long an occurrence waits, from when it began to; then it is missed.
  public var within: Timespan

  public init(run: [String], every: Timespan = .minutes(5), within: Timespan = .hours(6)) {
    self.run = run
    self.every = every
    self.within = within
  }

  public static let longestTimeout = Timespan.hours(1)

  /// How long one check may take: until the next one, and an hour at most.
  public var timeout: Timespan { min(every, Self.longestTimeout) }
}
