import RefitCore

/// A year of schedules: what runs when, where clocks change under them, and where they collide.
struct YearCalendar {
  /// One schedule's year.
  struct Line {
    var schedule: ShownSchedule
    var year: ScheduleYear
    var changes: [ScheduleIrregularity]
  }

  /// Schedules that begin at the same minute.
  struct Crowd {
    var collision: MinuteLoad.Collision
    /// Those of the first minute that has the most.
    var schedules: [ShownSchedule]
  }

  let year: Int64
  let title: String
  /// In the order in which they were given.
  let lines: [Line]
  /// Of all schedules together, each day and hour by the schedule's own clock.
  let sum: ScheduleYear
  /// The most crowded first.
  let crowds: [Crowd]

  /// The times of day that are shown, of those at which schedules collide.
  private static let mostCrowds = 5

  /// Counts a year; a minute that is shared is one by UTC, every other time is of the schedule's own clock.
  init(_ year: Int64, title: String, schedules: [ShownSchedule]) {
    self.year = year
    self.title = title
    var load = MinuteLoad(year: year)
    // Of a thousand schedules that are written alike one is counted, a thousand times over.
    var alike: [CronSchedule: Int] = [:]
    for schedule in schedules { alike[schedule.cron, default: 0] += 1 }
    let counted = Dictionary(
      uniqueKeysWithValues: alike.map { cron, times in
        (cron, (ScheduleYear(year, of: cron, load: &load, times: times), Self.changes(of: cron, in: year)))
      })
    lines = schedules.map { schedule in
      guard let (days, changes) = counted[schedule.cron] else { preconditionFailure("each was counted") }
      return Line(schedule: schedule, year: days, changes: changes)
    }
    sum = lines.reduce(into: ScheduleYear(year)) { $0.add($1.year) }
    crowds = load.collisions(limit: Self.mostCrowds).map { collision in
      Crowd(collision: collision, schedules: schedules.filter { $0.cron.isDue(in: collision.first) })
    }
  }

  /// The clock changes whose local time lies in the year.
  private static func changes(of cron: CronSchedule, in year: Int64) -> [ScheduleIrregularity] {
    guard let start = Instant("\(year)-01-01"), let end = Instant("\(year)-12-31") else { return [] }
    let days = Timespan(seconds: 3 * 86_400)
    return cron.irregularities(after: start - days, through: end + days).filter {
      $0.localTime.date.year == year
    }
  }

  /// A change of a clock, and every schedule that it does the same to.
  struct Change {
    var irregularity: ScheduleIrregularity
    var zone: String
    var schedules: [ShownSchedule]
  }

  /// The clock changes that concern schedules, in order; alike ones together.
  var changes: [Change] {
    struct Key: Hashable {
      var irregularity: ScheduleIrregularity
      var zone: String
    }
    var alike: [Key: [ShownSchedule]] = [:]
    for line in lines {
      for change in line.changes {
        alike[Key(irregularity: change, zone: line.schedule.zone), default: []].append(line.schedule)
      }
    }
    return alike.map { Change(irregularity: $0.irregularity, zone: $0.zone, schedules: $1) }.sorted {
      ($0.irregularity.transition, $0.zone, "\($0.irregularity.localTime)", $0.irregularity.count)
        < ($1.irregularity.transition, $1.zone, "\($1.irregularity.localTime)", $1.irregularity.count)
    }
  }
}
