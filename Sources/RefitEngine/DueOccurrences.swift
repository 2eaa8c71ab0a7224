import RefitCore
import RefitStore

/// What is due of a schedule, and what is to become of each occurrence of it.
struct DueOccurrences {
  let key: ScheduleKey
  let cron: CronSchedule
  let now: Instant
  /// To be acted on, the oldest first.
  let acted: [Instant]
  /// What nobody acts on; all of it is older.
  let passed: [PassedOccurrences]

  init(_ due: DueSchedule, of schedule: Schedule, _ cron: CronSchedule, at now: Instant) {
    key = due.key
    self.cron = cron
    self.now = now
    let before = Instant(microseconds: due.nextDue.microseconds - 1)
    // What was announced has come due, even where the zone's newest data know of no such occurrence.
    let announced = cron.next(after: before) == due.nextDue ? [] : [due.nextDue]
    let newest = announced + cron.newest(MisfireRule.most, after: before, through: now)
    let plan = schedule.misfire.plan(from: due.nextDue, newest: newest, at: now)
    acted = plan.acted
    passed = plan.passed.flatMap { passing in
      let alone = PassedOccurrences(
        announced.filter(passing.stretch.contains), outcome: passing.outcome, because: passing.because)
      return [alone, PassedOccurrences(of: cron, in: passing)].compactMap(\.self)
    }
  }

  /// When the schedule is due next, once this one has been acted on.
  func next(after index: Int) -> Instant? {
    index + 1 < acted.count ? acted[index + 1] : cron.next(after: now)
  }
}
