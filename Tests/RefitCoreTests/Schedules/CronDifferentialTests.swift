import Foundation
import RefitTesting
import Testing

@testable import RefitCore

@Suite struct CronDifferentialTests {
  /// Zones with whole-minute offsets since 1972, and years in which their clocks were changed.
  static let zones: [(zone: String, years: [Int])] = [
    ("Europe/Berlin", [1980, 2026, 2041]), ("America/New_York", [1987, 2026]), ("Europe/Dublin", [2026]),
    ("Australia/Lord_Howe", [1981, 2026]), ("Antarctica/Troll", [2006, 2026]),
    ("Antarctica/Casey", [2009, 2018]),
    ("Pacific/Apia", [2011, 2020]), ("Pacific/Kwajalein", [1993]), ("America/Sao_Paulo", [2017, 2018]),
    ("America/St_Johns", [1988, 2010, 2026]), ("Africa/Casablanca", [2026]),
    ("Asia/Pyongyang", [2015, 2018]),
    ("Asia/Kathmandu", [1986]), ("America/Caracas", [2007, 2016]), ("America/Nuuk", [2023, 2024]),
    ("America/Scoresbysund", [2024]), ("Asia/Tokyo", [2026]), ("Africa/Cairo", [2026]),
    ("Pacific/Chatham", [1990, 2026]),
  ]

  /// The seconds at which a zone's offset changes in a year.
  private func changes(of zone: TimeZoneRules, in year: Int) throws -> [Int64] {
    let start = try Instant.utc("\(year)-01-01T00:00:00Z").seconds
    var changes: [Int64] = []
    var span = zone.span(at: start)
    while let end = span.end, end < start + 366 * 86_400 {
      changes.append(end)
      span = zone.span(at: end)
    }
    return changes
  }

  private func cron(
    near second: Int64, in zone: TimeZoneRules, using generator: inout SeededGenerator
  ) -> RandomCron {
    let before = LocalTime(Instant(seconds: second - 1), in: zone)
    let after = LocalTime(Instant(seconds: second), in: zone)
    let hours = Int(min(before.hour, after.hour))...Int(max(before.hour, after.hour))
    let days = Int(min(before.date.day, after.date.day))...Int(max(before.date.day, after.date.day))
    return RandomCron(near: hours, days: days, using: &generator)
  }

  /// The expression that was drawn; nil for a date that never comes, which is all that may be refused.
  private func expression(of job: RandomCron) -> CronExpression? {
    do throws(CronError) {
      return try CronExpression(job.source)
    } catch {
      #expect(error.message.contains("never comes"), "\(job.source): \(error)")
      return nil
    }
  }

  @Test(arguments: zones.indices)
  func agreesWithDebianMinuteByMinuteAroundClockChanges(index: Int) throws {
    let (name, years) = Self.zones[index]
    let zone = try ZoneFiles.rules(name)
    var generator = SeededGenerator(seed: UInt64(1000 + index))
    var compared = 0
    for year in years {
      var moments = try changes(of: zone, in: year)
      if moments.isEmpty { moments = [try Instant.utc("\(year)-02-28T15:00:00Z").seconds] }
      for moment in moments {
        let minutes = moment / 60 - 2 * 1440..<moment / 60 + 3 * 1440
        for _ in 0..<40 {
          let job = cron(near: moment, in: zone, using: &generator)
          guard let expression = expression(of: job) else { continue }
          let schedule = CronSchedule(expression, in: zone)
          #expect(expression.isWildcard == job.isWildcard)
          let expected = DebianCronModel.runs(of: job, in: zone, minutes: minutes)
          let found = schedule.occurrences(
            after: Instant(seconds: minutes.lowerBound * 60 - 1),
            through: Instant(seconds: minutes.upperBound * 60 - 1), limit: .max
          ).map { $0.seconds / 60 }
          #expect(found == expected, "\(job.source) in \(name) near \(Instant(seconds: moment).text)")
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
    }
    #expect(compared > 500)
  }

  @Test func agreesWithDebianThroughWholeYears() throws {
    var generator = SeededGenerator(seed: 77)
    for (name, year) in [("Europe/Berlin", 2027), ("America/New_York", 2028), ("Australia/Lord_Howe", 2026)] {
      let zone = try ZoneFiles.rules(name)
      let start = try Instant.utc("\(year)-01-01T00:00:00Z").seconds / 60
      for _ in 0..<2 {
        let job = RandomCron(near: 1...3, days: 25...31, using: &generator)
        guard let expression = expression(of: job) else { continue }
        let found = CronSchedule(expression, in: zone).occurrences(
          after: Instant(seconds: start * 60 - 1), through: Instant(seconds: (start + 366 * 1440) * 60 - 1),
          limit: .max)
        let expected = DebianCronModel.runs(of: job, in: zone, minutes: start..<start + 366 * 1440)
        #expect(found.map { $0.seconds / 60 } == expected, "\(job.source) in \(name)")
      }
    }
  }

  /// cronsim is asked only where it follows Debian. Left out are: starts in a repeated hour (it answers with a past
  /// instant); changes of three hours and more (it replays them), and of half hours or at 2:45 (it skips real
  /// minutes); and `n-n/step`, which the generator never writes.
  @Test func agreesWithCronsim() throws {
    let zones = [
      "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Athens", "Europe/Moscow",
      "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Halifax",
      "America/St_Johns", "America/Santiago", "America/Asuncion", "America/Havana", "America/Sao_Paulo",
      "America/Bogota", "Africa/Cairo", "Africa/Johannesburg", "Asia/Tokyo", "Asia/Kolkata", "Asia/Beirut",
      "Asia/Jerusalem", "Asia/Kathmandu", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland",
      "Pacific/Fiji", "Atlantic/Azores", "UTC",
    ]
    var generator = SeededGenerator(seed: 2026)
    var cases: [CronOracle.Case] = []
    var expected: [[Int64]] = []
    for name in zones {
      let zone = try ZoneFiles.rules(name)
      let year = Int.random(in: 2010...2035, using: &generator)
      var moments = try changes(of: zone, in: year)
      moments.append(try Instant.utc("\(year)-06-15T00:00:00Z").seconds)
      for index in 0..<120 {
        let moment = moments[index % moments.count]
        let job = cron(near: moment, in: zone, using: &generator)
        let start = moment + Int64.random(in: -2 * 86_400...86_400, using: &generator)
        let span = zone.span(at: start)
        if let begun = span.start, span.jump < 0, start < begun - span.jump { continue }
        guard let expression = expression(of: job) else { continue }
        let schedule = CronSchedule(expression, in: zone)
        cases.append(CronOracle.Case(expression: job.source, zone: name, after: start, count: 6))
        let far = Instant(microseconds: .max)
        expected.append(
          schedule.occurrences(after: Instant(seconds: start), through: far, limit: 6).map(\.seconds))
      }
    }
    let answer = try CronOracle.ask(CronOracle.Question(cron: cases))
    #expect(cases.count > 3_000)
    for (index, item) in cases.enumerated() {
      #expect(
        answer.cron[index] == expected[index], "\(item.expression) in \(item.zone) after \(item.after)")
    }
  }
}
