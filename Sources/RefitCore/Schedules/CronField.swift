/// The five fields of a cron expression, in their order.
enum CronField: Int, CaseIterable, Sendable {
  case minute, hour, dayOfMonth, month, dayOfWeek

  var name: String {
    switch self {
    case .minute: "minute"
    case .hour: "hour"
    case .dayOfMonth: "day of month"
    case .month: "month"
    case .dayOfWeek: "day of week"
    }
  }

  /// The name that `H` is hashed with: without spaces.
  var key: String {
    switch self {
    case .dayOfMonth: "day-of-month"
    case .dayOfWeek: "day-of-week"
    case .minute, .hour, .month: name
    }
  }

  /// The numbers that may be written; Sunday is both 0 and 7.
  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .dayOfMonth: 1...31
    case .month: 1...12
    case .dayOfWeek: 0...7
    }
  }

  /// Three-letter names; the first one stands for the lower end of `range`.
  var names: [String] {
    switch self {
    case .minute, .hour, .dayOfMonth: []
    case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    }
  }

  /// The number that a name stands for, in any case.
  func number(named name: String) -> Int? {
    names.firstIndex(of: name.lowercased()).map { $0 + range.lowerBound }
  }
}
