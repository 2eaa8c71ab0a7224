import RefitCore

extension ModelReader {
  mutating func readSchedules() {
    guard let entry = map.entry("schedules") else { return map.missing("schedules") }
    guard let map = MapReader(names: entry.value, "'schedules'", at: entry.place, diagnostics: diagnostics)
    else {
      return
    }
    if map.isEmpty { diagnostics.error(entry.value.place, "'schedules' may not be empty") }
    for (name, entry) in map.named("schedule") {
      if let schedule = readSchedule(name, entry) {
        warnOfNoEffect(schedule, at: entry.place)
        warnOfClockChanges(schedule, at: entry.place)
        schedules.append(schedule)
      }
    }
  }

  private func readSchedule(_ name: Name, _ entry: YAMLEntry) -> Schedule? {
    let title = "schedule '\(name)'"
    guard let map = MapReader(entry.value, .schedule, title, at: entry.place, diagnostics: diagnostics) else {
      return nil
    }
    let hash = CronHash(project: project, model: self.name, schedule: name)
    let cron = map.required("cron", .cron(hash))
    let action = map.required("do", .choice("action", of: Schedule.Action.self))
    let zone = zones.zone(map)
    let isMap = map.refusesMap("misfire")
    let misfire =
      isMap
      ? nil
      : map.optional("misfire", .choice("misfire", of: Schedule.Misfire.self, later: LaterWords.misfires))
    guard let cron, let action else { return nil }
    return Schedule(
      name: name, cron: cron, timezone: zone ?? timezone, action: action, misfire: misfire ?? .once)
  }

  private func warnOfNoEffect(_ schedule: Schedule, at place: Place) {
    let title = "schedule '\(schedule.name)'"
    let decides = map.entry("retrain").map { entry in
      guard case .map(let entries) = entry.value.content else { return true }
      return entries.contains { $0.key == "when" }
    }
    switch schedule.action {
    case .retrain where mode == .observe:
      diagnostics.warning(place, "\(title) has no effect: with 'mode: observe' nothing is retrained")
    case .evaluate where !map.has("monitors") && decides != true:
      diagnostics.warning(
        place, "\(title) decides nothing: there are no 'monitors', and 'retrain' has no 'when'")
    default: break
    }
  }

  private func warnOfClockChanges(_ schedule: Schedule, at place: Place) {
    for change in zones.irregularities(of: schedule) where change.isSkippedOrDoubled {
      diagnostics.warning(place, "schedule '\(schedule.name)': \(change.sentence(in: schedule.timezone))")
    }
  }

  /// The shortest time between two of the next evaluations of any schedule; nil where there is none.
  var shortestGap: (schedule: Name, gap: Timespan)? {
    let gaps = schedules.filter { $0.action == .evaluate }.compactMap { schedule in
      Self.gap(of: schedule.cron).map { (schedule: schedule.name, gap: $0) }
    }
    return gaps.min { $0.gap < $1.gap }
  }

  private static func gap(of cron: CronExpression) -> Timespan? {
    // Clock changes don't matter here, and any beginning will do.
    let schedule = CronSchedule(cron, in: .utc)
    var last = schedule.next(after: Instant(seconds: 0))
    var shortest: Timespan?
    for _ in 0..<64 {
      guard let instant = last, let next = schedule.next(after: instant) else { break }
      shortest = min(shortest ?? next - instant, next - instant)
      last = next
    }
    return shortest
  }
}
