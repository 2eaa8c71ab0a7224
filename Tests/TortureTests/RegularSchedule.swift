import Foundation

/// One schedule of the tortured project, by plain arithmetic: it comes due each so many seconds.
struct RegularSchedule {
  let model: String
  let name: String
  /// Of the first occurrence in 1970.
  let offset: Int
  let period: Int

  /// The occurrences in (after, through], in seconds since 1970.
  func occurrences(after: Double, through: Double) -> [Int] {
    var found: [Int] = []
    var next = Int((after - Double(offset)) / Double(period)) * period + offset
    while Double(next) <= through {
      if Double(next) > after { found.append(next) }
      next += period
    }
    return found
  }
}

extension TorturedProject {
  /// What the configuration says of schedules, said again without cron.
  var schedules: [RegularSchedule] {
    clock == .simulated
      ? [
        RegularSchedule(model: "loans", name: "often", offset: 0, period: 1200),
        RegularSchedule(model: "churn", name: "regularly", offset: 420, period: 3600),
      ]
      : [
        RegularSchedule(model: "loans", name: "often", offset: 0, period: 60),
        RegularSchedule(model: "churn", name: "regularly", offset: 0, period: 120),
      ]
  }
}
