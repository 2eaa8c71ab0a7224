import RefitTesting

@testable import RefitCore

/// A random expression together with what it matches, both built from the same choices and without the parser.
struct RandomCron {
  let source: String
  private let values: [Set<Int>]
  private let startsWithStar: [Bool]

  var isWildcard: Bool { startsWithStar[0] || startsWithStar[1] }

  /// Favours hours and dates near those given, so that clock changes are hit often.
  init(near hours: ClosedRange<Int>, days: ClosedRange<Int>, using generator: inout SeededGenerator) {
    var texts: [String] = []
    var values: [Set<Int>] = []
    let fields: [(range: ClosedRange<Int>, near: ClosedRange<Int>?)] = [
      (0...59, nil), (0...23, hours), (1...31, days), (1...12, nil), (0...7, nil),
    ]
    for (index, field) in fields.enumerated() {
      // Dates are left open often, else hardly any expression comes due in the days that are compared.
      if index >= 2, Int.random(in: 0..<10, using: &generator) < (index == 3 ? 9 : 6) {
        texts.append("*")
        values.append(Set(field.range))
      } else {
        let (text, set) = Self.list(field.range, near: field.near, using: &generator)
        texts.append(text)
        values.append(set)
      }
    }
    if values[4].contains(0) || values[4].contains(7) { values[4].formUnion([0, 7]) }
    source = texts.joined(separator: " ")
    self.values = values
    startsWithStar = texts.map { $0.hasPrefix("*") }
  }

  private static func list(
    _ range: ClosedRange<Int>, near: ClosedRange<Int>?, using generator: inout SeededGenerator
  ) -> (String, Set<Int>) {
    let count = Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 2...3, using: &generator) : 1
    var texts: [String] = []
    var values: Set<Int> = []
    for _ in 0..<count {
      let (text, set) = item(range, near: near, using: &generator)
      texts.append(text)
      values.formUnion(set)
    }
    return (texts.joined(separator: ","), values)
  }

  private static func item(
    _ range: ClosedRange<Int>, near: ClosedRange<Int>?, using generator: inout SeededGenerator
  ) -> (String, Set<Int>) {
    let isNear = near != nil && Int.random(in: 0..<4, using: &generator) > 0
    let first = Int.random(in: isNear ? near ?? range : range, using: &generator)
    let step = Int.random(in: 1...range.upperBound, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return ("*", Set(range))
    case 1: return ("*/\(step)", Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
    case 2 where first < range.upperBound:
      let last = Int.random(in: first + 1...range.upperBound, using: &generator)
      return ("\(first)-\(last)", Set(first...last))
    case 3 where first < range.upperBound:
      let last = Int.random(in: first + 1...range.upperBound, using: &generator)
      return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
    default: return ("\(first)", [first])
    }
  }

  /// Debian cron's `find_jobs` for one local minute, counted from 1970-01-01 00:00.
  func matches(localMinute: Int64) -> Bool {
    let local = LocalTime(minuteNumber: localMinute)
    guard values[0].contains(Int(local.minute)), values[1].contains(Int(local.hour)),
      values[3].contains(Int(local.date.month))
    else { return false }
    let dayOfMonth = values[2].contains(Int(local.date.day))
    // 1970 began on a Thursday.
    let weekday = (Int(local.date.daysSinceEpoch % 7) + 7 + 4) % 7
    let dayOfWeek = values[4].contains(weekday)
    return startsWithStar[2] || startsWithStar[4] ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek
  }
}
