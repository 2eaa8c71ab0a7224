import RefitCore

/// The next occurrences of schedules, for people and for programs.
enum Upcoming {
  /// Each schedule by itself: its next occurrences, and where its clock's changes concern it.
  static func tell(_ schedules: [ShownSchedule], next count: Int, after start: Instant) {
    for (number, schedule) in schedules.enumerated() {
      if number > 0 { say("") }
      let action = schedule.action.map { ", do \($0.rawValue)" } ?? ""
      let name = schedule.name.map { "\($0): " } ?? ""
      say(Terminal.standardOutput.styled("\(name)\(schedule.rule)\(action)", .bold))
      let occurrences = schedule.cron.next(count, after: start)
      if occurrences.isEmpty {
        say("  never: no such time comes in \(schedule.zone) within 400 years")
        continue
      }
      for occurrence in occurrences {
        let local = LocalTime(occurrence, in: schedule.cron.timeZone)
        // In UTC both clocks say the same.
        let clock = schedule.zone == "UTC" ? "" : "\(local.weekday) \(local) \(schedule.zone)  "
        let weekday = schedule.zone == "UTC" ? "\(local.weekday) " : ""
        say("  \(clock)\(weekday)\(occurrence)  \(ReaderTime.relative(occurrence, to: start))")
      }
      for irregularity in schedule.cron.irregularities(inYearAfter: start) {
        say("  note: \(irregularity.sentence(in: schedule.zone))")
      }
    }
  }

  /// The next occurrences of a whole project, in the order in which they come.
  static func tellTogether(_ schedules: [ShownSchedule], next count: Int, after start: Instant) {
    var table = TextTable([.init("UTC"), .init("local time"), .init("schedule"), .init("do"), .init("")])
    for (schedule, occurrence) in merged(schedules, next: count, after: start) {
      let local = LocalTime(occurrence, in: schedule.cron.timeZone)
      table.append([
        .init("\(occurrence)"), .init("\(local.weekday) \(local) \(schedule.zone)"), .init(schedule.title),
        .init(schedule.action?.rawValue ?? ""), .init(ReaderTime.relative(occurrence, to: start), .dim),
      ])
    }
    say(table.rendered(for: .standardOutput), terminator: "")
    let changes = schedules.flatMap { schedule in
      schedule.cron.irregularities(inYearAfter: start).filter(\.isSkippedOrDoubled).map {
        "note: \(schedule.title): \($0.sentence(in: schedule.zone))"
      }
    }
    for change in changes.prefix(mostNotes) { say(change) }
    if changes.count > mostNotes {
      say("note: \(PersonNumber.count(changes.count - mostNotes)) more; 'refit schedule --calendar' has all")
    }
  }

  private static let mostNotes = 10

  /// The next occurrences of all schedules together; of equal ones, the schedule that is named first.
  static func merged(
    _ schedules: [ShownSchedule], next count: Int, after start: Instant
  ) -> [(schedule: ShownSchedule, occurrence: Instant)] {
    var heads = schedules.map { $0.cron.next(after: start) }
    var found: [(ShownSchedule, Instant)] = []
    while found.count < count {
      var first: Int?
      for (index, head) in heads.enumerated() {
        guard let head else { continue }
        if first.flatMap({ heads[$0] }).map({ head < $0 }) ?? true { first = index }
      }
      guard let first, let occurrence = heads[first] else { break }
      found.append((schedules[first], occurrence))
      heads[first] = schedules[first].cron.next(after: occurrence)
    }
    return found
  }
}

extension CronSchedule {
  /// The next occurrences after an instant, at most so many.
  func next(_ count: Int, after start: Instant) -> [Instant] {
    occurrences(after: start, through: Instant(microseconds: .max), limit: count)
  }
}

extension LocalTime {
  /// `Mon` to `Sun`.
  var weekday: String {
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let day = date.daysSinceEpoch % 7
    return names[Int(day < 0 ? day + 7 : day)]
  }
}
