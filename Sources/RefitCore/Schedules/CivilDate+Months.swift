extension CivilDate {
  /// The first day of a month from 1 to 12.
  init(firstOf month: Int64, in year: Int64) {
    precondition((1...12).contains(month))
    self.year = year
    self.month = month
    day = 1
  }

  var daysInMonth: Int64 { Self.days(inMonth: month, of: year) }

  /// The first day of the following month.
  var startOfNextMonth: CivilDate {
    month == 12 ? CivilDate(firstOf: 1, in: year + 1) : CivilDate(firstOf: month + 1, in: year)
  }

  /// The weekday of a day counted from 1970-01-01, Sunday being 0.
  static func weekday(daysSinceEpoch days: Int64) -> Int64 {
    days + 4 - Instant.floorDivide(days + 4, 7) * 7
  }
}
