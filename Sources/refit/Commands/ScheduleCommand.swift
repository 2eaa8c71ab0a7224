import ArgumentParser
import RefitConfiguration
import RefitCore
import RefitExecution

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Say when a model's schedules come next, or when any cron expression does.",
    discussion: """
      Warns where a time zone will make a schedule skip or double within a year.

        refit schedule credit-risk --next 10
        refit schedule --cron "15 2 * * *" --timezone Europe/Berlin --after 2026-03-28T00:00:00Z --next 10 --json
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model; without it --cron is needed, and no project.", transform: Arguments.model)
  var model: Name?
  @Option(help: "A cron expression: five fields, or @hourly, @daily, @weekly, @monthly, @yearly.") var cron:
    String?
  @Option(help: "IANA time zone, with --cron.") var timezone = "UTC"
  @Option(
    help: ArgumentHelp("Count from this instant; by default from now.", valueName: "time"),
    transform: Arguments.instant) var after: Instant?
  @Option(help: "How many.") var next = 10

  func run() throws {
    try answering {
      guard (1...10_000).contains(next) else { throw Failure(.usage, "--next takes 1 to 10000") }
      switch (model, cron) {
      case (nil, let cron?): try tellExpression(cron, from: after ?? World.wallClock())
      case (let model?, nil): try tellModel(model)
      default: throw Failure(.usage, "say either a model or --cron")
      }
    }
  }

  private func tellExpression(_ cron: String, from start: Instant) throws {
    let schedule: CronSchedule
    do {
      schedule = CronSchedule(try CronExpression(cron), in: try SystemTimeZones.rules(for: timezone))
    } catch let error as CronError {
      throw Failure(.usage, "--cron \"\(cron)\": \(error)")
    } catch let error as TimeZoneError {
      throw Failure(.usage, "--timezone: \(error)")
    }
    let occurrences = schedule.next(next, after: start)
    if options.json {
      try sayJSON(["occurrences": occurrences])
    } else {
      tell(occurrences, of: schedule, from: start)
    }
  }

  private func tellModel(_ name: Name) throws {
    let project = try options.directory()
    let hasRecord = FileBytes.exists(project.database)
    let start = try after ?? (hasRecord ? options.now(options.reader()) : World.wallClock())
    let loaded: Project
    do { loaded = try ConfigurationFile.load(projectDirectory: project.root).project } catch {
      throw Failure(.configuration, error.diagnostics.map(\.description).joined(separator: "\n"))
    }
    guard let model = loaded.models.first(where: { $0.name == name }) else {
      throw Failure(.usage, "there is no model '\(name)' in refit.yaml")
    }
    var answer: [Answer] = []
    for entry in model.schedules {
      let schedule = CronSchedule(entry.cron, in: try SystemTimeZones.rules(for: entry.timezone))
      let occurrences = schedule.next(next, after: start)
      answer.append(
        Answer(
          name: entry.name, cron: entry.cron, timezone: entry.timezone, action: entry.action,
          occurrences: occurrences))
      if !options.json {
        say("\(entry.name): \"\(entry.cron.source)\" in \(entry.timezone), do \(entry.action.rawValue)")
        tell(occurrences, of: schedule, from: start)
      }
    }
    let waiting = try hasRecord ? options.reader().waiting(of: name) : []
    for waiting in waiting where !options.json { say("  \(ShownText(waiting.sentence).text)") }
    if options.json { try sayJSON(Answers(schedules: answer, waiting: waiting)) }
  }

  private struct Answers: Encodable {
    var schedules: [Answer]
    var waiting: [WaitingOccurrence]
  }

  private struct Answer: Encodable {
    var name: Name
    var cron: CronExpression
    var timezone: String
    var action: Schedule.Action
    var occurrences: [Instant]

    private enum CodingKeys: String, CodingKey {
      case name, cron, timezone, occurrences
      case action = "do"
    }
  }

  /// Each occurrence in UTC and by the schedule's own clock, then where that clock's changes concern it.
  private func tell(_ occurrences: [Instant], of schedule: CronSchedule, from start: Instant) {
    let zone = schedule.timeZone.identifier
    for occurrence in occurrences {
      let local = LocalTime(occurrence, in: schedule.timeZone)
      say("  \(occurrence)  \(local) \(zone)  \(ReaderTime.relative(occurrence, to: start))")
    }
    for irregularity in schedule.irregularities(inYearAfter: start) {
      say("  note: \(irregularity.sentence(in: zone))")
    }
  }
}

extension ScheduleIrregularity {
  /// What the change of the clock does to the schedule, in words.
  fileprivate func sentence(in zone: String) -> String {
    let times = count == 1 ? "\(localTime)" : "\(localTime) and \(count - 1) more"
    return switch effect {
    case .skipped: "\(times) does not exist in \(zone): the clock goes forward, and nothing runs in its stead"
    case .moved(let instant):
      "\(times) does not exist in \(zone): the clock goes forward, and it runs at \(instant)"
    case .doubled: "\(times) comes twice in \(zone): the clock goes back, and it runs both times"
    }
  }
}

extension CronSchedule {
  /// The next occurrences after an instant.
  fileprivate func next(_ count: Int, after start: Instant) -> [Instant] {
    var found: [Instant] = []
    while found.count < count, let next = next(after: found.last ?? start) { found.append(next) }
    return found
  }
}
