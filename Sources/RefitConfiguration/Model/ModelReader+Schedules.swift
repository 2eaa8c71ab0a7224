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
    let misfire = readMisfire(map, cron: cron)
    let overlap = readOverlap(map, action)
    let ready = readReady(map)
    guard let cron, let action else { return nil }
    return Schedule(
      name: name, cron: cron, timezone: zone ?? timezone, action: action, misfire: misfire, overlap: overlap,
      ready: ready)
  }

  private func readOverlap(_ schedule: MapReader, _ action: Schedule.Action?) -> Schedule.Overlap {
    if action == .evaluate, let entry = schedule.entry("overlap") {
      diagnostics.error(
        entry.place,
        "'overlap' is for 'do: retrain' only: an evaluation always happens, and its decision is restrained while a "
          + "run is live")
    }
    return schedule.optional("overlap", .choice("overlap", of: Schedule.Overlap.self)) ?? .forbid
  }

  private func readReady(_ schedule: MapReader) -> ReadyRule? {
    guard let map = schedule.map("ready", .ready) else { return nil }
    var rule = ReadyRule(run: map.command())
    rule.every = map.optional("every", .duration) ?? rule.every
    rule.within = map.optional("within", .duration) ?? max(rule.within, rule.every)
    if rule.within < rule.every {
      map.error(
        at: "within",
        "'within' of \(rule.within) is shorter than 'every' of \(rule.every): there would be one check, and no other"
      )
    }
    return rule
  }

  /// A word, or a map that says more.
  private func readMisfire(_ schedule: MapReader, cron: CronExpression?) -> MisfireRule {
    var rule = MisfireRule()
    guard let entry = schedule.entry("misfire") else { return rule }
    let word = ValueKind.choice("misfire", of: MisfireRule.Run.self)
    guard case .map = entry.value.content else {
      rule.run = schedule.optional("misfire", word) ?? rule.run
      return rule
    }
    guard let map = schedule.map("misfire", .misfire) else { return rule }
    rule.run = map.optional("run", word) ?? rule.run
    rule.within = map.optional("within", .duration)
    rule.grace = map.optional("grace", .durationOrZero) ?? min(rule.grace, rule.within ?? rule.grace)
    if let within = rule.within, within < rule.grace {
      map.error(
        at: "within",
        "'within' of \(within) is shorter than the 'grace' of \(rule.grace): what is not late yet would be missed"
      )
    }
    if map.has("grace"), let gap = cron.flatMap(Self.gap), rule.grace >= gap {
      diagnostics.warning(
        map.placeOfValue("grace"),
        "'grace' of \(rule.grace) is not shorter than the \(gap) between occurrences: one that was left out is not "
          + "late yet when the next one comes")
    }
    return rule
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
