import RefitCore

/// How long a daemon rests after a turn: until the next instant at which there is work; after a turn that could not do
/// its work, ever longer, so that nothing that stays wrong is tried in a tight loop.
public struct TickPacing: Sendable {
  /// What came of a turn.
  public enum Turn: Sendable {
    /// All that was due is done.
    case done
    /// It did something, and left something that is due for the next turn.
    case unfinished
    /// Something that is due could not be done.
    case troubled
    /// Another tick was at work.
    case busy
    /// Nothing could be done.
    case failed
  }

  /// What to wait for.
  public struct Rest: Hashable, Sendable {
    /// At the latest.
    public var until: Instant
    /// Whether a change of the project ends the rest, or only a new `refit.yaml` and a signal.
    public var endsWithChanges: Bool

    public init(until: Instant, endsWithChanges: Bool) {
      self.until = until
      self.endsWithChanges = endsWithChanges
    }
  }

  /// Turns in a row that did not do all that was due.
  private var vain = 0

  public init() {}

  /// - Parameter next: the next instant at which there is new work; nil where none is known.
  public mutating func rest(after turn: Turn, next: Instant?, now: Instant) -> Rest {
    // The clock may be set while nobody looks, and a table of time zones may change.
    let latest = min(next ?? now + .hours(1), now + .hours(1))
    switch turn {
    case .done:
      vain = 0
      return Rest(until: latest, endsWithChanges: true)
    case .unfinished:
      vain = 0
      return Rest(until: now, endsWithChanges: true)
    case .troubled:
      return Rest(until: min(latest, now + backoff(longest: .minutes(15))), endsWithChanges: true)
    case .busy:
      return Rest(until: now + backoff(longest: .minutes(1)), endsWithChanges: true)
    case .failed:
      return Rest(until: now + backoff(longest: .minutes(5)), endsWithChanges: false)
    }
  }

  /// 1 s, 2 s, 4 s, …
  private mutating func backoff(longest: Timespan) -> Timespan {
    vain += 1
    return min(longest, Timespan(seconds: 1 << Int64(min(vain - 1, 30))))
  }
}

extension TickReport {
  /// What came of the turn that it reports.
  public var turn: TickPacing.Turn {
    if wasBusy { return .busy }
    guard troubles.isEmpty else { return .troubled }
    guard outlook?.isOverdue == true else { return .done }
    let hasProgressed = !decisions.isEmpty || !moved.isEmpty || !passed.isEmpty || !held.isEmpty
    return hasProgressed ? .unfinished : .troubled
  }
}
