import Glibc
import RefitCore

/// Instants as the reader's own clock shows them.
struct ReaderTime: Sendable {
  /// Local time minus UTC in seconds at an instant, and what the zone is called then: `CET`.
  typealias Zone = @Sendable (Instant) -> (offset: Int64, name: String)

  private let zone: Zone

  init(zone: @escaping Zone) {
    self.zone = zone
  }

  static let utc = ReaderTime { _ in (0, "UTC") }

  /// The zone of `TZ`, or of `/etc/localtime`.
  static let system: ReaderTime = {
    tzset()
    return ReaderTime { instant in
      var seconds = time_t(instant.seconds)
      var local = tm()
      guard localtime_r(&seconds, &local) != nil else { return (0, "UTC") }
      return (Int64(local.tm_gmtoff), local.tm_zone.map { String(cString: $0) } ?? "UTC")
    }
  }()

  /// `2026-11-23 05:32 CET`, seconds left out.
  func text(_ instant: Instant) -> String {
    let (offset, name) = zone(instant)
    let shifted = Instant(seconds: instant.seconds + offset).description
    return "\(shifted.prefix(10)) \(shifted.dropFirst(11).prefix(5)) \(ShownText(name).text)"
  }

  private static let units: [(noun: String, seconds: Int64, enough: Int64)] = [
    ("year", 31_556_952, 2 * 31_556_952), ("month", 2_629_746, 2 * 2_629_746), ("day", 86_400, 2 * 86_400),
    ("hour", 3600, 3600), ("minute", 60, 60), ("second", 1, 1),
  ]

  /// `now`, `in 3 days`, `2 hours ago`: in the largest unit of which there are enough, rounded towards now.
  static func relative(_ instant: Instant, to now: Instant) -> String {
    let distance = instant - now
    let seconds = abs(distance.seconds)
    guard let unit = units.first(where: { seconds >= $0.enough }) else { return "now" }
    let amount = PersonNumber.count(Int(seconds / unit.seconds), unit.noun)
    return distance > .zero ? "in \(amount)" : "\(amount) ago"
  }
}
