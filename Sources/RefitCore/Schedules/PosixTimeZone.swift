/// A yearly rule as POSIX writes it in the variable `TZ`, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone: Hashable {
  /// Local time minus UTC outside daylight saving, in seconds.
  let standardOffset: Int64
  private let daylight: Daylight?

  private struct Daylight: Hashable {
    var offset: Int64
    var start: YearlyMoment
    var end: YearlyMoment
  }

  init(_ text: [UInt8]) throws(TimeZoneFileError) {
    var parser = PosixTimeZoneParser(text)
    try parser.skipName()
    standardOffset = -(try parser.time(maximumHours: 24))
    guard !parser.isAtEnd else {
      daylight = nil
      return
    }
    try parser.skipName()
    let offset =
      parser.peek == UInt8(ascii: ",") ? standardOffset + 3600 : -(try parser.time(maximumHours: 24))
    let start = try parser.yearlyMoment()
    let end = try parser.yearlyMoment()
    guard parser.isAtEnd else { throw parser.malformed }
    daylight = Daylight(offset: offset, start: start, end: end)
  }

  /// The changes that the rule makes in these years, ascending in time.
  func changes(inYears years: ClosedRange<Int64>) -> [OffsetChange] {
    guard let daylight else { return [] }
    var changes: [OffsetChange] = []
    for year in years {
      let end = daylight.end.localSecond(inYear: year) - daylight.offset
      let start = daylight.start.localSecond(inYear: year) - standardOffset
      changes.append(OffsetChange(time: end, offset: standardOffset))
      changes.append(OffsetChange(time: start, offset: daylight.offset))
    }
    // Where one daylight saving ends as the next begins, as in zones that keep it all year, the start wins: the
    // sort is stable, and of equal times the last is kept.
    changes.sort {
      ($0.time, $0.offset == daylight.offset ? 1 : 0) < ($1.time, $1.offset == daylight.offset ? 1 : 0)
    }
    var distinct: [OffsetChange] = []
    for change in changes {
      if distinct.last?.time == change.time { distinct.removeLast() }
      distinct.append(change)
    }
    return distinct
  }
}

/// A moment of each year, in local time.
struct YearlyMoment: Hashable {
  enum Day: Hashable {
    /// Weekday (0 is Sunday) of a month, the week from 1 to 5, 5 being the last.
    case weekday(Int64, week: Int64, month: Int64)
    /// 1 to 365; 29 February is never counted.
    case withoutLeapDay(Int64)
    /// 0 to 365; 29 February is counted.
    case withLeapDay(Int64)
  }

  var day: Day
  /// Seconds after local midnight; may be negative or beyond a day.
  var time: Int64

  /// The moment in one year, in local seconds since 1970-01-01 00:00.
  func localSecond(inYear year: Int64) -> Int64 {
    let newYear = CivilDate(firstOf: 1, in: year).daysSinceEpoch
    let days: Int64 =
      switch day {
      case .withLeapDay(let number): newYear + number
      case .withoutLeapDay(let number): newYear + number - (number >= 60 && CivilDate.isLeap(year) ? 0 : 1)
      case .weekday(let weekday, let week, let month): Self.day(weekday, week, month, year)
      }
    return days * 86_400 + time
  }

  private static func day(_ weekday: Int64, _ week: Int64, _ month: Int64, _ year: Int64) -> Int64 {
    let date = CivilDate(firstOf: month, in: year)
    let start = date.daysSinceEpoch
    let first = (weekday - CivilDate.weekday(daysSinceEpoch: start) + 7) % 7
    let wanted = first + 7 * (week - 1)
    return start + (wanted < date.daysInMonth ? wanted : wanted - 7)
  }
}
