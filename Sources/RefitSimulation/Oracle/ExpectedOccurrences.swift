/// When a schedule comes due, by plain arithmetic from the words of the design: fixed schedules keep their local
/// time, run once at the first minute after a gap that they fall into and in the first pass of an overlap; wildcard
/// ones follow the real clock. All times are seconds since 1970.
struct ExpectedOccurrences: Sendable {
  let rhythm: Rhythm
  let zone: ZoneOffsets

  init(_ rhythm: Rhythm, zone: String) {
    self.rhythm = rhythm
    self.zone = .of(zone)
  }

  /// All in `first..<end`, ascending.
  func instants(from first: Int64, to end: Int64) -> [Int64] {
    guard first < end else { return [] }
    return rhythm.isWildcard ? wildcard(first, end) : fixed(first, end)
  }

  func contains(_ instant: Int64) -> Bool { instants(from: instant, to: instant + 1) == [instant] }

  /// Every minute of the real clock whose local time matches.
  private func wildcard(_ first: Int64, _ end: Int64) -> [Int64] {
    var instants: [Int64] = []
    var instant = Self.ceiling(first, 60) * 60
    while instant < end {
      let local = instant + zone.offset(at: instant)
      let minute = Self.floor(local, 60)
      let isDue: Bool
      switch rhythm {
      case .everyMinutes(let step): isDue = Self.modulo(minute, 60) % Int64(step) == 0
      case .everyHours(let step, let at):
        isDue =
          Self.modulo(minute, 60) == Int64(at) && Self.modulo(Self.floor(minute, 60), 24) % Int64(step) == 0
      case .daily, .weekly, .monthly: isDue = false
      }
      if isDue { instants.append(instant) }
      instant += 60
    }
    return instants
  }

  /// One a matching local date.
  private func fixed(_ first: Int64, _ end: Int64) -> [Int64] {
    let day: Int64 = 86_400
    var instants: [Int64] = []
    for date in Self.floor(first, day) - 2...Self.floor(end, day) + 2 where isDue(date) {
      let instant = firstPass(of: date * day + timeOfDay)
      if instant >= first, instant < end, instants.last != instant { instants.append(instant) }
    }
    return instants
  }

  private var timeOfDay: Int64 {
    switch rhythm {
    case .daily(let hour, let minute), .weekly(_, let hour, let minute), .monthly(_, let hour, let minute):
      Int64(hour * 3600 + minute * 60)
    case .everyMinutes, .everyHours: 0
    }
  }

  private func isDue(_ date: Int64) -> Bool {
    switch rhythm {
    case .daily: true
    // 1970-01-01 was a Thursday.
    case .weekly(let day, _, _): Self.modulo(date + 4, 7) == Int64(day)
    case .monthly(let day, _, _): Self.dayOfMonth(date) == Int64(day)
    case .everyMinutes, .everyHours: false
    }
  }

  /// The first instant that shows this local time; where none does, the first after the gap.
  private func firstPass(of local: Int64) -> Int64 {
    let shown = zone.offsets.map { local - $0 }.filter { zone.offset(at: $0) == local - $0 }
    if let first = shown.min() { return first }
    let gap = zone.changes.first { change in
      change.from != .min && change.from + change.offset > local
        && change.from + zone.offset(at: change.from - 1) <= local
    }
    guard let gap else { preconditionFailure("the local time \(local) is neither shown nor in a gap") }
    return Self.ceiling(gap.from, 60) * 60
  }

  private static func dayOfMonth(_ date: Int64) -> Int64 {
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    let shifted = date + 719_468
    let dayOfEra = modulo(shifted, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return dayOfYear - (153 * month + 2) / 5 + 1
  }

  private static func floor(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    (dividend - modulo(dividend, divisor)) / divisor
  }

  private static func ceiling(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    floor(dividend + divisor - 1, divisor)
  }

  private static func modulo(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let rest = dividend % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
