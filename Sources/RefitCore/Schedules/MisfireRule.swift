/// What becomes of occurrences that nobody acted on in time.
public struct MisfireRule: Hashable, Sendable {
  /// Which of the missed occurrences are acted on.
  public enum Run: String, Hashable, Sendable, Codable, CaseIterable {
    /// The newest; the others are recorded as coalesced into it.
    case once
    /// None; they are recorded as skipped.
    case skip
    /// Each by itself, the oldest first; of more than `MisfireRule.most` the newest, the rest as skipped.
    case all
  }

  /// Which of the missed occurrences are acted on.
  public var run: Run
  /// An occurrence that is later than this is missed.
  public var grace: Timespan
  /// An occurrence that is later than this, from its nominal instant, is not acted on; nil: there is no such bound.
  public var within: Timespan?

  public init(run: Run = .once, grace: Timespan = .minutes(15), within: Timespan? = nil) {
    self.run = run
    self.grace = grace
    self.within = within
  }

  /// The rule of a schedule that says nothing of it.
  public static let once = MisfireRule()

  /// So many occurrences are acted on in a row at most, by `all`.
  public static let most = 100
}

/// Coded as a map. A word alone, as an earlier Refit recorded it, is a rule with the usual grace.
extension MisfireRule: Codable {
  private enum Keys: String, CodingKey { case run, grace, within }

  public init(from decoder: any Decoder) throws {
    let container: KeyedDecodingContainer<Keys>
    do {
      container = try decoder.container(keyedBy: Keys.self)
    } catch DecodingError.typeMismatch {
      self.init(run: try decoder.singleValueContainer().decode(Run.self))
      return
    }
    self.init(
      run: try container.decode(Run.self, forKey: .run),
      grace: try container.decode(Timespan.self, forKey: .grace),
      within: try container.decodeIfPresent(Timespan.self, forKey: .within))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(run, forKey: .run)
    try container.encode(grace, forKey: .grace)
    try container.encodeIfPresent(within, forKey: .within)
  }
}
