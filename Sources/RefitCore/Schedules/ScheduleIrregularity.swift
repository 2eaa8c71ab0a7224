/// A clock change at which a schedule does something other than usual.
public struct ScheduleIrregularity: Hashable, Sendable {
  /// What the change does to the schedule.
  public enum Effect: Hashable, Sendable {
    /// The local times do not exist on that day, and nothing runs in their stead.
    case skipped
    /// The local times do not exist on that day; one run at this instant stands for all of them.
    case moved(to: Instant)
    /// The local times come twice on that day, and run both times; the first of them at these two instants.
    case doubled(Instant, and: Instant)
  }

  /// What the change does to the schedule.
  public let effect: Effect
  /// When the clock is changed.
  public let transition: Instant
  /// The first local time concerned.
  public let localTime: LocalTime
  /// How many local times are concerned.
  public let count: Int

  /// Whether what was asked for is left out or done twice; a time that is moved is neither.
  public var isSkippedOrDoubled: Bool {
    switch effect {
    case .skipped, .doubled: true
    case .moved: false
    }
  }
}

extension CronSchedule {
  /// The clock changes within 365 days after an instant at which the schedule skips, moves or doubles, ascending.
  ///
  /// A wildcard schedule that goes on as regularly on the real clock as before, such as `*/5 * * * *` when an
  /// hour is left out, is not irregular.
  public func irregularities(inYearAfter instant: Instant) -> [ScheduleIrregularity] {
    irregularities(after: instant, through: Instant(seconds: instant.seconds + 365 * 86_400))
  }

  /// The same, for the clock changes later than `instant` and not later than `end`.
  public func irregularities(after instant: Instant, through end: Instant) -> [ScheduleIrregularity] {
    var found: [ScheduleIrregularity] = []
    let limit = end.seconds
    var span = timeZone.span(at: instant.seconds)
    while let next = span.end, next <= limit {
      span = timeZone.span(at: next)
      if let irregularity = irregularity(at: next, in: span) { found.append(irregularity) }
    }
    return found
  }

  private func irregularity(at transition: Int64, in span: OffsetSpan) -> ScheduleIrregularity? {
    let low = transition + min(span.offset, span.previousOffset)
    let length = abs(span.jump)
    let concerned = matches(from: low, length: length)
    guard let first = concerned.first else { return nil }
    let minute = Self.minute(notBefore: low) + first
    guard let effect = effect(on: minute, at: transition, in: span) else { return nil }
    if expression.isWildcard, concerned == matches(from: low + length, length: length) { return nil }
    return ScheduleIrregularity(
      effect: effect, transition: Instant(seconds: transition),
      localTime: LocalTime(minuteNumber: minute), count: concerned.count)
  }

  private func effect(
    on minute: Int64, at transition: Int64, in span: OffsetSpan
  ) -> ScheduleIrregularity.Effect? {
    let isSmall = abs(span.jump) < Self.largeChange
    if span.jump < 0 {
      if isSmall && !expression.isWildcard { return nil }
      return .doubled(
        Instant(seconds: minute * 60 - span.previousOffset), and: Instant(seconds: minute * 60 - span.offset))
    }
    guard isSmall, !expression.isWildcard else { return .skipped }
    let firstAfter = Self.minute(notBefore: transition + span.offset) * 60 - span.offset
    return .moved(to: Instant(seconds: firstAfter))
  }

  /// The matching minutes in a stretch of local seconds, counted from its first minute.
  private func matches(from second: Int64, length: Int64) -> [Int64] {
    let start = Self.minute(notBefore: second)
    let end = Self.minute(notBefore: second + length)
    var minutes: [Int64] = []
    var from = start
    while from < end, let minute = expression.firstMinute(from: from), minute < end {
      minutes.append(minute - start)
      from = minute + 1
    }
    return minutes
  }
}
