/// How often a schedule comes due in one year of its own clock.
public struct ScheduleYear: Hashable, Sendable {
  /// On each day of the year, from 1 January on.
  public private(set) var days: [Int]
  /// In each hour of the day, over the whole year.
  public private(set) var hours: [Int]

  /// A year in which nothing happens.
  public init(_ year: Int64) {
    days = Array(repeating: 0, count: CivilDate.isLeap(year) ? 366 : 365)
    hours = Array(repeating: 0, count: 24)
  }

  /// The occurrences of a schedule in a year; each is counted in `load`, too, `times` over.
  public init(_ year: Int64, of schedule: CronSchedule, load: inout MinuteLoad, times: Int = 1) {
    self.init(year)
    let first = CivilDate(firstOf: 1, in: year).daysSinceEpoch * 1440
    schedule.forEachOccurrence(inYear: year) { minute, second in
      days[Int(minute - first) / 1440] += 1
      hours[Int(minute - first) / 60 % 24] += 1
      load.add(times, at: second)
    }
  }

  /// Adds what another schedule does in the same year.
  public mutating func add(_ other: ScheduleYear) {
    precondition(days.count == other.days.count, "both are of one year")
    for day in days.indices { days[day] += other.days[day] }
    for hour in hours.indices { hours[hour] += other.hours[hour] }
  }

  /// In the whole year.
  public var total: Int { hours.reduce(0, +) }

  /// In each month, from January on.
  public var months: [Int] {
    var rest = days[...]
    return (1...12).map { (month: Int64) in
      // A leap year, and one that is none.
      let length = Int(CivilDate.days(inMonth: month, of: days.count == 366 ? 2000 : 2001))
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length).reduce(0, +)
    }
  }
}
