/// A moment in UTC, to the second.
public struct Instant: Comparable, Hashable, Sendable, CustomStringConvertible {
  public var secondsSince1970: Int

  public static let day = 86_400

  public init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

  /// Midnight of a day of the Gregorian calendar (Howard Hinnant's `days_from_civil`).
  public init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    secondsSince1970 = (era * 146_097 + dayOfEra - 719_468) * Self.day
  }

  /// Reads `2026-01-31` or `2026-01-31T08:30:00Z`; a fraction of a second is dropped. Throws `badTime`.
  public init(_ text: String) throws(LendingError) {
    let bytes = Array(text.utf8)
    func digits(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10),
      (1...12).contains(month), (1...31).contains(day), bytes[4] == 45, bytes[7] == 45
    else { throw .badTime(text) }
    self.init(year: year, month: month, day: day)
    if bytes.count == 10 { return }
    guard let hour = digits(11..<13), let minute = digits(14..<16), let second = digits(17..<19),
      hour < 24, minute < 60, second < 60, bytes.last == 90
    else { throw .badTime(text) }
    secondsSince1970 += hour * 3_600 + minute * 60 + second
  }

  /// The day of the calendar, such as `2026-01-31` (Howard Hinnant's `civil_from_days`).
  public var date: String {
    let shifted = Int((Double(secondsSince1970) / Double(Self.day)).rounded(.down)) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// Such as `2026-01-31T08:30:00Z`.
  public var description: String {
    let inDay = ((secondsSince1970 % Self.day) + Self.day) % Self.day
    let time = [inDay / 3_600, inDay / 60 % 60, inDay % 60].map { padded($0, 2) }
    return date + "T" + time.joined(separator: ":") + "Z"
  }

  public static func + (instant: Instant, seconds: Int) -> Instant {
    Instant(secondsSince1970: instant.secondsSince1970 + seconds)
  }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}

/// A whole number with leading zeros up to `width`.
func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
