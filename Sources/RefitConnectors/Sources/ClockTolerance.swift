import RefitCore

/// Clocks differ a little between machines; what is further ahead than that has not happened yet.
enum ClockTolerance {
  static let ahead = Timespan.minutes(5)

  /// Throws when `instant` is more than five minutes after `now`.
  static func check(_ instant: Instant, called name: String, now: Instant) throws(LineRefusal) {
    // Compared by difference, so that the end of time does not overflow.
    guard instant > now, instant - now > ahead else { return }
    throw LineRefusal(
      "\(name) \(instant) is in the future: it may be at most five minutes ahead of now, \(now)")
  }
}
