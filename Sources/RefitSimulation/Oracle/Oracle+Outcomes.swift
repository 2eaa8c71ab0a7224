extension Oracle {
  /// Occurrences that were recorded together, with what became of them.
  struct Recorded {
    var keys: [OccurrenceKey]
    var state: String
    /// Seconds since 1970, by the wall clock of then.
    var at: Int64
  }

  /// What has become of each new occurrence, and what began to wait, is what the schedule's rule allows.
  func checkOutcomes(_ found: [Recorded]) throws {
    var due: [String: [Int64]] = [:]
    var decided: [String: [Int64]] = [:]
    for recorded in found {
      for key in recorded.keys {
        try check(key, recorded.state, at: recorded.at, &due)
        let ready = timeline.segments[key.name]?.last?.settings.ready
        if recorded.state == "decided", ready == nil {
          decided["\(key.name) at \(recorded.at)", default: []].append(key.nominal)
        }
      }
    }
    let started = begun
    begun = []
    for key in started { try check(key, "waits", at: waitedSince[key]!, &due) }
    for (batch, nominals) in decided.sorted(by: { $0.key < $1.key }) {
      guard nominals == nominals.sorted(), nominals.count <= ScheduleSettings.Misfire.most else {
        throw Violation(
          .misfire, "\(batch): \(nominals.count) were decided, or not the oldest first")
      }
    }
  }

  private func check(_ key: OccurrenceKey, _ state: String, at: Int64, _ due: inout [String: [Int64]]) throws
  {
    let segments = timeline.segments[key.name, default: []].filter {
      $0.start < key.seconds && $0.expected.contains(key.seconds)
    }
    guard key.nominal % 1_000_000 == 0, !segments.isEmpty else {
      throw Violation(.occurrenceOnce, "\(key) was recorded, and its schedule has no such occurrence")
    }
    guard key.seconds <= at else {
      throw Violation(.occurrenceOnce, "\(key) was recorded before it was due")
    }
    try checkReady(key, state, at: at, segments)
    // Who waited was judged when it began to.
    let judgedAt = state == "waits" ? at : waitedSince[key] ?? at
    var reasons: [String] = []
    for segment in segments {
      let newer = Self.newer(than: key, through: judgedAt, segment, &due)
      guard let reason = refusal(of: key, state, at: at, judgedAt: judgedAt, newer: newer, segment) else {
        return
      }
      reasons.append(reason)
    }
    throw Violation(.misfire, "\(key) \(state) at \(spoken(at)): \(reasons.joined(separator: "; "))")
  }

  /// How many occurrences of the schedule are newer than this one and due by a time.
  private static func newer(
    than key: OccurrenceKey, through end: Int64, _ segment: Timeline.Segment, _ due: inout [String: [Int64]]
  ) -> Int {
    // The schedule's rhythm and zone say the same of all rows that were recorded at once.
    let name = "\(key.name) \(segment.settings.rhythm.cron) \(segment.settings.zone) \(end)"
    if due[name] == nil || due[name]!.first.map({ $0 > key.seconds }) ?? true {
      due[name] = segment.expected.instants(from: key.seconds, to: end + 1)
    }
    return due[name]!.reversed().prefix { $0 > key.seconds }.count
  }

  /// Why the specification does not allow this outcome; nil when it does.
  private func refusal(
    of key: OccurrenceKey, _ state: String, at: Int64, judgedAt: Int64, newer: Int,
    _ segment: Timeline.Segment
  ) -> String? {
    let rule = segment.settings.rule
    let late = judgedAt - key.seconds
    let isTooLate = rule.within.map { late > $0 } ?? false
    let isPastGrace = rule.run == .skip && late > rule.grace
    let isTooOld = rule.run == .all && newer >= ScheduleSettings.Misfire.most
    switch state {
    case "decided", "waits":
      // What a process of its own observes is decided as it was begun, however long that took.
      if timeline.current?.leavesWork == true { return nil }
      if isTooLate { return "it was later than 'within'" }
      if isPastGrace { return "it was later than its grace" }
      if isTooOld { return "\(newer) are newer" }
      return rule.run == .all || newer == 0 ? nil : "\(newer) newer ones were due"
    case "missed":
      let isGivenUp = segment.settings.ready.map { judgedAt + $0.within <= at } ?? false
      return isTooLate || isGivenUp || segment.end == at
        ? nil : "it was not too late, and its schedule stayed"
    case "skipped":
      if isTooLate { return "it was later than 'within', which goes first" }
      return isPastGrace || isTooOld ? nil : "it was not late enough for 'misfire: \(rule.run.rawValue)'"
    case "coalesced":
      if rule.run == .all, !segment.settings.isQueue { return "'misfire: all' runs each" }
      if timeline.current?.leavesWork != true {
        if isTooLate { return "it was later than 'within'" }
        if isPastGrace { return "it was later than its grace" }
      }
      return hasHeir(key, through: at) ? nil : "no newer one stands for it"
    default: return "nobody knows such an outcome"
    }
  }

  /// Whether a newer occurrence that was due is or will be decided in the place of this one.
  private func hasHeir(_ key: OccurrenceKey, through end: Int64) -> Bool {
    heirs[key.name, default: []].contains { other in
      other.nominal > key.nominal && other.seconds <= end
        && (occurrences[other] == "decided" || waitedSince[other] != nil)
    }
  }
}
