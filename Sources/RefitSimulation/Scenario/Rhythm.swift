/// How often a schedule of the scenario comes due, in local time. The oracle reads it, and the engine its cron text.
enum Rhythm: Hashable, Sendable, Codable {
  case daily(hour: Int, minute: Int)
  /// 0 is Sunday.
  case weekly(day: Int, hour: Int, minute: Int)
  case monthly(day: Int, hour: Int, minute: Int)
  /// At the minutes that the number divides.
  case everyMinutes(Int)
  /// At this minute of the hours that the number divides.
  case everyHours(Int, minute: Int)

  var cron: String {
    switch self {
    case .daily(let hour, let minute): "\(minute) \(hour) * * *"
    case .weekly(let day, let hour, let minute): "\(minute) \(hour) * * \(day)"
    case .monthly(let day, let hour, let minute): "\(minute) \(hour) \(day) * *"
    case .everyMinutes(let step): "*/\(step) * * * *"
    case .everyHours(let step, let minute): "\(minute) */\(step) * * *"
    }
  }

  /// Whether it follows the real clock through clock changes: its minute or hour starts with `*`.
  var isWildcard: Bool {
    switch self {
    case .everyMinutes, .everyHours: true
    case .daily, .weekly, .monthly: false
    }
  }
}
