import RefitConfiguration
import RefitCore

/// A schedule that a command tells of: of a project's model, or of an expression from the command line.
struct ShownSchedule {
  /// Nil for an expression from the command line.
  var model: Name?
  /// `credit-risk/nightly`, or the expression.
  var title: String
  var name: Name?
  var action: Schedule.Action?
  var cron: CronSchedule

  var expression: CronExpression { cron.expression }
  var zone: String { cron.timeZone.identifier }

  /// `"17 2 * * *" in UTC`, and what was written where that is something else.
  var rule: String {
    let origin = expression.written == expression.source ? "" : " (from \"\(expression.written)\")"
    return "\"\(expression.source)\"\(origin) in \(zone)"
  }

  /// Every schedule of the models, or of one of them.
  static func all(in project: Project, of model: Name?) throws -> [ShownSchedule] {
    if let model, !project.models.contains(where: { $0.name == model }) {
      let known = project.models.map(\.name.text).joined(separator: ", ")
      throw Failure(.usage, "there is no model '\(model)' in refit.yaml; it has \(known)")
    }
    var zones: [String: TimeZoneRules] = [:]
    return try project.models.filter { model == nil || $0.name == model }.flatMap { model in
      try model.schedules.map { schedule in
        let rules = try zones[schedule.timezone] ?? SystemTimeZones.rules(for: schedule.timezone)
        zones[schedule.timezone] = rules
        return ShownSchedule(
          model: model.name, title: "\(model.name)/\(schedule.name)", name: schedule.name,
          action: schedule.action, cron: CronSchedule(schedule.cron, in: rules))
      }
    }
  }
}

/// Who is meant, for programs.
struct ShownScheduleAnswer: Encodable {
  var model: Name?
  var name: Name?
  var cron: CronExpression
  /// What stands in the file, where `H` made the expression something else.
  var written: String?
  var timezone: String
  var action: Schedule.Action?

  init(_ schedule: ShownSchedule) {
    model = schedule.model
    name = schedule.name
    cron = schedule.expression
    written = schedule.expression.written == schedule.expression.source ? nil : schedule.expression.written
    timezone = schedule.zone
    action = schedule.action
  }

  private enum CodingKeys: String, CodingKey {
    case model, name, cron, written, timezone
    case action = "do"
  }
}
