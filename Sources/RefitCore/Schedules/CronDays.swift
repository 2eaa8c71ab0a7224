/// The dates that day of month, month and day of week match together.
struct CronDays: Sendable {
  /// Bit n is set where day n of a month matches.
  private let daysOfMonth: UInt64
  private let months: UInt64
  /// For each weekday that a month may begin with: bit n is set where day n falls on a matching weekday.
  private let weekdayMasks: [UInt64]
  private let needsBoth: Bool

  /// Debian's rule: one of the two day fields is enough, unless one of them starts with `*`; then both must match.
  init(daysOfMonth: CronFieldValues, months: CronFieldValues, daysOfWeek: CronFieldValues) {
    self.daysOfMonth = daysOfMonth.bits
    self.months = months.bits
    needsBoth = daysOfMonth.startsWithStar || daysOfWeek.startsWithStar
    weekdayMasks = (0..<7).map { first in
      (1...31).reduce(0) { mask, day in
        daysOfWeek.bits >> UInt64((first + day - 1) % 7) & 1 == 1 ? mask | 1 << UInt64(day) : mask
      }
    }
  }

  /// Whether no date ever matches. (A date that exists falls on every weekday within 400 years.)
  var isEmpty: Bool {
    guard needsBoth else { return false }
    let longest = (1...12).filter { months >> UInt64($0) & 1 == 1 }.map {
      CivilDate.days(inMonth: $0, of: 2000)
    }.max()
    return daysOfMonth.trailingZeroBitCount > longest ?? 0
  }

  /// Whether the day, counted from 1970-01-01, matches.
  func contains(_ day: Int64) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    return matches(in: date, startingOn: day - date.day + 1) >> UInt64(date.day) & 1 == 1
  }

  /// The first matching day at or after `day`, both counted from 1970-01-01; nil when there is none within 400
  /// years.
  func first(from day: Int64) -> Int64? {
    var date = CivilDate(daysSinceEpoch: day)
    var start = day - date.day + 1
    let lastYear = date.year + 400
    while date.year <= lastYear {
      let rest = matches(in: date, startingOn: start) >> UInt64(date.day)
      if rest != 0 { return start + date.day - 1 + Int64(rest.trailingZeroBitCount) }
      start += date.daysInMonth
      date = date.startOfNextMonth
    }
    return nil
  }

  /// The matching days of a month, bit n for day n.
  private func matches(in date: CivilDate, startingOn start: Int64) -> UInt64 {
    guard months >> UInt64(date.month) & 1 == 1 else { return 0 }
    let byWeekday = weekdayMasks[Int(CivilDate.weekday(daysSinceEpoch: start))]
    let matching = needsBoth ? daysOfMonth & byWeekday : daysOfMonth | byWeekday
    return matching & ((2 << UInt64(date.daysInMonth)) - 1)
  }
}
