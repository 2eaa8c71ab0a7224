/// A cron expression in a time zone, with Debian cron's rules where the clock is changed.
///
/// A wildcard expression follows the real clock. Any other keeps its local time: where the clock jumps over it
/// (by less than three hours) it runs once, at the first minute after; where the clock goes back over it (by less
/// than three hours) it runs in the first pass only. Larger changes replay nothing and suppress nothing.
public struct CronSchedule: Sendable, Hashable {
  /// When it is due, in local time.
  public let expression: CronExpression
  /// The zone that tells the local time.
  public let timeZone: TimeZoneRules

  /// A schedule that follows an expression in a zone.
  public init(_ expression: CronExpression, in timeZone: TimeZoneRules) {
    self.expression = expression
    self.timeZone = timeZone
  }

  /// Clock changes of three hours and more are corrections of the calendar, not daylight saving.
  static let largeChange: Int64 = 3 * 3600

  private static let daySeconds: Int64 = 86_400

  /// The first occurrence strictly later than `instant`; nil when none follows within 400 years.
  public func next(after instant: Instant) -> Instant? {
    let (earliest, overflow) = instant.seconds.addingReportingOverflow(1)
    guard !overflow, let second = firstOccurrence(from: earliest) else { return nil }
    let isRepresentable = second <= Int64.max / 1_000_000
    return isRepresentable ? Instant(seconds: second) : nil
  }

  /// The occurrences later than `start` and not later than `end`, ascending, at most `limit` of them.
  public func occurrences(after start: Instant, through end: Instant, limit: Int) -> [Instant] {
    var occurrences: [Instant] = []
    var current = start
    while occurrences.count < limit, let following = next(after: current), following <= end {
      occurrences.append(following)
      current = following
    }
    return occurrences
  }

  private func firstOccurrence(from earliest: Int64) -> Int64? {
    let horizon = earliest + 146_097 * Self.daySeconds
    var from = earliest
    while from <= horizon {
      let span = timeZone.span(at: from)
      if let replay = replay(at: span), replay >= from { return replay }
      guard let minute = expression.firstMinute(from: firstLocalMinute(in: span, from: from)) else {
        return nil
      }
      let candidate = minute * 60 - span.offset
      guard let end = span.end, candidate >= end else { return candidate }
      // Within three days a clock that goes back may show again what lies behind; later on, nothing can come
      // before the local time that was found.
      from = end - from >= 3 * Self.daySeconds ? max(end, candidate - 3 * Self.daySeconds) : end
    }
    return nil
  }

  /// The first local minute that a search from `second` may find in a span.
  func firstLocalMinute(in span: OffsetSpan, from second: Int64) -> Int64 {
    let local = Self.minute(notBefore: second + span.offset)
    guard let start = span.start, !expression.isWildcard, -Self.largeChange < span.jump, span.jump < 0 else {
      return local
    }
    return max(local, Self.minute(notBefore: start + span.previousOffset))
  }

  /// The first minute after a gap, when a fixed expression falls into the gap at the beginning of the span.
  func replay(at span: OffsetSpan) -> Int64? {
    guard let start = span.start, !expression.isWildcard, 0 < span.jump, span.jump < Self.largeChange else {
      return nil
    }
    let firstAfter = Self.minute(notBefore: start + span.offset)
    let missed = expression.firstMinute(from: Self.minute(notBefore: start + span.previousOffset))
    guard let missed, missed < firstAfter else { return nil }
    return firstAfter * 60 - span.offset
  }

  /// The first whole minute at or after a local second.
  static func minute(notBefore second: Int64) -> Int64 { Instant.floorDivide(second + 59, 60) }
}
