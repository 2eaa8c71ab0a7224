import ArgumentParser
import RefitConfiguration
import RefitCore
import RefitExecution

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Say when schedules come next, or show a year of them at a glance.",
    discussion: """
      Of one model, of the whole project, or of any cron expression. Warns where
      a time zone will make a schedule skip or double.

        refit schedule credit-risk --next 20
        refit schedule --calendar 2026
        refit schedule --cron "15 2 * * *" --timezone Europe/Berlin --after 2026-03-28T00:00:00Z --next 10 --json
        refit schedule --cron "H 2 * * *" --for lending/credit-risk/nightly
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model; by default every model of the project.", transform: Arguments.model)
  var model: Name?
  @Option(
    help: ArgumentHelp(
      "A cron expression instead of a project: five fields, or @hourly, @daily, @weekly, @monthly, @yearly.",
      valueName: "expression")) var cron: String?
  @Option(help: ArgumentHelp("With --cron: the IANA time zone (default: UTC).", valueName: "zone"))
  var timezone: String?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("With --cron: the name that fixes H.", valueName: "project/model/schedule"),
    transform: Arguments.scheduleHash) var hash: CronHash?
  @Option(
    help: ArgumentHelp("Count from this instant; by default from now.", valueName: "time"),
    transform: Arguments.instant) var after: Instant?
  @Option(help: ArgumentHelp("How many (default: 10).", valueName: "count")) var next: Int?
  @Option(help: ArgumentHelp("Show a year at a glance.", valueName: "year")) var calendar: Int?

  func run() throws {
    try answering {
      try requireThatOptionsAgree()
      if let calendar {
        let (title, schedules) = try chosen()
        let year = YearCalendar(Int64(calendar), title: title, schedules: schedules)
        if options.json {
          try sayJSON(year.answer)
        } else {
          say(year.text(on: .standardOutput), terminator: "")
        }
      } else if let cron {
        let start = after ?? World.wallClock()
        try tellExpression(try expression(cron), next: next ?? 10, after: start)
      } else {
        try tellProject(next: next ?? 10)
      }
    }
  }

  private func requireThatOptionsAgree() throws {
    let most = cron == nil ? 10_000 : 1_000_000
    if model != nil && cron != nil { throw Failure(.usage, "say either a model or --cron, not both") }
    if cron == nil && (timezone != nil || hash != nil) {
      throw Failure(.usage, "--timezone and --for go with --cron; a project's schedules have their own")
    }
    if calendar != nil && (next != nil || after != nil) {
      throw Failure(.usage, "--calendar shows a whole year: leave out --next and --after")
    }
    if let next, !(1...most).contains(next) { throw Failure(.usage, "--next takes 1 to \(most)") }
    if let calendar, !(1900...9999).contains(calendar) {
      throw Failure(.usage, "--calendar takes a year from 1900 to 9999")
    }
  }

  private func expression(_ cron: String) throws -> ShownSchedule {
    do {
      let expression = try CronExpression(cron, hash: hash)
      let rules = try SystemTimeZones.rules(for: timezone ?? "UTC")
      return ShownSchedule(title: expression.source, cron: CronSchedule(expression, in: rules))
    } catch let error as CronError {
      let hint = error.reason == .nameMissing ? " (--for lending/credit-risk/nightly)" : ""
      throw Failure(.usage, "--cron \"\(cron)\": \(error)\(hint)")
    } catch let error as TimeZoneError {
      throw Failure(.usage, "--timezone: \(error)")
    }
  }

  private func tellExpression(_ schedule: ShownSchedule, next: Int, after start: Instant) throws {
    guard options.json else { return Upcoming.tell([schedule], next: next, after: start) }
    let expression = schedule.expression
    say(
      OccurrenceList.json(
        schedule.cron.next(next, after: start),
        resolved: expression.written == expression.source ? nil : expression))
  }

  private func chosen() throws -> (title: String, schedules: [ShownSchedule]) {
    if let cron {
      let shown = try expression(cron)
      return (shown.rule, [shown])
    }
    let project = try options.directory()
    let loaded: Project
    do { loaded = try ConfigurationFile.load(projectDirectory: project.root).project } catch {
      throw Failure(.configuration, error.diagnostics.map(\.description).joined(separator: "\n"))
    }
    let schedules = try ShownSchedule.all(in: loaded, of: model)
    return (model.map { "\(loaded.name)/\($0)" } ?? loaded.name.text, schedules)
  }

  private func tellProject(next: Int) throws {
    let schedules = try chosen().schedules
    let start = try after ?? options.now()
    switch (options.json, model) {
    case (false, let name?):
      Upcoming.tell(schedules, next: next, after: start)
      for waiting in try waiting(of: name) { say("  \(ShownText(waiting.sentence).text)") }
    case (false, nil): Upcoming.tellTogether(schedules, next: next, after: start)
    case (true, let name?):
      let schedules = schedules.map { Answer(of: $0, occurrences: $0.cron.next(next, after: start)) }
      try sayJSON(Answers(schedules: schedules, waiting: waiting(of: name)))
    case (true, nil):
      let merged = Upcoming.merged(schedules, next: next, after: start)
      try sayJSON(["occurrences": merged.map { OneAnswer(of: $0.schedule, at: $0.occurrence) }])
    }
  }

  /// The model's occurrences that wait; none where nothing is recorded yet.
  private func waiting(of model: Name) throws -> [WaitingOccurrence] {
    guard FileBytes.exists(try options.directory().database) else { return [] }
    return try options.reader().waiting(of: model)
  }

  private struct Answers: Encodable {
    var schedules: [Answer]
    var waiting: [WaitingOccurrence]
  }

  private struct Answer: Encodable {
    var schedule: ShownScheduleAnswer
    var occurrences: [Instant]

    init(of schedule: ShownSchedule, occurrences: [Instant]) {
      self.schedule = ShownScheduleAnswer(schedule)
      self.occurrences = occurrences
    }

    func encode(to encoder: any Encoder) throws {
      try schedule.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(occurrences, forKey: .occurrences)
    }

    private enum CodingKeys: String, CodingKey { case occurrences }
  }

  private struct OneAnswer: Encodable {
    var at: Instant
    var model: Name?
    var schedule: Name?
    var action: Schedule.Action?

    init(of schedule: ShownSchedule, at instant: Instant) {
      at = instant
      model = schedule.model
      self.schedule = schedule.name
      action = schedule.action
    }

    private enum CodingKeys: String, CodingKey {
      case at, model, schedule
      case action = "do"
    }
  }
}
