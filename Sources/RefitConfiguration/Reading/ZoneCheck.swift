import RefitCore

/// Tells whether time zones exist and what their clocks do to schedules, asking for each one once.
final class ZoneCheck {
  private let zoneExists: (String) -> Bool
  private var known: [String: Bool] = [:]
  /// The rules of a zone; nil for one that does not exist.
  private let rules: (String) -> TimeZoneRules?
  private var knownRules: [String: TimeZoneRules] = [:]
  private let now: (Project.Clock) -> Instant?
  /// The beginning of the year that is looked at; nil where none is.
  private var start: Instant?

  /// A check that looks at no year, and so tells of no clock change.
  init(_ zoneExists: @escaping (String) -> Bool) {
    self.zoneExists = zoneExists
    rules = { _ in nil }
    now = { _ in nil }
  }

  /// A check that tells of the clock changes in the coming year, too.
  init(rules: @escaping (String) -> TimeZoneRules?, now: @escaping (Project.Clock) -> Instant) {
    zoneExists = { rules($0) != nil }
    self.rules = rules
    self.now = now
  }

  /// From here on the coming year is that of this clock.
  func look(by clock: Project.Clock) {
    start = now(clock)
  }

  /// The zone that the map names; nil when it names none, and when there is no such zone, which is reported.
  func zone(_ map: MapReader) -> String? {
    guard let zone = map.optional("timezone", .text) else { return nil }
    if exists(zone) { return zone }
    let name = YAMLScalar.quoted(zone)
    map.error(at: "timezone", "unknown time zone \(name): names look like Europe/Berlin or UTC")
    return nil
  }

  /// The clock changes of the year that is looked at, as far as they concern a schedule.
  func irregularities(of schedule: Schedule) -> [ScheduleIrregularity] {
    guard let start, let rules = knownRules[schedule.timezone] ?? rules(schedule.timezone) else { return [] }
    knownRules[schedule.timezone] = rules
    return CronSchedule(schedule.cron, in: rules).irregularities(inYearAfter: start)
  }

  private func exists(_ zone: String) -> Bool {
    if let answer = known[zone] { return answer }
    let answer = zoneExists(zone)
    known[zone] = answer
    return answer
  }
}
