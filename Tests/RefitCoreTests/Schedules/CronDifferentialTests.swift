import Foundation
import RefitTesting
import Testing

@testable import RefitCore

/// Random schedules around clock changes, against Debian's rules minute by minute.
@Suite struct CronDifferentialTests {
  /// Zones with whole-minute offsets in these years, in which their clocks were changed.
  static let zones: [(zone: String, years: [Int])] = [
    ("Europe/Berlin", [1980, 2026, 2041, 2100, 2400]), ("America/New_York", [1987, 2026]),
    ("Europe/Dublin", [1971, 2026]), ("Australia/Lord_Howe", [1981, 2026]),
    ("Antarctica/Troll", [2006, 2026]),
    ("Antarctica/Casey", [2009, 2018]), ("Pacific/Apia", [2011, 2020]), ("Pacific/Kwajalein", [1993]),
    ("America/Sao_Paulo", [2017, 2018]), ("America/St_Johns", [1988, 2010, 2026]),
    ("Africa/Casablanca", [2026]), ("Asia/Pyongyang", [2015, 2018]), ("Asia/Kathmandu", [1986]),
    ("America/Caracas", [2007, 2016]), ("America/Nuuk", [2023, 2024]), ("America/Scoresbysund", [2024]),
    ("Asia/Tokyo", [2026]), ("Africa/Cairo", [2026]), ("Pacific/Chatham", [1990, 2026]),
    ("America/New_York", [1918, 1945]), ("Europe/London", [1941, 1947]), ("Asia/Singapore", [1981]),
    ("Pacific/Kiritimati", [1994]), ("Pacific/Fakaofo", [2011]), ("Asia/Hong_Kong", [1941]),
    ("Antarctica/Davis", [2009, 2012]), ("America/Godthab", [1980]),
  ]

  /// A window around a clock change, or around a day of a year that has none.
  private struct Window {
    var name: String
    var zone: TimeZoneRules
    var moment: Int64

    var minutes: Range<Int64> { moment / 60 - 2 * 1440..<moment / 60 + 3 * 1440 }
    var wall: CronOracle.Wall {
      CronOracle.Wall(zone: name, from: (minutes.lowerBound - 1) * 60, to: minutes.upperBound * 60)
    }
  }

  private func windows(of name: String, in years: [Int]) throws -> [Window] {
    let zone = try ZoneFiles.rules(name)
    return try years.flatMap { year in
      var moments = try zone.changes(in: year)
      if moments.isEmpty { moments = [try Instant.utc("\(year)-02-28T15:00:00Z").seconds] }
      return moments.map { Window(name: name, zone: zone, moment: $0) }
    }
  }

  @Test(arguments: zones.indices)
  func agreesWithDebianMinuteByMinuteAroundClockChanges(index: Int) throws {
    let (name, years) = Self.zones[index]
    var generator = SeededGenerator(seed: UInt64(1000 + index))
    var compared = 0
    let windows = try windows(of: name, in: years)
    for (window, clock) in zip(windows, try WallClock.ask(windows.map(\.wall))) {
      for _ in 0..<40 {
        let job = RandomCron(near: window.moment, in: window.zone, using: &generator)
        guard let expression = job.expression else { continue }
        #expect(expression.isWildcard == job.isWildcard)
        let minutes = window.minutes
        let expected = DebianCronModel.runs(of: job, by: clock, minutes: minutes)
        let schedule = CronSchedule(expression, in: window.zone)
        let found = schedule.occurrences(
          after: Instant(seconds: minutes.lowerBound * 60 - 1),
          through: Instant(seconds: minutes.upperBound * 60 - 1), limit: .max
        ).map { $0.seconds / 60 }
        #expect(found == expected, "\(job.source) in \(name) near \(Instant(seconds: window.moment).text)")
        compared += expected.count
        for _ in 0..<10 {
          let start = Int64.random(in: minutes.lowerBound * 60..<minutes.upperBound * 60, using: &generator)
          guard let following = expected.first(where: { $0 * 60 > start }) else { continue }
          #expect(
            schedule.next(after: Instant(seconds: start)) == Instant(seconds: following * 60),
            "\(job.source) in \(name) after \(start)")
        }
      }
    }
    #expect(compared > 500)
  }

  @Test func agreesWithDebianThroughWholeYears() throws {
    var generator = SeededGenerator(seed: 77)
    let years = [("Europe/Berlin", 2027), ("America/New_York", 2028), ("Australia/Lord_Howe", 2026)]
    let starts = try years.map { try Instant.utc("\($0.1)-01-01T00:00:00Z").seconds / 60 }
    let clocks = try WallClock.ask(
      zip(years, starts).map {
        CronOracle.Wall(zone: $0.0, from: ($1 - 1) * 60, to: ($1 + 366 * 1440) * 60)
      })
    for (number, (name, _)) in years.enumerated() {
      let zone = try ZoneFiles.rules(name)
      let minutes = starts[number]..<starts[number] + 366 * 1440
      for _ in 0..<2 {
        let job = RandomCron(near: 1...3, days: 25...31, using: &generator)
        guard let expression = job.expression else { continue }
        let found = CronSchedule(expression, in: zone).occurrences(
          after: Instant(seconds: minutes.lowerBound * 60 - 1),
          through: Instant(seconds: minutes.upperBound * 60 - 1), limit: .max)
        let expected = DebianCronModel.runs(of: job, by: clocks[number], minutes: minutes)
        #expect(found.map { $0.seconds / 60 } == expected, "\(job.source) in \(name)")
      }
    }
  }
}

extension TimeZoneRules {
  /// The seconds at which the offset changes in a year.
  func changes(in year: Int) throws -> [Int64] {
    let start = try Instant.utc("\(year)-01-01T00:00:00Z").seconds
    var changes: [Int64] = []
    var span = span(at: start)
    while let end = span.end, end < start + 366 * 86_400 {
      changes.append(end)
      span = self.span(at: end)
    }
    return changes
  }
}

extension RandomCron {
  /// Of the hours and days that clocks show around a moment.
  init(near second: Int64, in zone: TimeZoneRules, using generator: inout SeededGenerator) {
    let before = LocalTime(Instant(seconds: second - 1), in: zone)
    let after = LocalTime(Instant(seconds: second), in: zone)
    let hours = Int(min(before.hour, after.hour))...Int(max(before.hour, after.hour))
    let days = Int(min(before.date.day, after.date.day))...Int(max(before.date.day, after.date.day))
    self.init(near: hours, days: days, using: &generator)
  }

  /// The expression that was drawn; nil for a date that never comes, which is all that may be refused.
  var expression: CronExpression? {
    do throws(CronError) {
      return try CronExpression(source)
    } catch {
      #expect(error.message.contains("never comes"), "\(source): \(error)")
      return nil
    }
  }
}
