/// A date and time of day as a clock on the wall shows it, to the minute.
public struct LocalTime: Hashable, Sendable, CustomStringConvertible {
  /// The day.
  public let date: CivilDate
  /// The hour, from 0 to 23.
  public let hour: Int64
  /// The minute, from 0 to 59.
  public let minute: Int64

  /// The local time that many minutes after 1970-01-01 00:00 on the same clock.
  init(minuteNumber: Int64) {
    let days = Instant.floorDivide(minuteNumber, 1440)
    date = CivilDate(daysSinceEpoch: days)
    hour = (minuteNumber - days * 1440) / 60
    minute = (minuteNumber - days * 1440) % 60
  }

  /// The local time at an instant, seconds left out.
  public init(_ instant: Instant, in timeZone: TimeZoneRules) {
    self.init(minuteNumber: Instant.floorDivide(instant.seconds + Int64(timeZone.offset(at: instant)), 60))
  }

  /// `2026-03-29 02:15`.
  public var description: String {
    "\(date) \(Instant.padded(hour, 2)):\(Instant.padded(minute, 2))"
  }
}
