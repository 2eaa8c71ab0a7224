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
  func schedules(of project: Project, after now: Instant) throws -> [ScheduleStart] {
    try project.models.flatMap { model in
      try model.schedules.map { schedule in
        ScheduleStart(
          model: model.name, schedule: schedule.name, nextDue: try schedule.resolved().next(after: now))
      }
    }
  }
}

extension Store {
  /// All occurrences that are due under the configuration in force, each by itself.
  func overdue(at now: Instant) throws(StoreError) -> [DueSchedule] {
    var overdue: [DueSchedule] = []
    for due in try dueSchedules(at: now) {
      let schedule = try model(due.model)?.model.schedules.first { $0.name == due.schedule }
      let cron: CronSchedule?
      // A zone that this machine no longer knows must not keep the configuration that mends it from coming in
      // force; the occurrence that the schedule names as next is recorded all the same.
      do { cron = try schedule?.resolved() } catch { cron = nil }
      overdue += (cron?.occurrences(after: due.nextDue, through: now, limit: .max) ?? []).map {
        DueSchedule(model: due.model, schedule: due.schedule, nextDue: $0)
      }
    }
    return overdue
  }
}

extension Schedule {
  /// The schedule with the rules of its time zone.
  func resolved() throws(TimeZoneError) -> CronSchedule {
    CronSchedule(cron, in: try SystemTimeZones.rules(for: timezone))
  }
}
