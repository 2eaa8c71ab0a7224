import Foundation
import RefitTesting

/// A random expression together with what it matches, both built from the same choices and without the parser.
struct RandomCron {
  let source: String
  private let values: [Set<Int>]
  private let startsWithStar: [Bool]
  /// The same, where there is an `n-n/step` in it, with `n` in its stead.
  let plainSource: String?

  var isWildcard: Bool { startsWithStar[0] || startsWithStar[1] }

  /// Favours hours and dates near those given, so that clock changes are hit often.
  init(near hours: ClosedRange<Int>, days: ClosedRange<Int>, using generator: inout SeededGenerator) {
    var texts: [String] = []
    var values: [Set<Int>] = []
    let fields = [
      Field(range: 0...59, near: nil), Field(range: 0...23, near: hours), Field(range: 1...31, near: days),
      Field(range: 1...12, near: nil, names: Self.monthNames),
      Field(range: 0...7, near: nil, names: Self.dayNames),
    ]
    for (index, field) in fields.enumerated() {
      // Dates are left open often, else hardly any expression comes due in the days that are compared.
      if index >= 2, Int.random(in: 0..<10, using: &generator) < (index == 3 ? 9 : 6) {
        texts.append("*")
        values.append(Set(field.range))
      } else {
        let (text, set) = Self.list(field, using: &generator)
        texts.append(text)
        values.append(set)
      }
    }
    if values[4].contains(0) || values[4].contains(7) { values[4].formUnion([0, 7]) }
    source = texts.joined(separator: " ")
    self.values = values
    startsWithStar = texts.map { $0.hasPrefix("*") }
    let plain = texts.map { $0.split(separator: ",").map(Self.plain).joined(separator: ",") }
    plainSource = plain == texts ? nil : plain.joined(separator: " ")
  }

  private static func plain(_ item: Substring) -> Substring {
    let ends = item.split(separator: "/")[0].split(separator: "-")
    return item.contains("/") && ends.count == 2 && ends[0] == ends[1] ? ends[0] : item
  }

  private struct Field {
    let range: ClosedRange<Int>
    let near: ClosedRange<Int>?
    var names: [String] = []
  }

  private static let monthNames = [
    "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  private static func list(_ field: Field, using generator: inout SeededGenerator) -> (String, Set<Int>) {
    let count = Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 2...3, using: &generator) : 1
    var texts: [String] = []
    var values: Set<Int> = []
    for _ in 0..<count {
      let (text, set) = item(field, using: &generator)
      texts.append(text)
      values.formUnion(set)
    }
    return (texts.joined(separator: ","), values)
  }

  private static func item(_ field: Field, using generator: inout SeededGenerator) -> (String, Set<Int>) {
    let range = field.range
    let isNear = field.near != nil && Int.random(in: 0..<4, using: &generator) > 0
    let first = Int.random(in: isNear ? field.near ?? range : range, using: &generator)
    let step = Int.random(in: 1...range.upperBound, using: &generator)
    switch Int.random(in: 0..<13, using: &generator) / 2 {
    case 0: return ("*", Set(range))
    case 1: return ("*/\(step)", Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
    case 2 where first < range.upperBound:
      let last = Int.random(in: first + 1...range.upperBound, using: &generator)
      return ("\(word(first, field, &generator))-\(word(last, field, &generator))", Set(first...last))
    case 3 where first < range.upperBound:
      let last = Int.random(in: first + 1...range.upperBound, using: &generator)
      return (
        "\(word(first, field, &generator))-\(last)/\(step)", Set(stride(from: first, through: last, by: step))
      )
    case 6: return ("\(first)-\(first)/\(step)", [first])
    default: return (word(first, field, &generator), [first])
    }
  }

  /// A number as it may be written: with a leading zero, or as a name in any case.
  private static func word(_ number: Int, _ field: Field, _ generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0 where number < 10: "0\(number)"
    case 1 where number < field.names.count: field.names[number]
    case 2 where number < field.names.count: field.names[number].capitalized
    case 3 where number < field.names.count: field.names[number].uppercased()
    default: "\(number)"
    }
  }

  /// Debian cron's `find_jobs` for one local minute, counted from 1970-01-01 00:00.
  func matches(localMinute: Int64) -> Bool {
    // The C library's calendar, not that of the code under test.
    var seconds = time_t(localMinute * 60)
    var local = tm()
    gmtime_r(&seconds, &local)
    guard values[0].contains(Int(local.tm_min)), values[1].contains(Int(local.tm_hour)),
      values[3].contains(Int(local.tm_mon) + 1)
    else { return false }
    let dayOfMonth = values[2].contains(Int(local.tm_mday))
    let dayOfWeek = values[4].contains(Int(local.tm_wday))
    return startsWithStar[2] || startsWithStar[4] ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek
  }
}
