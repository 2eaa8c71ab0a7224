import RefitCore

extension YearCalendar {
  /// The calendar for programs: everything, with times in UTC.
  var answer: Answer {
    let first = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
    return Answer(
      year: year, starts: sum.total,
      schedules: lines.map { line in
        ScheduleAnswer(
          schedule: ShownScheduleAnswer(line.schedule), starts: line.year.total, months: line.year.months,
          changes: line.changes.map(ChangeAnswer.init))
      },
      days: sum.days.enumerated().map { offset, count in
        DayAnswer(date: "\(CivilDate(daysSinceEpoch: first + Int64(offset)))", starts: count)
      },
      hours: sum.hours,
      collisions: crowds.map { crowd in
        CollisionAnswer(
          time: Self.time(crowd.collision.minuteOfDay), starts: crowd.collision.most,
          days: crowd.collision.days, first: crowd.collision.first, schedules: crowd.schedules.map(\.title))
      })
  }

  struct Answer: Encodable {
    var year: Int64
    var starts: Int
    var schedules: [ScheduleAnswer]
    /// By the clock of each schedule.
    var days: [DayAnswer]
    /// By the clock of each schedule: over the year, from midnight on.
    var hours: [Int]
    var collisions: [CollisionAnswer]
  }

  struct ScheduleAnswer: Encodable {
    var schedule: ShownScheduleAnswer
    var starts: Int
    var months: [Int]
    var changes: [ChangeAnswer]

    func encode(to encoder: any Encoder) throws {
      try schedule.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(starts, forKey: .starts)
      try container.encode(months, forKey: .months)
      try container.encode(changes, forKey: .changes)
    }

    private enum CodingKeys: String, CodingKey {
      case starts, months
      case changes = "clock_changes"
    }
  }

  struct DayAnswer: Encodable {
    var date: String
    var starts: Int
  }

  struct CollisionAnswer: Encodable {
    /// Of the day, by UTC.
    var time: String
    /// The most on one day.
    var starts: Int
    /// On which two or more collide.
    var days: Int
    /// The first minute that has the most.
    var first: Instant
    /// Those of that minute.
    var schedules: [String]
  }

  struct ChangeAnswer: Encodable {
    var effect: String
    /// The first local time concerned, by the schedule's own clock.
    var local: String
    /// How many local times are concerned.
    var count: Int
    /// When the clock changes.
    var transition: Instant
    /// When the first local time runs, in spite or because of the change.
    var runs: [Instant]

    init(_ change: ScheduleIrregularity) {
      local = "\(change.localTime)"
      count = change.count
      transition = change.transition
      switch change.effect {
      case .skipped: (effect, runs) = ("skipped", [])
      case .moved(let instant): (effect, runs) = ("moved", [instant])
      case .doubled(let first, let second): (effect, runs) = ("doubled", [first, second])
      }
    }
  }
}
