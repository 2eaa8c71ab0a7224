/// What is to become of all occurrences of a schedule that are due: each is acted on, or lies in one stretch of those
/// that are passed over.
public struct OccurrencePlan: Hashable, Sendable {
  /// A stretch of time whose due occurrences nobody acts on, for one reason.
  public struct Passing: Hashable, Sendable {
    /// What is recorded of them.
    public var outcome: PassedOccurrences.Outcome
    /// From its start, up to but not including its end.
    public var stretch: Range<Instant>
    /// The occurrence that stands for them, when they are coalesced.
    public var into: Instant?
    /// Why, in one sentence.
    public var because: String

    public init(
      outcome: PassedOccurrences.Outcome, stretch: Range<Instant>, into: Instant? = nil, because: String
    ) {
      self.outcome = outcome
      self.stretch = stretch
      self.into = into
      self.because = because
    }
  }

  /// Oldest first; there may be a stretch without a single occurrence.
  public var passed: [Passing] = []
  /// To be acted on, each by itself, the oldest first; all later than what is passed over.
  public var acted: [Instant] = []
}

/// Occurrences of one schedule that were recorded without being acted on, next to each other and for one reason.
public struct PassedOccurrences: Hashable, Sendable {
  /// What an occurrence that nobody acted on is recorded as.
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    case skipped, coalesced, missed
  }

  public var outcome: Outcome
  public var first: Instant
  public var last: Instant
  public var count: Int
  /// Each of them, ascending; empty where there are more than `listed` at most holds.
  public var instants: [Instant]
  /// The occurrence that stands for them, when they are coalesced.
  public var into: Instant?
  /// Why, in one sentence.
  public var because: String

  /// Up to so many are recorded one by one; more of them in one record.
  public static let mostListed = 1000

  public init(
    outcome: Outcome, first: Instant, last: Instant, count: Int, instants: [Instant], into: Instant? = nil,
    because: String
  ) {
    self.outcome = outcome
    self.first = first
    self.last = last
    self.count = count
    self.instants = instants
    self.into = into
    self.because = because
  }
}

extension PassedOccurrences {
  /// Occurrences that are listed one by one; nil for none.
  public init?(_ instants: [Instant], outcome: Outcome, because: String) {
    guard let first = instants.first, let last = instants.last else { return nil }
    self.init(
      outcome: outcome, first: first, last: last, count: instants.count, instants: instants, because: because)
  }

  /// The schedule's occurrences in a stretch, counted; nil when it has none there.
  public init?(of schedule: CronSchedule, in passing: OccurrencePlan.Passing) {
    let before = Instant(microseconds: passing.stretch.lowerBound.microseconds - 1)
    let end = Instant(microseconds: passing.stretch.upperBound.microseconds - 1)
    let count = schedule.count(after: before, through: end)
    guard count > 0, let first = schedule.next(after: before) else { return nil }
    let newest = schedule.newest(count <= Self.mostListed ? count : 1, after: before, through: end)
    guard let last = newest.last else { return nil }
    self.init(
      outcome: passing.outcome, first: first, last: last, count: count,
      instants: count <= Self.mostListed ? newest : [], into: passing.into, because: passing.because)
  }
}
