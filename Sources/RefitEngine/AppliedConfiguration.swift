import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore

/// `refit.yaml` as it lies there now, not yet parsed: an unchanged file never is.
struct AppliedConfiguration {
  let source: String
  /// Of the engine's version and the file's bytes: a new engine may read the same file in another way.
  let digest: Digest

  static func read(_ project: ProjectDirectory) throws -> AppliedConfiguration {
    let bytes = try ConfigurationFile.read(projectDirectory: project.root)
    let digest = FileDigest.digest(of: Array("refit \(Orchestrator.version)\n".utf8) + bytes)
    return AppliedConfiguration(source: String(decoding: bytes, as: UTF8.self), digest: digest)
  }

  func parse() throws(ConfigurationError) -> Project {
    try ConfigurationFile.parse(Array(source.utf8), file: ConfigurationFile.name).project
  }

  /// The first occurrence of each schedule after an instant: a new schedule starts from now.
  func schedules(
    of project: Project, after now: Instant, in zones: TimeZoneDatabase
  ) throws -> [ScheduleStart] {
    try project.models.flatMap { model in
      try model.schedules.map { schedule in
        ScheduleStart(
          model: model.name, schedule: schedule.name,
          nextDue: try schedule.resolved(in: zones).next(after: now))
      }
    }
  }
}

extension Store {
  /// What is due under the configuration in force, as it is recorded where that configuration goes.
  func overdue(at now: Instant, in zones: TimeZoneDatabase) throws(StoreError) -> [ScheduleKey:
    PassedOccurrences]
  {
    var overdue: [ScheduleKey: PassedOccurrences] = [:]
    for due in try dueSchedules(at: now) {
      let schedule = try model(due.model)?.model.schedules.first { $0.name == due.schedule }
      let cron: CronSchedule?
      // A zone that this machine no longer knows must not keep the configuration that mends it from coming in
      // force; the occurrence that the schedule names as next is recorded all the same.
      do { cron = try schedule?.resolved(in: zones) } catch { cron = nil }
      let passing = OccurrencePlan.Passing(
        outcome: .missed, stretch: due.nextDue..<Instant(microseconds: now.microseconds + 1), into: nil,
        because: Store.missedByChange)
      if let missed = cron.flatMap({ PassedOccurrences(of: $0, in: passing) }) { overdue[due.key] = missed }
    }
    return overdue
  }
}

extension Schedule {
  /// The schedule with the rules of its time zone.
  func resolved(in zones: TimeZoneDatabase = .system) throws(TimeZoneError) -> CronSchedule {
    CronSchedule(cron, in: try zones.rules(for: timezone))
  }
}
