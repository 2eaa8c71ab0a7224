import RefitTesting
import Testing

@testable import RefitCore

@Suite("Occurrences are counted without walking through them")
struct CronScheduleCountTests {
  static let zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]

  @Test("the count and the newest are those of a walk, wherever it begins and ends", arguments: zones)
  func agreesWithAWalk(zone: String) throws {
    let rules = try zone == "UTC" ? .utc : ZoneFiles.rules(zone)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let cron = RandomCron(near: 0...4, days: 24...31, using: &generator)
      guard let schedule = Self.schedule(cron.source, rules) else { continue }
      // 2009 to 2014: Apia crosses the date line.
      let start = Instant(
        microseconds: Int64.random(in: 1_230_000_000...1_390_000_000, using: &generator) * 1_000_000 + 5)
      let end = start + Timespan(seconds: Int64.random(in: 0...40_000_000, using: &generator))
      let walk = schedule.occurrences(after: start, through: end, limit: .max)
      #expect(schedule.count(after: start, through: end) == walk.count, "\(cron.source) \(start) \(end)")
      #expect(
        schedule.newest(7, after: start, through: end) == walk.suffix(7), "\(cron.source) \(start) \(end)")
    }
  }

  private static func schedule(_ source: String, _ rules: TimeZoneRules) -> CronSchedule? {
    // An expression whose date never comes has no schedule.
    do { return CronSchedule(try CronExpression(source), in: rules) } catch { return nil }
  }

  @Test("four hundred years of minutes are as many as the Gregorian calendar has")
  func centuries() throws {
    let schedule = CronSchedule(try CronExpression("* * * * *"), in: .utc)
    let start = Instant(seconds: 0)
    #expect(schedule.count(after: start, through: start + .days(146_097)) == 146_097 * 1440)
    #expect(
      schedule.newest(2, after: start, through: start + .days(146_097))
        == [start + .minutes(146_097 * 1440 - 1), start + .minutes(146_097 * 1440)])
  }

  @Test("nothing is counted where there is nothing")
  func empty() throws {
    let schedule = CronSchedule(try CronExpression("0 0 29 2 *"), in: .utc)
    let start = try Instant.utc("2027-01-01T00:00:00Z")
    #expect(schedule.count(after: start, through: start + .days(365)) == 0)
    #expect(schedule.newest(5, after: start, through: start + .days(365)) == [])
    #expect(schedule.count(after: start, through: start) == 0)
  }

  @Test("a long stretch is one record with its bounds, a short one lists each")
  func tallied() throws {
    let schedule = CronSchedule(try CronExpression("* * * * *"), in: .utc)
    let start = Instant(seconds: 0)
    func passed(_ minutes: Int64) -> PassedOccurrences? {
      let passing = OccurrencePlan.Passing(
        outcome: .skipped, stretch: start..<start + .minutes(minutes), into: nil, because: "so")
      return PassedOccurrences(of: schedule, in: passing)
    }
    #expect(passed(1000)?.instants.count == 1000)
    let long = try #require(passed(1001))
    #expect(long.instants.isEmpty && long.count == 1001)
    #expect(long.first == start && long.last == start + .minutes(1000))
    #expect(passed(0) == nil)
  }
}
