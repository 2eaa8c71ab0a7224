/// What the ledger's events say happened, in their order: which configuration was in force, and which runs lived.
struct Timeline {
  /// A schedule from the moment at which it came in force, and until it changed or went.
  struct Segment {
    var settings: ScheduleSettings
    var expected: ExpectedOccurrences
    /// Seconds since 1970, as the wall clock showed then.
    var start: Int64
    var end: Int64?
    /// Up to here each occurrence was found to be recorded.
    var checkedThrough: Int64
  }

  struct EndedRun {
    var state: String
    var at: Int64
  }

  /// The newest configuration in force.
  var current: ProjectSettings?
  /// By `model/schedule`, in order of time; the last one is in force if it has no end.
  var segments: [String: [Segment]] = [:]
  /// By model: the number of its live run.
  var live: [String: Int] = [:]
  var ended: [String: [EndedRun]] = [:]
  /// Pauses that last, by model (empty: the project) and origin: until when, if that is fixed.
  var pauses: [String: [String: Int64?]] = [:]
  /// The latest time that any event tells of, or at which a person accepted the clock.
  var reached = Int64.min
  /// By run: what its model said when it was opened.
  var settings: [String: ModelSettings] = [:]

  /// Puts a configuration in force; returns the segments that end with it.
  mutating func apply(_ settings: ProjectSettings, at now: Int64) -> [(key: String, segment: Segment)] {
    var closed: [(String, Segment)] = []
    var kept: Set<String> = []
    for model in settings.models {
      for schedule in model.schedules {
        let key = "\(model.name)/\(schedule.name)"
        kept.insert(key)
        if let open = segments[key]?.last, open.end == nil {
          if open.settings.isSame(as: schedule) {
            segments[key]![segments[key]!.count - 1].settings = schedule
            continue
          }
          closed.append(close(key, at: now))
        }
        segments[key, default: []].append(
          Segment(
            settings: schedule, expected: ExpectedOccurrences(schedule.rhythm, zone: schedule.zone),
            start: now,
            checkedThrough: now))
      }
    }
    for key in segments.keys.sorted() where !kept.contains(key) && segments[key]!.last!.end == nil {
      closed.append(close(key, at: now))
    }
    current = settings
    return closed
  }

  func isPaused(_ model: String, at now: Int64) -> Bool {
    [model, ""].flatMap { Array(pauses[$0, default: [:]].values) }.contains { until in
      until.map { now < $0 } ?? true
    }
  }

  /// A clock that is so far behind the record is not gone by.
  static let tolerance: Int64 = 3 * 3600

  func isBehind(_ now: Int64) -> Bool { reached > .min && now < reached - Self.tolerance }

  /// A person says that the clock is right: each schedule starts from now.
  mutating func accept(at now: Int64) {
    reached = now
    for key in segments.keys.sorted() where segments[key]!.last!.end == nil {
      var next = segments[key]!.last!
      _ = close(key, at: now)
      (next.start, next.checkedThrough) = (now, now)
      segments[key]!.append(next)
    }
  }

  private mutating func close(_ key: String, at now: Int64) -> (String, Segment) {
    let last = segments[key]!.count - 1
    segments[key]![last].end = now
    return (key, segments[key]![last])
  }
}
