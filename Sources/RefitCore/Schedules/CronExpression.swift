/// A cron expression by Debian cron's grammar, read strictly: five fields or a macro such as `@daily`.
///
/// It speaks of local dates and times only; `CronSchedule` gives it a time zone. Jenkins' `H` is resolved as it is
/// read: `H 2 * * *` is from then on `17 2 * * *`, or whatever its schedule's name makes of it.
public struct CronExpression: Sendable, CustomStringConvertible {
  /// The expression that is followed: as it was written, but with the values that stand for `H`.
  public let source: String
  /// The expression as it was written.
  public let written: String

  /// Bit n is set where minute n matches.
  let minutes: UInt64
  /// Bit n is set where hour n matches.
  let hours: UInt64
  /// The dates that match.
  let days: CronDays

  /// Whether the minute or the hour starts with `*`: such a schedule follows the real clock through clock
  /// changes, every other one keeps its local time.
  public let isWildcard: Bool

  /// Reads an expression; throws what is wrong, with its column, for one that is not valid or never comes, and for
  /// an `H` without a hash that fixes it.
  public init(_ written: String, hash: CronHash? = nil) throws(CronError) {
    let words = try CronWord.split(written)
    var fields: [CronFieldValues] = []
    for (field, word) in zip(CronField.allCases, words) {
      var parser = CronFieldParser(field: field, word: word, hash: hash)
      fields.append(try parser.parse())
    }
    self.written = written
    source = fields.contains(where: \.isHashed) ? fields.map(\.resolved).joined(separator: " ") : written
    minutes = fields[CronField.minute.rawValue].bits
    hours = fields[CronField.hour.rawValue].bits
    isWildcard =
      fields[CronField.minute.rawValue].startsWithStar || fields[CronField.hour.rawValue].startsWithStar
    days = CronDays(
      daysOfMonth: fields[CronField.dayOfMonth.rawValue],
      months: fields[CronField.month.rawValue],
      daysOfWeek: fields[CronField.dayOfWeek.rawValue])
    if days.isEmpty {
      throw CronError(
        column: words[CronField.dayOfMonth.rawValue].column, field: .dayOfMonth,
        "this date never comes: none of the months \(words[CronField.month.rawValue].text) has a day "
          + "\(words[CronField.dayOfMonth.rawValue].text); use a day that exists, such as 28")
    }
  }

  /// The expression that is followed.
  public var description: String { source }

  /// The first matching local minute at or after `minute`, both counted from 1970-01-01 00:00 local time; nil
  /// when no matching date follows within 400 years.
  func firstMinute(from minute: Int64) -> Int64? {
    let day = Instant.floorDivide(minute, 1440)
    if days.contains(day), let hit = firstMinuteOfDay(from: Int(minute - day * 1440)) {
      return day * 1440 + Int64(hit)
    }
    guard let next = days.first(from: day + 1), let hit = firstMinuteOfDay(from: 0) else { return nil }
    return next * 1440 + Int64(hit)
  }

  private func firstMinuteOfDay(from minuteOfDay: Int) -> Int? {
    let hour = minuteOfDay / 60
    if hours >> UInt64(hour) & 1 == 1 {
      let rest = minutes >> UInt64(minuteOfDay % 60)
      if rest != 0 { return minuteOfDay + rest.trailingZeroBitCount }
    }
    let laterHours = hours >> UInt64(hour + 1)
    guard laterHours != 0 else { return nil }
    return (hour + 1 + laterHours.trailingZeroBitCount) * 60 + minutes.trailingZeroBitCount
  }
}

/// Two expressions are equal when they are written alike once `H` is resolved.
extension CronExpression: Hashable {
  public static func == (left: CronExpression, right: CronExpression) -> Bool { left.source == right.source }

  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Coded as its source string, which needs no hash.
extension CronExpression: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let source = try container.decode(String.self)
    do throws(CronError) {
      try self.init(source)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "cron expression, \(error)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(source)
  }
}
